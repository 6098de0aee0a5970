import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

export const load = createRequire(import.meta.url)
export const secrets = {
  token: 'simToken2026',
  aes_key: 'kq3Zt7XbN1vPdLh5RgYm8WcJ4sEaUo0TfKi6BxQn9Dy',
}

export type Message = Readonly<Record<string, string>>
/** What a platform says to a message; empty: nothing. */
export type Say = (message: Message) => string
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
    ) => (...of: [...Parameters<Handle>, next: (error: unknown) => void]) => unknown
    const handler = wechat(configOf(account), ({ weixin }, response) => response.reply(say(weixin)))
    // What express does with an error.
    return (request, response) =>
      handler(request, response, (error) => response.writeHead(500).end(String(error)))
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

/** A handler made by the SDK of that name. */
export function handlerOf(sdk: string, account: { appid: string; mode: string }, say: Say): Handle {
  const make = sdks[sdk]
  if (!make) throw new Error(`no SDK ${sdk}`)
  return make(account, say)
}

export const sdk_names = Object.keys(sdks)

function easywechat(part: string): unknown {
  const loaded = load(`node-easywechat/dist/${part}`) as { default?: unknown }
  return loaded.default ?? loaded
}

export async function serve(handle: Handle): Promise<string> {
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
