import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http'
import { onTestFinished } from 'vitest'
import { signedHeaders } from './tupu/signed.ts'

/** What the platform does with a callback: acknowledges it, answers a status, or as it likes. */
export type Manner = number | ((response: ServerResponse) => void)

/** One callback as the platform got it. */
export interface Received {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly text: string
  readonly body: Readonly<Record<string, unknown>>
}

/** The platform's side of the delivery callback: a real server, as good or as bad as a test wants it. */
export class CallbackReceiver {
  readonly received: Received[] = []
  /** May be changed at any time. */
  manner: Manner = 204
  readonly #server: Server
  #waiting: (() => void)[] = []

  constructor() {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8')
        const { method = '', url: path = '', headers } = request
        // A partner's profile may have it as a form or XML.
        const body = /^\{/.test(text) ? (JSON.parse(text) as Record<string, unknown>) : {}
        this.received.push({ method, path, headers, text, body })
        for (const wake of this.#waiting.splice(0)) wake()
        const { manner } = this
        if (typeof manner === 'function') manner(response)
        else response.writeHead(manner).end()
      })
    })
  }

  /** Where it listens, as the platform would tell TUPU. */
  get url(): string {
    const address = this.#server.address()
    return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/hook?of=hr`
  }

  get events(): readonly unknown[] {
    return this.received.map(({ body }) => body['event_id'])
  }

  async listens(port = 0): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(port, '127.0.0.1', resolve))
    onTestFinished(() => this.leaves())
    return this
  }

  /** Its port is closed from now on. */
  async leaves(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  /** Resolves when so many have come. */
  async has(count: number): Promise<void> {
    while (this.received.length < count)
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
  }
}

/** A receiver that acknowledges everything, unless told otherwise. */
export async function startReceiver(manner: Manner = 204): Promise<CallbackReceiver> {
  const receiver = await new CallbackReceiver().listens()
  receiver.manner = manner
  return receiver
}

/** Whether a callback is signed as the contract says, and not as our code does it. */
export function isSigned({ headers, method, path, text }: Received, secret: string): boolean {
  const timestamp = String(headers['x-tupu-timestamp'])
  const nonce = String(headers['x-tupu-nonce'])
  const wanted = signedHeaders({ secret, method, path, body: text, timestamp, nonce })
  return wanted['X-Tupu-Signature'] === headers['x-tupu-signature']
}
