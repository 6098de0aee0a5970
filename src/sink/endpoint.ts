import { z } from 'zod'
import type { FaultFace } from '../core/apply-fault.ts'
import { refuseBody } from '../core/control-endpoint.ts'
import { endpointsOf } from '../core/endpoint.ts'
import { codeFor, type FieldIssue } from '../core/field.ts'
import { fieldProblem } from '../core/problem.ts'
import { type Refusal, refuser } from '../core/refusal.ts'
import { isCleanText } from '../core/request.ts'
import { concernRecipients, mobilesOf, recipientsIn } from './contact.ts'
import { sinkErrors, statusOf } from './errors.ts'

/** Whose way of speaking a call has: our own, or a vendor's. None of them asks who calls. */
export type Dialect = 'sink' | 'sink of Twilio' | 'sink of Alibaba Cloud'

/** Refuses with a code of the sinks' table. */
export const refuse = refuser(sinkErrors)

/** What the variable parts of a text say when nothing has happened that could fill them. */
const sample_fill = { number: '+15005550001', path: '/' }

/** How faults meet SMS and e-mails: by whom they are for. They name no account. */
const faults: FaultFace<undefined> = {
  surface: 'sink',
  named: (call) => ({
    mobiles: recipientsIn(call.fields).flatMap((recipient) => mobilesOf(call, recipient)),
  }),
  refuse({ errcode, errmsg }, step) {
    const status = statusOf(errcode)
    if (errmsg !== null) return { kind: 'refusal', code: errcode, text: errmsg, step, ...status }
    return { ...refuse(errcode, step, sample_fill), ...status }
  },
}

/** One call by which a platform hands an SMS or e-mail over. */
export const endpoint = endpointsOf<undefined, Dialect, never, never>(
  {
    // Whoever is withdrawn is found by the journal's word of it, whatever becomes of the call.
    admit(call) {
      concernRecipients(call, recipientsIn(call.fields))
      return undefined
    },
    refuseBody,
    refuseField,
    faults,
  },
  () => ({}),
)

/** A field of a vendor's names its codes; one of ours is a problem. */
function refuseField(issue: FieldIssue): Refusal {
  const { codes, field, actual } = issue
  if (!codes) return fieldProblem(issue)
  const code = codeFor(issue, actual === '' ? 'missing' : issue.fault)
  return refuseValue(code, field, { actual: actual ?? null, expected: issue.message })
}

/** Refuses the value of a field with a vendor's code. */
export function refuseValue(
  code: number,
  field: string,
  { actual, expected }: { readonly actual: unknown; readonly expected: unknown },
): Refusal {
  const step = { rule: `${field}.valid`, actual, expected }
  return refuse(code, step, { number: String(actual).slice(0, shown_length_max) })
}

const shown_length_max = 40

/** Text as both databases can hold it, up to a length. */
export function boundedText(length_max: number) {
  return z.string().max(length_max).refine(isCleanText, 'text without NUL or half a surrogate pair')
}
