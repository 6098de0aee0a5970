import { sleep } from '../world/clock.ts'
import type { Engine } from './engine.ts'
import type { FaultAction } from './fault.ts'
import type { OutgoingAnswer, OutgoingFailure } from './outgoing.ts'

/** What is sent otherwise than it should be. */
export type Spoiled = 'bad_signature' | 'old_timestamp'

/** So much older than the window of a signature is an old timestamp. */
export const old_ms = 3_600_000

/** One request to the platform, and how it was answered. */
export interface Try {
  readonly headers: Readonly<Record<string, string>>
  /** What was sent; left out: what the event holds. */
  readonly body?: string
  readonly answer: OutgoingAnswer
}

/**
 * Makes a try as its fault wants it: none, one or two requests. `send` makes a request; `unsent` is one that was not made. Undefined: the simulator stops. Empty:
 * nothing was sent, and that is taken for delivered.
 */
export async function tryUnder<T extends Try>(
  action: FaultAction,
  engine: Engine,
  send: (spoiled?: Spoiled) => Promise<T | undefined>,
  unsent: T,
): Promise<readonly T[] | undefined> {
  if (action.delay_ms > 0) await sleep(action.delay_ms, engine.closing)
  if (action.kind === 'delivery') return deliverBy(action.delivery, send)
  const lost = await lostAnswer(action, engine)
  const sent = action.stage === 'after' || !lost ? await send() : unsent
  if (!sent || engine.closing.aborted) return undefined
  return [lost ? { ...sent, answer: lost } : sent]
}

async function deliverBy<T>(
  delivery: Extract<FaultAction, { kind: 'delivery' }>['delivery'],
  send: (spoiled?: Spoiled) => Promise<T | undefined>,
): Promise<readonly T[] | undefined> {
  if (delivery === 'drop') return []
  const isSpoiled = delivery === 'bad_signature' || delivery === 'old_timestamp'
  const first = await send(isSpoiled ? delivery : undefined)
  if (!first || delivery !== 'twice') return first && [first]
  const second = await send()
  return second && [first, second]
}

/** What we hear instead of the platform's answer; undefined: that answer itself. */
async function lostAnswer(
  action: FaultAction,
  { limits, closing }: Engine,
): Promise<OutgoingAnswer | undefined> {
  if (action.kind === 'answer') {
    const { status, headers, body } = action
    return { ok: true, status, headers: inLowerCase(headers), body: Buffer.from(body), ...at_once }
  }
  if (action.kind !== 'transport') return undefined
  switch (action.transport) {
    case 'garbage':
      return { ok: true, status: 200, headers: {}, body: Buffer.from('<html></html>'), ...at_once }
    case 'hang':
    case 'drip': {
      const { answer_ms_max } = limits
      await sleep(answer_ms_max, closing)
      return failed('timeout', `no whole answer within ${answer_ms_max} ms`)
    }
    default:
      return failed('reset', 'the connection closed without a whole answer')
  }
}

const at_once = { elapsedMs: 0 }

function failed(failure: OutgoingFailure, detail: string): OutgoingAnswer {
  return { ok: false, failure, detail, ...at_once }
}

function inLowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  )
}

/** What is known of a request that a fault has kept back. */
export const not_sent: Try = { headers: {}, answer: failed('aborted', 'it was never sent') }

/** Why a try is none that was acknowledged; undefined: it was. */
export function faultOf(answer: OutgoingAnswer): string | undefined {
  if (!answer.ok) return `${answer.failure}: ${answer.detail}`
  const { status } = answer
  if (status >= 200 && status < 300) return undefined
  const isRedirect = status >= 300 && status < 400 && 'location' in answer.headers
  return isRedirect ? `status ${status}: redirects are not followed` : `status ${status}`
}
