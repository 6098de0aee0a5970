import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished } from 'vitest'
import { signatureOf } from '../../../src/wechat/push/crypto.ts'
import { type Sim, type StartOptions, startSim } from '../../sim.ts'

/** One request that came to a platform's server. */
export interface Got {
  readonly method: string
  readonly query: URLSearchParams
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

export interface Answered {
  readonly status?: number
  readonly body?: string
  readonly type?: string
  /** Closes the connection without a byte. */
  readonly hangUp?: boolean
}

/** A platform's server on a port of its own. It verifies itself; what it is pushed, `answer` answers. */
export class PushServer {
  readonly got: Got[] = []
  url = ''
  readonly token: string
  answer: (got: Got) => Answered = () => ({})

  constructor(token: string) {
    this.token = token
  }

  async start(): Promise<this> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const { method = '', url = '', headers } = request
        const query = new URL(url, 'http://x').searchParams
        const got = { method, query, headers, body: Buffer.concat(chunks).toString() }
        const {
          status = 200,
          body = '',
          type,
          hangUp,
        } = method === 'GET' ? this.#verify(got) : this.#take(got)
        if (hangUp) return void request.socket.destroy()
        response.writeHead(status, type === undefined ? {} : { 'Content-Type': type }).end(body)
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/wx`
    return this
  }

  #take(got: Got): Answered {
    this.got.push(got)
    return this.answer(got)
  }

  #verify({ query }: Got): Answered {
    const of = (name: string) => query.get(name) ?? ''
    const isGood = signatureOf(this.token, of('timestamp'), of('nonce')) === of('signature')
    return isGood ? { body: of('echostr') } : { status: 403, body: 'no' }
  }
}

export const token = 'simToken2026'
export const aes_key = 'kq3Zt7XbN1vPdLh5RgYm8WcJ4sEaUo0TfKi6BxQn9Dy'

export interface Pushed extends Sim {
  readonly server: PushServer
  /** All that is due is sent. */
  readonly settle: (by?: string) => Promise<unknown>
}

/** Acme with a server of its own, which has been verified. */
export async function startPushed(mode = 'plain', options: StartOptions = {}): Promise<Pushed> {
  const sim = await startSim(options)
  const server = await new PushServer(token).start()
  const { acme, world } = sim
  const change = { appid: acme.appid, server: { url: server.url, token, aes_key, mode } }
  expect(await world.call('official_account.update', change)).toMatchObject({
    server: { url: server.url, token, aes_key, mode, verified: true },
  })
  return { ...sim, server, settle: (by = 'PT0S') => world.call('clock.advance', { by }) }
}

/** What an element of a push in clear says. */
export function textIn({ body }: Got, name: string): string | undefined {
  return new RegExp(`<${name}>(?:<!\\[CDATA\\[)?(.*?)(?:\\]\\]>)?</${name}>`, 's').exec(body)?.[1]
}

/** A text as the platform answers it. */
export function textReply(got: Got, content: string): string {
  return replyTo(got, `<MsgType>text</MsgType><Content><![CDATA[${content}]]></Content>`)
}

/** Any answer to what came; `rest`: from MsgType on. */
export function replyTo(got: Got, rest: string): string {
  const [to, from] = [textIn(got, 'FromUserName'), textIn(got, 'ToUserName')]
  return `<xml><ToUserName>${to}</ToUserName><FromUserName>${from}</FromUserName><CreateTime>1</CreateTime>${rest}</xml>`
}
