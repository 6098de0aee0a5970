import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { signatureOf } from '../../../src/wechat/push/crypto.ts'

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
