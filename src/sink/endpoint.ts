import { z } from 'zod'
import type { FaultFace } from '../core/apply-fault.ts'
import type { Call } from '../core/call.ts'
import { refuseBody } from '../core/control-endpoint.ts'
import { endpointsOf } from '../core/endpoint.ts'
import { codeFor, type FieldIssue } from '../core/field.ts'
import { pathOf } from '../core/locate.ts'
import { fieldProblem } from '../core/problem.ts'
import { type Refusal, refuser } from '../core/refusal.ts'
import { cleanText, isCleanText } from '../core/request.ts'
import { concernRecipients, mobilesOf, recipientsIn, recipientTexts } from './contact.ts'
import { sinkErrors, statusOf } from './errors.ts'

/** Whose way of speaking a call has: our own, or a vendor's. None of them asks who calls. */
export type Dialect = 'sink' | 'sink of Twilio' | 'sink of Alibaba Cloud'

/** Refuses with a code of the sinks' table. */
export const refuse = refuser(sinkErrors)

/** What the variable parts of a text say: of the call, or, where it has nothing such, Twilio's own sample of a bad number. */
function fillOf(call: Pick<Call, 'fields' | 'request'> | undefined) {
  const number = call && recipientTexts(call.fields)[0]
  return {
    number: number === undefined ? '+15005550001' : shortened(number),
    path: call ? pathOf(call.request.url) : '/',
  }
}

/** How faults meet SMS and e-mails: by whom they are for. They name no account. */
const faults: FaultFace<undefined> = {
  surface: 'sink',
  named: (call) => ({
    mobiles: recipientsIn(call.fields).flatMap((recipient) => mobilesOf(call, recipient)),
  }),
  refuse({ errcode, errmsg }, step, call) {
    const status = statusOf(errcode)
    if (errmsg !== null) return { kind: 'refusal', code: errcode, text: errmsg, step, ...status }
    return { ...refuse(errcode, step, fillOf(call)), ...status }
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
  const { codes, field, actual, params } = issue
  if (!codes) return fieldProblem(issue)
  const code = codeFor(issue, actual === '' ? 'missing' : issue.fault)
  return refuseValue(code, field, { actual: actual ?? null, expected: issue.message, ...params })
}

/** Refuses the value of a field with a vendor's code. */
export function refuseValue(
  code: number,
  field: string,
  {
    actual,
    expected,
    path = '/',
  }: { readonly actual: unknown; readonly expected: unknown; readonly path?: string },
): Refusal {
  const step = { rule: `${field}.valid`, actual, expected }
  const fill = { number: shortened(String(actual)), path }
  return { ...refuse(code, step, fill), ...statusOf(code) }
}

const shown_length_max = 40
const shortened = (text: string) => cleanText(text, shown_length_max)

/** Text as both databases can hold it, up to a length. */
export function boundedText(length_max: number) {
  return z.string().max(length_max).refine(isCleanText, 'text without NUL or half a surrogate pair')
}
