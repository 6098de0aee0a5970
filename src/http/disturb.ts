import type { ServerResponse } from 'node:http'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { breakOff, dropsOf, hang_ms_max } from '../core/broken-wire.ts'
import type { Engine } from '../core/engine.ts'
import type { Answer, Wire } from '../core/surface.ts'
import { sleep } from '../world/clock.ts'
import { socketBelow } from './connection.ts'
import { type AppContext, closeOf, linesOf, write, writeNode } from './wire.ts'

/** An answer that a fault makes come late, or not whole. */
type DisturbedAnswer = Answer & { readonly wire: Wire }

export function isDisturbed(answer: Answer): answer is DisturbedAnswer {
  return answer.wire !== undefined
}

/** What a caller in process gets instead of an answer: the error with which `fetch` itself rejects. */
export class BrokenConnection extends TypeError {
  constructor(code: string) {
    super('fetch failed', { cause: Object.assign(new Error(code), { code }) })
  }
}

/** Sends an answer as its fault wants it. Nobody else waits for it: no unit is open, and each connection has its own. */
export async function writeDisturbed(c: AppContext, answer: DisturbedAnswer): Promise<Response> {
  const { engine, outgoing } = c.env
  if (!outgoing) return webResponse(c, answer)
  await writeDisturbedNode(engine, outgoing, answer)
  return RESPONSE_ALREADY_SENT
}

/** The same on node's own response. */
export async function writeDisturbedNode(
  { closing }: Pick<Engine, 'closing'>,
  outgoing: ServerResponse,
  answer: DisturbedAnswer,
): Promise<void> {
  const { transport, delay_ms = 0 } = answer.wire
  const { socket } = outgoing.req
  const gone = AbortSignal.any([closeOf(outgoing), closing])
  if (delay_ms > 0) await sleep(delay_ms, gone)
  if (outgoing.destroyed) return
  // A reset is nothing that TLS could say.
  const broken = transport === 'reset' ? socketBelow(socket) : socket
  if (await breakOff(broken, transport, gone)) return
  switch (transport) {
    case 'truncate':
      return truncateNode(outgoing, answer)
    case 'drip':
      return dripNode(outgoing, answer, gone)
    default:
      if (answer.wire.ends) outgoing.once('finish', () => socket.destroySoon())
      writeNode(outgoing, answer)
  }
}

/** Tells the whole body's length, at least one byte, and closes after what there is of it. */
function truncateNode(outgoing: ServerResponse, answer: DisturbedAnswer): Promise<void> {
  const { status, body, wire } = answer
  const length = String(Math.max(1, wire.length ?? 0))
  outgoing.writeHead(status, [...linesOf(answer, false), 'Content-Length', length])
  outgoing.flushHeaders()
  return new Promise((resolve) => {
    const end = () => {
      outgoing.req.socket.destroySoon()
      resolve()
    }
    if (body.length === 0) end()
    else outgoing.write(body, end)
  })
}

async function dripNode(
  outgoing: ServerResponse,
  answer: DisturbedAnswer,
  gone: AbortSignal,
): Promise<void> {
  const { status, body } = answer
  const length = status === 204 ? [] : ['Content-Length', String(body.length)]
  outgoing.writeHead(status, [...linesOf(answer, false), ...length])
  outgoing.flushHeaders()
  for await (const drop of dropsOf(body, gone)) outgoing.write(drop)
  if (gone.aborted) outgoing.destroy()
  else outgoing.end()
}

/** The same for a caller in process, who has no connection that could break. */
async function webResponse(c: AppContext, answer: DisturbedAnswer): Promise<Response> {
  const { transport, delay_ms = 0 } = answer.wire
  const { signal } = c.req.raw
  const gone = AbortSignal.any([signal, c.env.engine.closing])
  if (delay_ms > 0) await sleep(delay_ms, gone)
  switch (transport) {
    case 'reset':
      throw new BrokenConnection('ECONNRESET')
    case 'empty':
      throw new BrokenConnection('UND_ERR_SOCKET')
    case 'hang':
      await sleep(hang_ms_max, gone)
      signal.throwIfAborted()
      throw new BrokenConnection('UND_ERR_SOCKET')
    case 'truncate':
      return withBody(write(c, answer), brokenAfter(answer.body))
    case 'drip':
      return withBody(write(c, answer), dropsOf(answer.body, gone))
    default:
      signal.throwIfAborted()
      return write(c, answer)
  }
}

function withBody({ status, headers }: Response, body: AsyncIterable<Uint8Array>): Response {
  const isEmpty = status === 204 || status === 304
  return new Response(isEmpty ? null : ReadableStream.from(body), { status, headers })
}

async function* brokenAfter(body: Buffer): AsyncGenerator<Uint8Array> {
  yield new Uint8Array(body)
  throw new TypeError('terminated')
}
