import { describe, expect, it } from 'vitest'
import { encrypt, signatureOf } from '../../../src/wechat/push/crypto.ts'
import { readReply, type ServerMode } from '../../../src/wechat/push/reply.ts'

const secrets = { appid: 'wx5f1c0d9a27b4e683', token: 'simToken', aes_key: 'b'.repeat(43) }
const ids = { original_id: 'gh_4b8e21d70c95', openid: 'oT3kQ5wYh-81LmZcVrJ0dFnXb_eA' }

function context(mode: ServerMode = 'plain', isMessage = true) {
  return { ...secrets, ...ids, mode, isMessage }
}

function reply(type: string, more: string, created = '1767052802'): string {
  return `<xml><ToUserName><![CDATA[${ids.openid}]]></ToUserName><FromUserName><![CDATA[${ids.original_id}]]></FromUserName><CreateTime>${created}</CreateTime><MsgType><![CDATA[${type}]]></MsgType>${more}</xml>`
}

function hidden(
  text: string,
  { timestamp = '1767053801', nonce = '551277', token = secrets.token } = {},
): string {
  const encrypted = encrypt(secrets, text, 'ReplyRandom_0001')
  const signature = signatureOf(token, timestamp, nonce, encrypted)
  return `<xml>\n<Encrypt><![CDATA[${encrypted}]]></Encrypt>\n<MsgSignature>${signature}</MsgSignature><TimeStamp>${timestamp}</TimeStamp><Nonce>${nonce}</Nonce></xml>`
}

const hello = reply('text', '<Content><![CDATA[你好]]></Content>')
const said = { kind: 'message', content: { type: 'text', content: '你好' } }

describe('an answer is read', () => {
  it.each([
    { what: 'empty', body: '' },
    { what: 'success', body: 'success' },
    { what: 'white space around it', body: '\r\n success\n' },
  ])('as nothing to say in every mode: $what', ({ body }) => {
    for (const mode of ['plain', 'compat', 'aes'] as const)
      expect(readReply(body, context(mode))).toEqual({ kind: 'nothing' })
  })

  it.each([
    { what: 'as it comes', body: hello },
    { what: 'behind white space', body: `\n  ${hello}\n` },
    { what: 'behind a declaration', body: `<?xml version="1.0" encoding="UTF-8"?>\n${hello}` },
    { what: 'pretty-printed', body: hello.replaceAll('><', '>\n  <') },
    { what: 'without CDATA', body: hello.replaceAll(/<!\[CDATA\[(.*?)\]\]>/g, '$1') },
    { what: 'in milliseconds', body: reply('text', '<Content>你好</Content>', '1767052802123') },
  ])('as a text: $what', ({ body }) => {
    expect(readReply(body, context())).toEqual(said)
  })

  it('hidden as in clear, with whatever instant and nonce it was signed, and though it is empty', () => {
    for (const mode of ['compat', 'aes'] as const) {
      expect(readReply(hidden(hello), context(mode))).toEqual(said)
      const ticks = { timestamp: '1767053801123', nonce: '63912345678' }
      expect(readReply(hidden(hello, ticks), context(mode))).toEqual(said)
      expect(readReply(hidden(''), context(mode))).toEqual({ kind: 'nothing' })
      expect(readReply(hidden('success'), context(mode))).toEqual({ kind: 'nothing' })
    }
    expect(readReply(hello, context('compat'))).toEqual(said)
  })

  it.each([
    {
      type: 'image',
      more: '<Image><MediaId>m1</MediaId></Image>',
      content: { media_id: 'm1', pic_url: null },
    },
    { type: 'voice', more: '<Voice><MediaId>m1</MediaId></Voice>', content: { media_id: 'm1' } },
    {
      type: 'video',
      more: '<Video><MediaId>m1</MediaId><Title>入职</Title></Video>',
      content: { media_id: 'm1', title: '入职', description: '' },
    },
    {
      type: 'music',
      more: '<Music><Title>歌</Title><MusicUrl>https://a.test/1</MusicUrl></Music>',
      content: { title: '歌', music_url: 'https://a.test/1', thumb_media_id: null },
    },
  ])('as $type', ({ type, more, content }) => {
    const read = readReply(reply(type, more), context())
    expect(read).toMatchObject({ kind: 'message', content: { type, ...content } })
  })

  it('as news, of which one article answers a message and eight an event', () => {
    const item = (n: number) => `<item><Title>${n}</Title><Url>https://a.test/${n}</Url></item>`
    const items = Array.from({ length: 10 }, (_, n) => item(n)).join('')
    const body = reply('news', `<ArticleCount>10</ArticleCount><Articles>${items}</Articles>`)
    const count = (isMessage: boolean) => {
      const read = readReply(body, context('plain', isMessage))
      return read.kind === 'message' && read.content.type === 'news' && read.content.articles.length
    }
    expect([count(true), count(false)]).toEqual([1, 8])
  })

  it('as a hand-over to customer service', () => {
    const body = reply(
      'transfer_customer_service',
      '<TransInfo><KfAccount>a@b</KfAccount></TransInfo>',
    )
    expect(readReply(body, context())).toEqual({ kind: 'transfer', kf_account: 'a@b' })
    const bare = reply('transfer_customer_service', '')
    expect(readReply(bare, context())).toEqual({ kind: 'transfer', kf_account: null })
  })
})

it.each([
  { what: 'JSON', body: '{"a":1}', reason: /neither XML/ },
  { what: 'success in quotes', body: '"success"', reason: /neither XML/ },
  { what: 'a mark of the byte order', body: '\ufeffsuccess', reason: /neither XML/ },
  { what: 'a page', body: '<html><body>Error</body></html>', reason: /html/ },
  { what: 'an entity', body: `<!DOCTYPE xml [<!ENTITY a "b">]>${hello}`, reason: /DOCTYPE/ },
  { what: 'an empty text', body: reply('text', '<Content></Content>'), reason: /Content is empty/ },
  {
    what: 'a long text',
    body: reply('text', `<Content>${'字'.repeat(700)}</Content>`),
    reason: /2100 bytes/,
  },
  { what: 'to somebody else', body: hello.replace(ids.openid, 'oX'), reason: /ToUserName is oX/ },
  {
    what: 'from the appid',
    body: hello.replace(ids.original_id, secrets.appid),
    reason: /FromUserName/,
  },
  {
    what: 'without an instant',
    body: reply('text', '<Content>a</Content>', 'now'),
    reason: /CreateTime/,
  },
  { what: 'of no type', body: reply('Text', '<Content>a</Content>'), reason: /MsgType Text/ },
  { what: 'an inherited name', body: reply('constructor', ''), reason: /MsgType constructor/ },
  { what: 'no picture', body: reply('image', ''), reason: /MediaId/ },
  { what: 'no article', body: reply('news', '<ArticleCount>1</ArticleCount>'), reason: /no item/ },
])('an answer is illegal: $what', ({ body, reason }) => {
  const read = readReply(body, context())
  expect(read).toMatchObject({ kind: 'illegal', reason: expect.stringMatching(reason) })
})

it('is illegal where it hides, or does not, what it should, or is signed by somebody else', () => {
  expect(readReply(hello, context('aes'))).toMatchObject({
    reason: /safe mode/.exec('it is in clear, and the account is in safe mode')?.input,
  })
  expect(readReply(hidden(hello), context('plain'))).toMatchObject({ kind: 'illegal' })
  const forged = readReply(hidden(hello, { token: 'other' }), context('aes'))
  expect(forged).toMatchObject({ reason: expect.stringContaining('-40001') })
  const strange = { ...context('aes'), appid: 'wx0000000000000bad' }
  expect(readReply(hidden(hello), strange)).toMatchObject({
    reason: expect.stringContaining('-40005'),
  })
})
