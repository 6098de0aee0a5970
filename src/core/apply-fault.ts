import type { StepFacts } from '../world/step.ts'
import type { Call } from './call.ts'
import { type Endpoint, type Outcome, reply } from './endpoint.ts'
import {
  type AppliedFault,
  experienceOf,
  type FaultAction,
  type FaultSurface,
  isHarmless,
  isTakenBack,
} from './fault.ts'
import { faultsOf, meetFault, type Named, stepOf } from './meet-fault.ts'
import { meet } from './outcomes.ts'
import type { Refusal } from './refusal.ts'
import type { Answer } from './surface.ts'

/** How faults meet the endpoints of a surface. */
export interface FaultFace<C> {
  readonly surface: FaultSurface
  /** Whose the call is and whom it names; undefined: its caller is not known. */
  named(call: Call<C>): Named | undefined
  /**
   * Refuses with a code as the surface does; left out where it knows no codes. `errmsg`: null for the table's own. `call`: what its
   * text may speak of; left out of one that goes elsewhere.
   */
  refuse?(
    code: { readonly errcode: number; readonly errmsg: string | null },
    step: StepFacts,
    call?: Pick<Call, 'fields' | 'request'>,
  ): Refusal
}

/** Meets a call, admitted already, with the world's faults. A refusal: it does nothing more. */
export function applyFault(call: Call, endpoint: Endpoint): Refusal | undefined {
  const { faults } = endpoint
  if (!faults || call.isFaultless || call.request.method === 'HEAD') return undefined
  if (faultsOf(call).length === 0) {
    call.sayFaultless()
    return undefined
  }
  const named = faults.named(call as Call<never>)
  if (!named) return undefined
  const { surface } = faults
  const applied = meetFault(call, { surface, endpoint: endpoint.id, ...named })
  if (applied && surface === platforms_surface) meetExperience(call, applied)
  call.seal()
  if (!applied) return undefined
  call.disturb(applied)
  const { action } = applied
  const step = stepOf(applied)
  if (action.stage === 'before' && !isHarmless(action) && !isTakenBack(action))
    return refusalBy(call, action, step, faults)
  call.steps.push(step)
  return undefined
}

/** Where platforms call: what they live through elsewhere they hear of there, as a code. */
const platforms_surface = 'tupu'

function meetExperience(call: Call, { action }: AppliedFault): void {
  const experience = experienceOf(action)
  if (experience) meet(call, `fault.${experience}`)
}

/**
 * The code of a call to which no answer came that its caller could read: nginx's own status for a connection that it closes
 * without an answer. No table has it.
 */
export const no_answer = 444

/** The no of a call to which a fault has been applied. Where it has no code of the surface's, it leaves nothing behind. */
export function refusalBy(
  call: Call,
  action: FaultAction,
  step: StepFacts,
  faults: Pick<FaultFace<never>, 'refuse'> | undefined,
): Refusal {
  if (action.kind === 'errcode' && faults?.refuse) return faults.refuse(action, step, call)
  return { kind: 'refusal', code: no_answer, text: 'no answer', step, writes: () => {} }
}

/** The answer of a call that was met by a fault, as it goes on the wire. `encode` puts an outcome there as usual. */
export function answerUnder(
  call: Call,
  outcome: Outcome,
  encode: (outcome: Outcome) => Answer,
): Answer {
  const { fault, endpoint } = call
  if (!fault) return encode(outcome)
  const { action } = fault
  const { delay_ms } = action
  const answer = answerBy(action, () => {
    if (action.kind !== 'errcode' || action.stage === 'before') return encode(outcome)
    return encode(refusalBy(call, action, stepOf(fault), endpoint?.faults))
  })
  return delay_ms > 0 ? { ...answer, wire: { ...answer.wire, delay_ms } } : answer
}

function answerBy(action: FaultAction, encode: () => Answer): Answer {
  switch (action.kind) {
    case 'answer':
      return rawAnswer(action)
    case 'transport':
      return brokenAnswer(action.transport, encode)
    default:
      return encode()
  }
}

function rawAnswer(action: Extract<FaultAction, { kind: 'answer' }>): Answer {
  const { status, headers, body } = action
  const answer = { status, headers, body: Buffer.from(body), code: status === 200 ? 0 : status }
  // What it says of the connection holds: node would leave it open at any word that it does not know.
  const ends = Object.entries(headers).some(
    ([name, value]) => /^connection$/i.test(name) && !/^keep-alive$/i.test(value),
  )
  return ends ? { ...answer, wire: { ends } } : answer
}

/** What a proxy before the real one sends when it has nothing better. */
const garbage =
  '<html>\r\n<head><title>200 OK</title></head>\r\n<body>upstream</body>\r\n</html>\r\n'

function brokenAnswer(
  transport: Extract<FaultAction, { kind: 'transport' }>['transport'],
  encode: () => Answer,
): Answer {
  switch (transport) {
    case 'garbage': {
      const headers = { 'Content-Type': 'text/html' }
      return { status: 200, headers, body: Buffer.from(garbage), code: no_answer }
    }
    case 'truncate': {
      const whole = encode()
      const { length } = whole.body
      const body = whole.body.subarray(0, Math.floor(length / 2))
      return { ...whole, body, wire: { transport, length } }
    }
    case 'drip':
      return { ...encode(), wire: { transport } }
    default:
      return { ...nothing, wire: { transport } }
  }
}

const nothing = { status: 0, headers: {}, body: Buffer.alloc(0), code: no_answer }

/** What is cut in half of a call that would wait for something, and does not. */
export function shortAnswer({ endpoint }: Call): Outcome {
  if (endpoint?.faults?.refuse) return { errcode: 0, errmsg: 'ok' }
  return { ...reply(200, '<!DOCTYPE html><html><body></body></html>'), type: 'text/html' }
}
