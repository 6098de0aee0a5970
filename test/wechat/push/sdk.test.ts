import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { startSim } from '../../sim.ts'

const load = createRequire(import.meta.url)
const secrets = { token: 'simToken2026', aes_key: 'kq3Zt7XbN1vPdLh5RgYm8WcJ4sEaUo0TfKi6BxQn9Dy' }

type Message = Readonly<Record<string, string>>
/** What a platform says to a message; empty: nothing. */
type Say = (message: Message) => string
type Handle = (request: IncomingMessage & { query?: object }, response: ServerResponse) => unknown
/** A platform's handler, made by an SDK as its readme shows. */
type Make = (account: { appid: string; mode: string }, say: Say) => Handle

function configOf({ appid, mode }: { appid: string; mode: string }) {
  const { token, aes_key } = secrets
  return { token, appid, ...(mode === 'plain' ? {} : { encodingAESKey: aes_key }) }
}

const sdks: Readonly<Record<string, Make>> = {
  wechat(account, say) {
    type Reply = ServerResponse & { reply(content: string): void }
    const wechat = load('wechat') as (
      config: object,
      handler: (request: { weixin: Message }, response: Reply) => void,
    ) => Handle
    const handler = wechat(configOf(account), ({ weixin }, response) => response.reply(say(weixin)))
    return (request, response) => handler(request, response)
  },
  'co-wechat'(account, say) {
    type Context = { status: number; body: string; type: string }
    const wechat = load('co-wechat') as (config: object) => {
      middleware(say: (message: Message) => Promise<string>): (context: object) => Promise<void>
    }
    const middleware = wechat(configOf(account)).middleware((message) =>
      Promise.resolve(say(message)),
    )
    return async (request, response) => {
      // What koa hands to it.
      const context: Context = { status: 200, body: '', type: '' }
      const { query, method } = request
      await middleware(Object.assign(context, { query, method, req: request, request: {} }))
      response.writeHead(context.status).end(context.body)
    }
  },
  // Its application needs a module that its own dependency does not ship: the server and what it is made of come one by one.
  'node-easywechat'({ appid, mode }, say) {
    const Server = easywechat('OfficialAccount/Server') as new (
      request: object,
      encryptor: object | null,
    ) => { with(say: (message: object) => Promise<string>): void; serve(): Promise<Answer> }
    const Request = easywechat('Core/Http/ServerRequest') as new (...parts: unknown[]) => object
    const Encryptor = easywechat('Core/Encryptor') as new (...parts: string[]) => object
    interface Answer {
      getStatusCode(): number
      getBody(): Buffer
    }
    const encryptor =
      mode === 'plain' ? null : new Encryptor(appid, secrets.token, secrets.aes_key, appid)
    return async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      const { method, url, headers } = request
      const got = new Request(method, url, headers, Buffer.concat(chunks).toString())
      const server = new Server(got, encryptor)
      server.with((message) => {
        const read = Object.fromEntries(Object.entries(message)) as { attributes?: Message }
        return Promise.resolve(say(read.attributes ?? (read as Message)))
      })
      const answer = await server.serve()
      response.writeHead(answer.getStatusCode()).end(answer.getBody().toString())
    }
  },
}

function easywechat(part: string): unknown {
  const loaded = load(`node-easywechat/dist/${part}`) as { default?: unknown }
  return loaded.default ?? loaded
}

async function serve(handle: Handle): Promise<string> {
  const server = createServer((request, response) => {
    request.query = Object.fromEntries(new URL(request.url ?? '', 'http://x').searchParams)
    void Promise.resolve(handle(request, response)).catch((error) => {
      response.writeHead(500).end(String(error))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/wx`
}

declare module 'node:http' {
  interface IncomingMessage {
    query?: object
  }
}

const modes = ['plain', 'compat', 'aes']
const ways = Object.keys(sdks).flatMap((sdk) => modes.map((mode) => ({ sdk, mode })))

it.each(ways)(
  'an unmodified $sdk is verified, reads what is pushed in $mode mode, and its answer stands on the phone',
  async ({ sdk, mode }) => {
    const { world, acme, li } = await startSim()
    const seen: Message[] = []
    const say: Say = (message) => {
      seen.push(message)
      return message['MsgType'] === 'text' ? `收到：${message['Content']}` : ''
    }
    const make = sdks[sdk] as Make
    const url = await serve(make({ appid: acme.appid, mode }, say))
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
