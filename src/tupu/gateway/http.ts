import type { NewExchange } from '../../../db/exchange.ts'
import type { Call } from '../../core/call.ts'
import type { Engine } from '../../core/engine.ts'

/** What came back: WeChat's JSON, or TUPU's code for why there is none. */
export type RemoteAnswer =
  | {
      readonly kind: 'json'
      readonly body: Readonly<Record<string, unknown>>
      /** A fault's, with a code and its text: WeChat's own would end in a rid, and so does this. */
      readonly wantsRid?: true
    }
  | { readonly kind: 'none'; readonly errcode: 100031 | 100032; readonly detail: string }

/** One request to a WeChat origin. */
export interface RemoteRequest {
  readonly method: string
  readonly url: string
  /** Sent as JSON. */
  readonly body?: unknown
  readonly timeoutMs: number
}

/** What came of a request; the call as the journal keeps it. */
export interface Sent {
  readonly answer: RemoteAnswer
  readonly call: OutwardCall
}

/** Sends it over HTTP. */
export async function sendRequest(
  engine: Engine,
  { method, url, body, timeoutMs }: RemoteRequest,
): Promise<Sent> {
  const headers: Record<string, string> =
    body === undefined ? {} : { 'Content-Type': 'application/json' }
  const text = body === undefined ? '' : JSON.stringify(body)
  const answer = await engine.outgoing({ method, url, headers, body: text, timeoutMs })
  const sent = {
    method,
    url,
    request_headers: headers,
    request_body: Buffer.from(text),
  }
  if (!answer.ok) {
    const { failure, detail } = answer
    const step = { rule: 'gateway.answered', actual: { failure, detail } }
    return {
      answer: { kind: 'none', errcode: 100031, detail: `${failure}: ${detail}` },
      call: { ...sent, ...no_answer, decision: [step] },
    }
  }
  const response_body = Buffer.from(answer.body)
  const call = {
    ...sent,
    status: answer.status,
    response_headers: answer.headers,
    response_body,
    decision: ['gateway.answered'],
  }
  return { answer: readAnswer(response_body), call }
}

const no_answer = { status: 0, response_headers: {}, response_body: Buffer.alloc(0) }

/** WeChat's answer, or TUPU's code for one that is none. */
export function readAnswer(body: Buffer): RemoteAnswer {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'), keepDigits)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return { kind: 'json', body: value as Record<string, unknown> }
    }
  } catch {
    // Answered below, like every other text that is no JSON object.
  }
  return { kind: 'none', errcode: 100032, detail: body.toString('utf8', 0, 200) }
}

/** A msgid has more digits than a double keeps: read it as text. */
function keepDigits(
  this: unknown,
  key: string,
  value: unknown,
  context?: { source?: string },
): unknown {
  return key === 'msgid' && typeof value === 'number' ? (context?.source ?? String(value)) : value
}

/** One call over HTTP as the journal keeps it; the rest of the row is the keeper's. */
export type OutwardCall = Pick<
  NewExchange,
  | 'method'
  | 'url'
  | 'request_headers'
  | 'request_body'
  | 'status'
  | 'response_headers'
  | 'response_body'
  | 'decision'
>

/** Calls that went out on behalf of an exchange stand in the journal under its trace. */
export function keepCalls(
  call: Pick<Call, 'db' | 'world' | 'engine' | 'trace'>,
  calls: readonly OutwardCall[],
): void {
  const { db, world, engine } = call
  if (calls.length === 0) return
  const trace = call.trace()
  for (const outward of calls) {
    engine.journal.append(db, world.world, {
      ...outward,
      epoch: world.epoch,
      trace,
      direction: 'out',
      surface: 'gateway',
      endpoint: '',
      at: world.now,
      real_at: world.real_now,
    })
  }
}
