import type { Call } from '../core/call.ts'
import { codeFor, type FieldIssue } from '../core/field.ts'
import type { Refusal } from '../core/refusal.ts'
import { areFactsStale } from './account.ts'
import { refuse, type TupuCaller } from './caller.ts'
import { clip } from './clip.ts'
import { eidOf } from './eid.ts'
import { missingSteps } from './gateway/facts.ts'
import { isLimited, useCall } from './limit.ts'

/** The calls that an account has left, the state of its EID, and whether it is live, where the call asks for that. */
export async function admit(call: Call<TupuCaller>): Promise<Refusal | undefined> {
  const { caller, endpoint, world, steps } = call
  const { account, facts } = caller
  const asksLive = endpoint?.credential === 'eid, live'
  const no =
    (isLimited(account) ? await useCall(call, account) : undefined) ??
    refuseState(caller) ??
    (asksLive ? refuseNotLive(caller, world.real_now) : undefined)
  if (no) return no
  if (isLimited(account)) steps.push('minute.left')
  steps.push('eid.active')
  if (asksLive && missingSteps(facts).length === 0) steps.push('account.live')
  return undefined
}

function refuseState({ account }: TupuCaller): Refusal | undefined {
  if (account.state === 'active') return undefined
  const code = account.state === 'suspended' ? 100004 : 100005
  return refuse(code, {
    rule: 'eid.active',
    row: { eid: eidOf(account), state: account.state },
    expected: 'active',
  })
}

/** A remote gateway whose facts are old is asked again on the way. */
function refuseNotLive(view: TupuCaller, real_now: number): Refusal | undefined {
  const missing = missingSteps(view.facts)
  if (missing.length === 0 || areFactsStale(view, real_now)) return undefined
  const step = {
    rule: 'account.live',
    row: { eid: eidOf(view.account) },
    actual: { missing },
    expected: { missing: [] },
  }
  return refuse(100002, step, { missing: missing.join(', ') })
}

/** A field of the partner API that does not fit. */
export function refuseField(issue: FieldIssue): Refusal {
  const { field, actual, params } = issue
  const code = typeof params['errcode'] === 'number' ? params['errcode'] : codeFor(issue)
  const length = typeof params['length'] === 'number' ? params['length'] : 0
  return refuse(
    code,
    { rule: `${field}.valid`, actual: clip(actual), expected: issue.message },
    { length },
  )
}
