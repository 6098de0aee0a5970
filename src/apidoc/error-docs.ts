import type { DocumentedEndpoint } from '../core/endpoint.ts'
import { type Refusal, type RefusalEntry, refuser } from '../core/refusal.ts'
import type { TransportFault } from '../core/surface.ts'
import type { Documented } from './describe.ts'

/** A refusal as a caller meets it: its entry in the surface's table, and the answer. */
export interface RefusedAnswer {
  readonly entry: RefusalEntry
  readonly status: number
  /** Its media type, which is not JSON's wherever WeChat calls its JSON a text. */
  readonly type: string
  readonly body: unknown
}

/** The exchange that documented refusals belong to; a `rid` is made of it. */
const example_exchange = { trace: '19b8bab0680e60718293a4b5c6d7e8f9', now: 1_767_574_800_000 }
const no_step = { rule: '' }
/** Of a call that no endpoint sees. A world that is reset meanwhile is a call's own bad luck. */
const faults: readonly TransportFault[] = ['unknown_path', 'wrong_method', 'body_too_large']

/** What an endpoint refuses with, in the order of its checks. None where refusals are problems. */
export function refusedAnswers(
  surface: Documented,
  endpoint: DocumentedEndpoint<never>,
): RefusedAnswer[] {
  const { table } = surface
  if (!table) return []
  const refuse = refuser(table)
  return endpoint.refusals.map((code) => answerOf(surface, endpoint, refuse(code, no_step)))
}

/** What a surface refuses with before any endpoint is reached, each code once. */
export function transportAnswers(surface: Documented): RefusedAnswer[] {
  const found = new Map<number, RefusedAnswer>()
  for (const endpoint of surface.table ? surface.endpoints : []) {
    for (const fault of faults) {
      const answer = transportAnswer(surface, endpoint, fault)
      if (!found.has(answer.entry.code)) found.set(answer.entry.code, answer)
    }
  }
  return [...found.values()]
}

/** What a surface answers to a call of this endpoint that cannot reach it. */
export function transportAnswer(
  surface: Documented,
  endpoint: DocumentedEndpoint<never>,
  fault: TransportFault,
): RefusedAnswer {
  const request = { method: '', url: '', headers: {}, body: Buffer.alloc(0), ip: '', origin: '' }
  return answerOf(surface, endpoint, surface.refuseTransport(fault, { endpoint, request }))
}

function answerOf(
  surface: Documented,
  endpoint: DocumentedEndpoint<never>,
  refusal: Refusal,
): RefusedAnswer {
  const { trace, now } = example_exchange
  const { status, body, headers } = surface.encode(refusal, { trace, world: { now }, endpoint })
  const entry = surface.table?.get(refusal.code)
  if (!entry) throw new Error(`${refusal.code} is in no table`)
  const [type = ''] = headers['Content-Type']?.split(';') ?? []
  return { entry, status, type, body: JSON.parse(body.toString('utf8')) }
}
