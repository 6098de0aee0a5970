import { expect, it } from 'vitest'
import { startSim } from '../../sim.ts'
import {
  handlerOf,
  load,
  type Message,
  type Say,
  sdk_names,
  secrets,
  serve,
} from './sdk-handlers.ts'

const modes = ['plain', 'compat', 'aes']
const ways = sdk_names.flatMap((sdk) => modes.map((mode) => ({ sdk, mode })))

it.each(ways)(
  'an unmodified $sdk is verified, reads what is pushed in $mode mode, and its answer stands on the phone',
  async ({ sdk, mode }) => {
    const { world, acme, li } = await startSim()
    const seen: Message[] = []
    const say: Say = (message) => {
      seen.push(message)
      return message['MsgType'] === 'text' ? `收到：${message['Content']}` : ''
    }
    const url = await serve(handlerOf(sdk, { appid: acme.appid, mode }, say))
    const server = { url, ...secrets, mode }
    await world.call('official_account.update', { appid: acme.appid, server })
    await li.writes(acme, '你好 <b>👍🏽</b> &')
    await li.taps(acme, '入职登记')
    await world.call('clock.advance', { by: 'PT1M' })
    expect(seen).toMatchObject([
      { MsgType: 'text', Content: '你好 <b>👍🏽</b> &', FromUserName: li.openidAt(acme) },
      { MsgType: 'event', Event: 'VIEW', EventKey: acme.info.register_url },
    ])
    const { messages } = await li.chat(acme)
    expect(messages).toMatchObject([
      { from: 'person' },
      { from: 'account', content: { type: 'text', content: '收到：你好 <b>👍🏽</b> &' } },
    ])
    expect(seen[0]?.['MsgId']).toBe(messages[0]?.msgid_str)
    const pushes = (await world.call('push.list')) as { items: { state: string; answer: string }[] }
    expect(pushes.items).toMatchObject([
      { state: 'delivered', event: 'text', answer: 'text' },
      { state: 'delivered', event: 'VIEW', answer: 'nothing' },
    ])
  },
)

it('an unmodified wechat-crypto reads what is hidden, and its appid', async () => {
  const Crypto = load('wechat-crypto') as new (
    token: string,
    key: string,
    appid: string,
  ) => { decrypt(text: string): { message: string; id: string } }
  const { world, acme, li } = await startSim()
  let body = ''
  const url = await serve((request, response) => {
    const query = request.query as Message
    request.on('data', (chunk) => {
      body += String(chunk)
    })
    request.on('end', () => response.end(query['echostr'] ?? ''))
  })
  const appid = acme.appid
  const server = { url, ...secrets, mode: 'aes' }
  await world.call('official_account.update', { appid, server })
  await li.writes(acme, '你好')
  await world.call('clock.advance', { by: 'PT0S' })
  const hidden = /<Encrypt><!\[CDATA\[(.*)\]\]><\/Encrypt>\n<\/xml>\n$/.exec(body)?.[1] ?? ''
  expect(body).toMatch(/^<xml>\n {4}<ToUserName>/)
  const read = new Crypto(secrets.token, secrets.aes_key, appid).decrypt(hidden)
  expect(read).toMatchObject({ id: appid, message: expect.stringContaining('你好') })
})
