import { lookup as systemLookup } from 'node:dns/promises'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { forbiddenAddress, forbiddenKind, literalOf } from '../auth/forbidden-address.ts'
import type {
  Outgoing,
  OutgoingFailure,
  OutgoingOutcome,
  OutgoingRequest,
} from '../core/outgoing.ts'

/** The addresses of a host name, at least one. */
export type Resolve = (name: string) => Promise<readonly string[]>

const answerBytesMax = 1_048_576
const resetCodes = new Set(['ECONNRESET', 'ECONNABORTED', 'EPIPE'])

/**
 * The one door for calls that leave the simulator. Each call looks the name up once, checks every
 * address found and connects to those alone, so that a second answer of DNS changes nothing.
 */
export function createOutgoing(options: {
  readonly realNow: () => number
  readonly resolve?: Resolve
}): Outgoing {
  const { realNow, resolve = resolveBySystem } = options
  return async (request) => {
    const startedAt = realNow()
    const outcome = await send(request, resolve)
    return { ...outcome, elapsedMs: realNow() - startedAt }
  }
}

async function send(request: OutgoingRequest, resolve: Resolve): Promise<OutgoingOutcome> {
  const reason = forbiddenAddress(request.url)
  if (reason !== undefined) return failed('forbidden_address', reason)
  const url = new URL(request.url)
  const { limit, signal } = endOf(request)
  const found = await findAddresses(url.hostname, resolve, signal)
  if (!found.ok && found.failure === 'forbidden_address') return found
  const outcome = found.ok ? await exchange(url, request, found.addresses, signal) : found
  if (outcome.ok || !signal.aborted) return outcome
  if (!limit.aborted) return failed('aborted', 'it was ended before its time')
  return failed('timeout', `no whole answer within ${request.timeoutMs} ms`)
}

/** Ends after so long, or when somebody ends it before. `limit`: the first alone. */
export function endOf({ timeoutMs, signal: ended }: Pick<OutgoingRequest, 'timeoutMs' | 'signal'>) {
  const limit = AbortSignal.timeout(timeoutMs)
  return { limit, signal: ended ? AbortSignal.any([limit, ended]) : limit }
}

/** The addresses of a host that may be called; one that never is spoils all. */
export async function findAddresses(hostname: string, resolve: Resolve, signal: AbortSignal) {
  const literal = literalOf(hostname)
  if (literal !== undefined) return { ok: true, addresses: [literal] } as const
  try {
    const addresses = await Promise.race([resolve(hostname), rejectedBy(signal)])
    if (addresses.length === 0) return failed('dns', `${hostname} has no address`)
    for (const address of addresses) {
      const kind = forbiddenKind(address)
      if (kind !== undefined) {
        const detail = `${hostname} resolves to ${address}: ${kind}, which is never called`
        return failed('forbidden_address', detail)
      }
    }
    return { ok: true, addresses } as const
  } catch (error) {
    return failed('dns', `${hostname} does not resolve: ${wordsOf(error)}`)
  }
}

/** An own connection per call: a kept one may be closed by the other side just as a send begins. */
function exchange(
  url: URL,
  request: OutgoingRequest,
  addresses: readonly string[],
  signal: AbortSignal,
): Promise<OutgoingOutcome> {
  const open = url.protocol === 'https:' ? httpsRequest : httpRequest
  const bytes = Buffer.from(request.body ?? '')
  const length = bytes.length > 0 ? { 'content-length': String(bytes.length) } : {}
  return new Promise((settle) => {
    const call = open(url, {
      method: request.method,
      headers: { ...request.headers, host: url.host, ...length },
      agent: false,
      lookup: pinnedTo(addresses),
      signal,
    })
    call.on('response', (answer) => settle(readAnswer(answer, request.maxBytes ?? answerBytesMax)))
    call.on('upgrade', (_answer, socket) => {
      socket.destroy()
      settle(failed('not_http', 'the server changed to another protocol'))
    })
    call.on('error', (error) => settle(failureOf(error)))
    call.on('close', () => settle(failed('reset', 'the connection closed without an answer')))
    call.end(bytes)
  })
}

async function readAnswer(answer: IncomingMessage, bytesMax: number): Promise<OutgoingOutcome> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of answer) {
      const piece: Buffer = chunk
      size += piece.length
      if (size > bytesMax) return failed('too_large', `the answer is over ${bytesMax} bytes`)
      chunks.push(piece)
    }
  } catch (error) {
    return failureOf(error)
  }
  const { statusCode: status = 0, headersDistinct } = answer
  const headers = Object.entries(headersDistinct).map(([name, all = []]) => [name, all.join(', ')])
  return { ok: true, status, headers: Object.fromEntries(headers), body: Buffer.concat(chunks) }
}

/** Answers the socket's own look-up with the addresses that were checked. */
function pinnedTo(addresses: readonly string[]): LookupFunction {
  const found = addresses.map((address) => ({ address, family: isIP(address) }))
  return (_name, options, callback) => {
    if (options.all) callback(null, found)
    else callback(null, found[0]?.address ?? '', found[0]?.family ?? 0)
  }
}

export async function resolveBySystem(name: string): Promise<readonly string[]> {
  return (await systemLookup(name, { all: true })).map(({ address }) => address)
}

function rejectedBy(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}

function failureOf(error: unknown): OutgoingOutcome {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'HPE_HEADER_OVERFLOW') return failed('too_large', wordsOf(error))
  if (code.startsWith('HPE_')) return failed('not_http', wordsOf(error))
  return failed(resetCodes.has(code) ? 'reset' : 'connect', wordsOf(error))
}

/** One attempt per address fails with all their errors and no words of its own. */
export function wordsOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(wordsOf).join('; ')
  return error instanceof Error ? error.message : String(error)
}

function failed(failure: OutgoingFailure, detail: string) {
  return { ok: false, failure, detail } as const
}
