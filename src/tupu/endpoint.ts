import { z } from 'zod'
import { countCall, findCallCount } from '../../db/call-count.ts'
import type { AccountRow } from '../../db/schema.ts'
import type { Call } from '../core/call.ts'
import { endpointsOf } from '../core/endpoint.ts'
import { codeFor, type FieldIssue, words } from '../core/field.ts'
import type { Refusal } from '../core/refusal.ts'
import { type AccountView, areFactsStale } from './account/account.ts'
import { eidOf } from './account/eid.ts'
import { clip, refuse, refuseByProfile } from './errors.ts'
import { faults } from './fault.ts'
import { missingSteps } from './gateway/facts.ts'

/** Who calls: the platform, for one account. */
export type TupuCaller = AccountView

/** What the surface checks first: the EID with its proof, its state unless it may be any, and whether the account is live. */
export type Credential = 'eid' | 'eid, live' | 'eid, any state'

/** One endpoint of the partner API. Of its refusals it names those of its own fields and decisions. */
export const endpoint = endpointsOf<
  TupuCaller,
  Credential,
  never,
  'refusals' | 'source' | 'fidelity'
>({ admit, refuseField, faults }, ({ from, credential, refusals = [] }) => ({
  source: { en: 'our own contract: TUPU publishes none', zh: '我们自己的约定：TUPU 没有公开' },
  fidelity: 'assumed',
  // The body, the EID, its proof, its limit, its state, and whether it is live.
  refusals: [
    ...(from.includes('json') ? [47001] : []),
    ...[100001, 100003, 100018],
    ...(credential === 'eid, any state' ? [] : [100004, 100005]),
    ...(credential === 'eid, live' ? [100002] : []),
    ...refusals,
  ],
}))

export const ok = { errcode: 0, errmsg: 'ok' } as const

/** The calls that an account has left, the state of its EID, and whether it is live, where the call asks for that. */
function admit(call: Call<TupuCaller>): Refusal | undefined {
  const { caller, endpoint, world, steps } = call
  const { account, facts } = caller
  const needsLive = endpoint?.credential === 'eid, live'
  const no =
    useCall(call, account) ??
    (endpoint?.credential === 'eid, any state' ? undefined : refuseState(account)) ??
    (needsLive ? refuseNotLive(caller, world.real_now) : undefined)
  if (no) return no
  if (account.minute_limit !== null) steps.push('minute.left')
  if (account.state === 'active') steps.push('eid.active')
  if (needsLive && missingSteps(facts).length === 0) steps.push('account.live')
  return undefined
}

/** Virtual milliseconds within which an account's calls are counted. */
export const minute_ms = 60_000

/**
 * Uses up one of the calls that an account has in a minute, or refuses it because there is none left. A minute of the world's
 * clock begins with the first call after the one before has ended: a fixed window, in a row that all replicas share. Every call
 * counts that proves whose it is, whatever else speaks against it; one that is refused here does not.
 */
function useCall(
  call: Pick<Call, 'db' | 'world' | 'seal'>,
  account: AccountRow,
): Refusal | undefined {
  const { db, world } = call
  const { epoch, now } = world
  const { eid, minute_limit: limit } = account
  if (limit === null) return undefined
  if (countCall(db, { epoch, eid, now, over_at: now - minute_ms, limit })) {
    call.seal()
    return undefined
  }
  const count = findCallCount(db, { epoch, eid })
  const rest_ms = (count?.began_at ?? now) + minute_ms - now
  const refusal = refuse(100018, {
    rule: 'minute.left',
    row: { eid: eidOf(account) },
    actual: limit,
    expected: `fewer than ${limit} calls in the minute`,
    fix: { call: 'account.update', input: { eid: eidOf(account), minute_limit: null } },
  })
  return { ...refusal, extra: { retry_after_s: Math.max(1, Math.ceil(rest_ms / 1000)) } }
}

/** Whether an account can send, and what a send gets that cannot. */
export const sendableShape = z
  .object({ ok: z.boolean(), errcode: z.int(), errmsg: z.string() })
  .meta(
    words(
      'Whether the state of the EID and of the onboarding allows a send; errcode and errmsg: what a send gets.',
      '就 EID 的状态和所缺的步骤而言能否发送；errcode 和 errmsg：发送会得到的应答。',
    ),
  )

/** How a send would fare by the state of the account's EID, and by what is known at WeChat. */
export function sendableOf(view: AccountView): z.output<typeof sendableShape> {
  const no = refuseSender(view)
  return no ? { ok: false, errcode: no.code, errmsg: no.text } : { ok: true, ...ok }
}

/** The refusal of every send of an account as it stands. */
export function refuseSender({ account, gateway, facts }: AccountView): Refusal | undefined {
  const missing = missingSteps(facts)
  const isUnknown = gateway.kind === 'remote' && account.facts === null
  return (
    refuseState(account) ??
    (isUnknown ? refuse(100031, { rule: 'wechat.answered' }) : undefined) ??
    (missing.length > 0 ? refuseMissing(missing, { eid: eidOf(account) }) : undefined)
  )
}

function refuseState(account: AccountRow): Refusal | undefined {
  const { state } = account
  if (state === 'active') return undefined
  const row = { eid: eidOf(account), state }
  const code = state === 'suspended' ? 100004 : 100005
  const fix = state === 'suspended' && {
    fix: { call: 'eid.resume', input: { eid: eidOf(account) } },
  }
  return refuse(code, { rule: 'eid.active', row, expected: 'active', ...fix })
}

/** A remote gateway whose facts are old is asked again on the way. */
function refuseNotLive(caller: TupuCaller, real_now: number): Refusal | undefined {
  const missing = missingSteps(caller.facts)
  if (missing.length === 0 || areFactsStale(caller, real_now)) return undefined
  return refuseMissing(missing, { eid: eidOf(caller.account) })
}

/** The refusal of a send whose account is not live; `row`: what of the account the decision names. */
export function refuseMissing(missing: readonly string[], row?: { readonly eid: string }): Refusal {
  const step = {
    rule: 'account.live',
    ...(row && { row }),
    actual: { missing },
    expected: { missing: [] },
  }
  return refuse(100002, step, { missing: missing.join(', ') })
}

/** A field of the partner API that does not fit. */
function refuseField(issue: FieldIssue): Refusal {
  const { field, actual, params } = issue
  const { errcode, length, max } = params
  const code = typeof errcode === 'number' ? errcode : codeFor(issue)
  const count = (value: unknown) => (typeof value === 'number' ? value : 0)
  const counts = { length: count(length), max: count(max) }
  // Of what is too long its length says more than all of it.
  const isTooLong = counts.length > counts.max
  const found = isTooLong ? `${counts.length} of ${counts.max} characters` : clip(actual)
  const step = { rule: `${field}.valid`, actual: found, expected: issue.message }
  return refuseByProfile(code, step, counts)
}
