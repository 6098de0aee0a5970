import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { stopwatch } from '../../src/world/clock.ts'

/** Whoever answers nothing, does not start or does not recover for longer hangs. */
export const patience = { ms: 10_000 }

/** What came back. */
export interface Heard {
  readonly status: number
  readonly type: string
  readonly text: string
  readonly ms: number
}

/** What is sent besides the address. */
export interface Asked {
  readonly method?: string | undefined
  /** An object goes as JSON, bytes go as they are. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly timeout_ms?: number
  /** Nobody is interested any more. */
  readonly signal?: AbortSignal
}

/** No answer came: the connection broke, or the time was over. */
export class Unanswered extends Error {
  readonly isHang: boolean

  constructor(what: string, { isHang, cause }: { isHang: boolean; cause: unknown }) {
    super(isHang ? `${what}: no answer in time` : `${what}: ${cause}`, { cause })
    this.isHang = isHang
  }
}

const agent = new Agent({ keepAlive: true })

/** One request and its whole answer. */
export async function ask(url: string, asked: Asked = {}): Promise<Heard> {
  const { body, timeout_ms = patience.ms } = asked
  const method = asked.method ?? (body === undefined ? 'GET' : 'POST')
  const bytes = body === undefined || Buffer.isBuffer(body) ? body : JSON.stringify(body)
  const timeout = AbortSignal.timeout(timeout_ms)
  const signal = asked.signal ? AbortSignal.any([timeout, asked.signal]) : timeout
  const us = stopwatch()
  try {
    const length = bytes === undefined ? 0 : Buffer.byteLength(bytes)
    const headers = { ...(length ? { 'Content-Length': length } : {}), ...asked.headers }
    const going = request(url, { method, agent, signal, headers })
    going.end(bytes)
    const [answer] = await once(going, 'response')
    const heard = await text(answer)
    const type = String(answer.headers['content-type'] ?? '')
    return { status: answer.statusCode, type, text: heard, ms: us() / 1000 }
  } catch (cause) {
    throw new Unanswered(`${method} ${url}`, { isHang: timeout.aborted, cause })
  }
}
