import { describe, expect, it } from 'vitest'
import { type DatabaseName, onEither } from '../database.ts'
import { type StartOptions, startSim } from '../sim.ts'
import { acmesClient, bodyOf, errcodeOf, initechsClient, refusalOf, tablesOf } from './client.ts'
import { files, multipart } from './files.ts'

const ok = '{"errcode":0,"errmsg":"ok"}'
const path = '/cgi-bin/message/custom/send'
const miniprogram = 'wxabcdef0123456789'

async function start(database?: DatabaseName, options: StartOptions = {}) {
  const sim = await startSim({ ...options, ...(database ? { database } : {}) })
  const client = await acmesClient(sim)
  const { http, acme, li } = sim
  const touser = li.openidAt(acme)
  const sends = (body: object = {}) =>
    client.post(path, { touser, msgtype: 'text', text: { content: '你好' }, ...body })
  const says = (msgtype: string, what: unknown) =>
    client.post(path, { touser, msgtype, [msgtype]: what })
  const uploads = async (type: string, content: Uint8Array) => {
    const { body, headers } = multipart({ name: 'media', filename: 'a', content })
    const query = new URLSearchParams({ access_token: client.token, type })
    const answer = await http('POST', `/cgi-bin/media/upload?${query}`, body, headers)
    const { media_id, thumb_media_id } = bodyOf(answer)
    return String(media_id ?? thumb_media_id)
  }
  const writes = () => li.writes(acme, '在吗？')
  const shown = async () => (await li.chat(acme)).messages.map(({ content }) => content)
  return { ...sim, client, touser, sends, says, uploads, writes, shown }
}

onEither('customer-service messages', (database) => {
  it('are five for two days after the person wrote', async () => {
    const { sends, writes, world, client, shown } = await start(database)
    expect(refusalOf(await sends())).toEqual({
      errcode: 45015,
      errmsg: 'response out of time limit or subscription is canceled',
    })
    await writes()
    for (let n = 1; n <= 5; n++) expect((await sends()).text).toBe(ok)
    expect(refusalOf(await sends())).toEqual({
      errcode: 45047,
      errmsg: 'out of response count limit',
    })
    await writes()
    await world.advance('PT47H59M')
    await client.signsIn()
    expect((await sends()).text).toBe(ok)
    await world.advance('PT1M')
    expect(errcodeOf(await sends())).toBe(45015)
    expect((await shown()).filter((content) => content?.type === 'text')).toHaveLength(8)
  })

  it('are three for a minute after a follow, a scan, or a tap on a button that tells the account', async () => {
    const { sends, world, client, li, acme } = await start(database)
    const button = [
      { type: 'click', name: '帮助', key: 'HELP' },
      { type: 'view', name: '主页', url: 'https://hr.example.com/' },
    ]
    await client.post('/cgi-bin/menu/create', { button })
    const scene = { action_name: 'QR_LIMIT_STR_SCENE', action_info: { scene: { scene_str: 'a' } } }
    const { url } = bodyOf(await client.post('/cgi-bin/qrcode/create', scene))
    const ways = {
      follow: async () => {
        await li.unfollows(acme)
        expect(errcodeOf(await sends())).toBe(45015)
        await li.follows(acme)
      },
      scan: () => li.scans(String(url)),
      click: () => li.taps(acme, '帮助'),
    }
    for (const [way, does] of Object.entries(ways)) {
      await does()
      const codes = []
      for (let n = 0; n < 4; n++) codes.push(errcodeOf(await sends()))
      expect([way, codes]).toEqual([way, [0, 0, 0, 45047]])
      await world.advance('PT1M')
      expect([way, errcodeOf(await sends())]).toEqual([way, 45015])
    }
    await li.taps(acme, '主页')
    expect(errcodeOf(await sends())).toBe(45015)
  })
})

it('the allowance that ends first is used up first', async () => {
  const { sends, writes, world, li, acme, client } = await start()
  await client.post('/cgi-bin/menu/create', { button: [{ type: 'click', name: 'x', key: 'x' }] })
  await writes()
  await li.taps(acme, 'x')
  for (let n = 0; n < 3; n++) await sends()
  await world.advance('PT2M')
  for (let n = 0; n < 5; n++) expect((await sends()).text).toBe(ok)
  expect(errcodeOf(await sends())).toBe(45047)
})

it('every kind stands on the phone as it is', async () => {
  const sim = await start()
  const { says, uploads, writes, shown, world, acme, li, http } = sim
  await world.call('official_account.update', {
    appid: acme.appid,
    miniprograms: [miniprogram],
  })
  const [image, voice, video, thumb] = [
    await uploads('image', files.png),
    await uploads('voice', files.amr),
    await uploads('video', files.mp4),
    await uploads('thumb', files.jpeg),
  ]
  const music = { title: '曲', musicurl: 'https://a.example/a.mp3', hqmusicurl: '' }
  const article = {
    title: '入职指南',
    description: '五件事',
    url: 'https://a.example/',
    picurl: '',
  }
  const list = [
    { id: 101, content: '满意' },
    { id: '102', content: '不满意' },
  ]
  const page = { title: '签到', appid: miniprogram, pagepath: 'pages/in', thumb_media_id: thumb }
  const card_id = `p${'x'.repeat(27)}`
  const said = [
    ['text', { content: '见<a href="https://a.example/">这里</a>' }],
    ['image', { media_id: image }],
    ['voice', { media_id: voice }],
    ['video', { media_id: video, thumb_media_id: thumb, title: '介绍', description: '' }],
    ['music', music],
    ['news', { articles: [article] }],
    ['msgmenu', { head_content: '满意吗？', list, tail_content: '谢谢' }],
    ['miniprogrampage', page],
    ['wxcard', { card_id }],
  ] as const
  for (const [n, [msgtype, what]] of said.entries()) {
    if (n % 5 === 0) await writes()
    expect([msgtype, (await says(msgtype, what)).text]).toEqual([msgtype, ok])
  }
  const contents = (await shown()).filter(
    (content) => JSON.stringify(content) !== JSON.stringify({ type: 'text', content: '在吗？' }),
  )
  expect(contents).toMatchObject([
    { type: 'text' },
    { type: 'image', media_id: image, pic_url: null },
    { type: 'voice', media_id: voice },
    { type: 'video', media_id: video, title: '介绍' },
    { type: 'music', title: '曲', music_url: music.musicurl },
    { type: 'news', articles: [{ title: '入职指南', url: article.url }] },
    { type: 'msgmenu', list: [{ id: '101', content: '满意' }, { id: '102' }] },
    { type: 'miniprogrampage', pagepath: 'pages/in' },
    { type: 'wxcard', card_id },
  ])
  const { text } = await http('GET', `/w/test/phone/li/chat/${acme.appid}`)
  expect(text).toContain(`<img class="ph-photo" src="/w/test/phone/${li.id}/media/${image}"`)
  expect(text).toContain('>满意</button>')
  const picture = await http('GET', `/w/test/phone/li/media/${image}`)
  expect(picture.headers.get('content-type')).toBe('image/png')
  expect((await http('GET', `/w/test/phone/li/media/${voice}`)).status).toBe(404)
  expect((await http('GET', '/w/test/phone/li/media/x')).status).toBe(404)
})

// biome-ignore format: one way a line
const rows: readonly { when: string; errcode: number; body: object }[] = [
  { when: 'there is no receiver', errcode: 40003, body: { touser: undefined } },
  { when: 'the receiver is nobody', errcode: 40003, body: { touser: 'oAbCdEfGhIjKlMnOpQrStUvWxYz0' } },
  { when: 'there is no msgtype', errcode: 45162, body: { msgtype: undefined } },
  { when: 'the msgtype is none', errcode: 45162, body: { msgtype: 'toString', toString: {} } },
  { when: 'its object is missing', errcode: 45162, body: { text: undefined } },
  { when: 'there are two objects', errcode: 45162, body: { image: { media_id: 'x' } } },
  { when: 'the text is empty', errcode: 44004, body: { text: { content: '' } } },
  { when: 'the text has 2049 bytes', errcode: 45002, body: { text: { content: 'x'.repeat(2049) } } },
  { when: 'the picture is unknown', errcode: 40007, body: { msgtype: 'image', text: undefined, image: { media_id: 'x' } } },
  { when: 'the articles are none', errcode: 45162, body: { msgtype: 'news', text: undefined, news: { articles: {} } } },
  { when: 'there is no article', errcode: 44003, body: { msgtype: 'news', text: undefined, news: { articles: [] } } },
  { when: 'there are two articles', errcode: 45008, body: { msgtype: 'news', text: undefined, news: { articles: [{}, {}] } } },
  { when: 'the material is unknown', errcode: 40007, body: { msgtype: 'mpnews', text: undefined, mpnews: { media_id: 'x' } } },
  { when: 'the article is unknown', errcode: 53600, body: { msgtype: 'mpnewsarticle', text: undefined, mpnewsarticle: { article_id: 'x' } } },
  { when: 'the menu has no items', errcode: 45162, body: { msgtype: 'msgmenu', text: undefined, msgmenu: { list: [] } } },
  { when: 'the mini program is none', errcode: 40013, body: { msgtype: 'miniprogrampage', text: undefined, miniprogrampage: {} } },
  { when: 'the mini program is not bound', errcode: 40168, body: { msgtype: 'miniprogrampage', text: undefined, miniprogrampage: { appid: miniprogram } } },
  { when: 'the card is none', errcode: 40073, body: { msgtype: 'wxcard', text: undefined, wxcard: {} } },
]

describe('a customer-service message', () => {
  it.each(rows)('is refused with $errcode when $when, and costs nothing', async (row) => {
    const { sends, writes, world } = await start()
    await writes()
    const before = await tablesOf(world)
    expect(errcodeOf(await sends(row.body))).toBe(row.errcode)
    expect(await tablesOf(world)).toEqual(before)
  })

  it('reads a form as nothing said, and wants a verified account', async () => {
    const { client, world, acme, writes, sends, says } = await start()
    await writes()
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    expect(errcodeOf(await client.post(path, 'touser=x', type))).toBe(40003)
    const becomes = (change: object) =>
      world.call('official_account.update', { appid: acme.appid, ...change })
    await becomes({ kind: 'sandbox' })
    expect((await sends()).text).toBe(ok)
    expect(errcodeOf(await says('msgmenu', { list: [{ id: '1', content: 'x' }] }))).toBe(40200)
    await becomes({ kind: 'service', verified: false })
    expect(errcodeOf(await sends())).toBe(48001)
  })

  it('does not reach who left, is on the blacklist, or is somebody at another account', async () => {
    const { client, sends, writes, acme, li, touser, ...sim } = await start()
    const { openid } = await initechsClient(sim)
    expect(errcodeOf(await sends({ touser: openid }))).toBe(40003)
    await writes()
    const openid_list = [touser]
    await client.post('/cgi-bin/tags/members/batchblacklist', { openid_list })
    expect(refusalOf(await sends())).toEqual({ errcode: 43019, errmsg: 'require remove blacklist' })
    await client.post('/cgi-bin/tags/members/batchunblacklist', { openid_list })
    await li.unfollows(acme)
    expect(errcodeOf(await sends())).toBe(45015)
  })

  it('is accepted for who blocks the account, whose phone does not show it', async () => {
    const { sends, writes, acme, li, shown } = await start()
    await writes()
    await li.blocks(acme)
    expect((await sends()).text).toBe(ok)
    expect(await shown()).toHaveLength(1)
  })
})

it('an account shows that it types for fifteen seconds, after an exchange of the last thirty', async () => {
  const { client, touser, writes, world, acme } = await start()
  const types = (command: unknown = 'Typing') =>
    client.post('/cgi-bin/message/custom/typing', { touser, command })
  expect(errcodeOf(await types('typing'))).toBe(45072)
  expect(errcodeOf(await types())).toBe(45080)
  await writes()
  expect((await types()).text).toBe(ok)
  expect(refusalOf(await types())).toEqual({ errcode: 45081, errmsg: 'you are already typing' })
  expect((await types('CancelTyping')).text).toBe(ok)
  expect((await types()).text).toBe(ok)
  await world.advance('PT15S')
  expect((await types()).text).toBe(ok)
  await world.advance('PT16S')
  expect(errcodeOf(await types())).toBe(45080)
  await world.call('official_account.update', { appid: acme.appid, kind: 'sandbox' })
  expect(errcodeOf(await types())).toBe(40200)
})
