import type { CallbackRow, NewExchange } from '../../../db/schema.ts'
import type { Engine } from '../../core/engine.ts'
import type { Limits } from '../../core/limits.ts'
import type { OutgoingAnswer } from '../../core/outgoing.ts'
import { toUnixSeconds } from '../../world/clock.ts'
import { signatureOf, signedText } from '../signature.ts'

/** One try on its way: what is sent where, signed by whom. */
export interface Delivery {
  readonly row: Pick<CallbackRow, 'epoch' | 'callback' | 'trace' | 'body' | 'tries' | 'tries_left'>
  readonly url: string
  readonly secret: string | null
  readonly nonce: string
}

/** How a try ended. */
export interface Delivered {
  readonly headers: Readonly<Record<string, string>>
  readonly answer: OutgoingAnswer
}

/** Calls the platform. Undefined: the simulator stops, nobody waits for the answer. */
export async function deliver(
  { row, url, secret, nonce }: Delivery,
  engine: Engine,
): Promise<Delivered | undefined> {
  const { body } = row
  const timestamp = String(toUnixSeconds(engine.realNow()))
  const proof = secret === null ? {} : proofOf({ secret, url, body, timestamp, nonce })
  const headers = { 'Content-Type': 'application/json', ...proof }
  // Whoever has not answered by then has not acknowledged it.
  const timeoutMs = engine.limits.answer_ms_max
  const call = { method: 'POST', url, headers, body, timeoutMs }
  const answer = await engine.outgoing({ ...call, signal: engine.closing })
  return !answer.ok && engine.closing.aborted ? undefined : { headers, answer }
}

/** The headers by which TUPU proves who it is: signed as the platform's own calls are. */
function proofOf(of: {
  readonly secret: string
  readonly url: string
  readonly body: string
  readonly timestamp: string
  readonly nonce: string
}): Record<string, string> {
  const { secret, timestamp, nonce } = of
  const { pathname, search } = new URL(of.url)
  const signed = signedText({
    timestamp,
    nonce,
    method: 'POST',
    url: pathname + search,
    body: Buffer.from(of.body),
  })
  return {
    'X-Tupu-Timestamp': timestamp,
    'X-Tupu-Nonce': nonce,
    'X-Tupu-Signature': signatureOf(secret, signed),
  }
}

/** Why a try is none that was acknowledged; undefined: it was. */
export function faultOf(answer: OutgoingAnswer): string | undefined {
  if (!answer.ok) return `${answer.failure}: ${answer.detail}`
  const { status } = answer
  if (status >= 200 && status < 300) return undefined
  const isRedirect = status >= 300 && status < 400 && 'location' in answer.headers
  return isRedirect ? `status ${status}: redirects are not followed` : `status ${status}`
}

/** The try as the journal keeps it, without where and when. `body`: what of it may still be kept; `limits`: what it was held to. */
export function exchangeOf(
  { row, url }: Delivery,
  { headers, answer }: Delivered,
  { body, limits }: { readonly body: string; readonly limits: Limits },
): Omit<NewExchange, 'epoch' | 'at' | 'real_at'> {
  const { callback, tries, tries_left, trace } = row
  const fault = faultOf(answer)
  const step = { rule: 'callback.acknowledged', row: { callback, tries, tries_left } }
  const expected = `a status of 200 to 299 within ${limits.answer_ms_max} ms`
  const sent = {
    url,
    request_headers: JSON.stringify(headers),
    request_body: Buffer.from(body),
    response_headers: JSON.stringify(answer.ok ? answer.headers : {}),
    response_body: Buffer.from(answer.ok ? answer.body : []),
    decision: JSON.stringify([fault === undefined ? step : { ...step, actual: fault, expected }]),
  }
  return {
    ...sent,
    trace,
    direction: 'out',
    surface: 'callback',
    endpoint: '',
    method: 'POST',
    status: answer.ok ? answer.status : 0,
    bytes: Object.values(sent).reduce((bytes, part) => bytes + part.length, 0),
  }
}
