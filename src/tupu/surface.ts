import { type Endpoint, isReply } from '../core/endpoint.ts'
import { codeFor, type FieldIssue } from '../core/field.ts'
import { pathOf, worldOrElse } from '../core/locate.ts'
import { isRefusal, type Refusal } from '../core/refusal.ts'
import { isCleanText, type RawRequest } from '../core/request.ts'
import type { Answer, Arrival, Opened, Surface, TransportFault } from '../core/surface.ts'
import { toIso } from '../world/clock.ts'
import type { Step } from '../world/step.ts'
import { claimedWorld, unattributed } from '../world/world.ts'
import { areFactsStale } from './account.ts'
import { type EidLead, eidOf, followEid, isRotatedAway } from './eid.ts'
import { refuse, type TupuCaller } from './endpoint.ts'
import { tupuErrors } from './errors.ts'
import { missingSteps } from './gateway/facts.ts'
import { isLimited, useCall, withLimitCode } from './limit.ts'
import { tupuEndpoints } from './partner-api.ts'
import { canonicalFields, type Profile, placeOf, spellAnswer } from './profile.ts'
import { clip } from './clip.ts'
import { authenticationFault } from './signature.ts'
import { spellingOf } from './spelling.ts'

const statuses = { unknown_path: 404, wrong_method: 405, body_too_large: 413 } as const

/** The partner API as one profile spells it. Business refusals are HTTP 200 with `errcode`, like WeChat's. */
export function tupuSurface(profile: Profile): Surface<TupuCaller> {
  return {
    name: 'tupu',
    bases: [profile.base],
    prefix: profile.base,
    place: 'open',
    table: tupuErrors,
    spelling: spellingOf(profile),
    endpoints: tupuEndpoints.map((endpoint) =>
      withLimitCode({ ...endpoint, ...placeOf(profile, endpoint) }),
    ),
    readFields: (arrival) => canonicalFields(profile, arrival),
    open: (arrival) => openAccount(profile, arrival),
    refuseField,
    refuseTransport: (fault, { request }) => ({
      ...refuseTransport(fault, request),
      // No send was asked for, or its world has ended: no message is kept.
      keep: () => Promise.resolve(),
    }),
    answer(outcome, { trace, world }): Answer {
      if (isReply(outcome)) throw new Error('the partner API answers JSON')
      const refusal = isRefusal(outcome) ? outcome : undefined
      const body = refusal
        ? refusalBody(refusal, { trace, now: world.now })
        : (outcome as Record<string, unknown>)
      const spelled = spellAnswer(profile, outcome, { status: refusal?.status ?? 200, body })
      return {
        status: spelled.status,
        headers: { 'Content-Type': 'application/json; charset=utf-8' },
        body: Buffer.from(JSON.stringify(spelled.body)),
        code: refusal?.code ?? 0,
      }
    },
  }
}

function refuseTransport(fault: TransportFault, request: RawRequest): Refusal {
  if (fault === 'world_was_reset') {
    // What became of it is told to nobody: the platform must take it as any other silence.
    return refuse(100031, { rule: 'world.same_epoch', expected: 'no reset while WeChat is asked' })
  }
  const step = { rule: `request.${fault}`, actual: `${request.method} ${pathOf(request.url)}` }
  const refusal = refuse(fault === 'body_too_large' ? 100020 : 100019, step)
  return { ...refusal, status: statuses[fault] }
}

function refusalBody(
  refusal: Refusal,
  at: { trace: string; now: number },
): Record<string, unknown> {
  const errmsg = refusal.complete?.(refusal.text, at) ?? refusal.text
  return { errcode: refusal.code, errmsg, ...refusal.extra }
}

/** Body, EID, proof, state of the EID, live: the first checks of every call, in this order. */
async function openAccount(
  profile: Profile,
  arrival: Arrival<TupuCaller>,
): Promise<Opened<TupuCaller>> {
  const { db, engine, fields, request, endpoint, steps } = arrival
  const eid =
    typeof fields['eid'] === 'string' && isCleanText(fields['eid']) ? fields['eid'] : undefined
  const claimed =
    eid === undefined ? undefined : await claimedWorld(db, 'eid', eid, engine.realNow())
  const world = claimed ?? (await worldOrElse(arrival, unattributed))
  const refusal = refuseBody(arrival)
  if (refusal) return { world, key: '', refusal }
  const lead =
    claimed && eid !== undefined ? await followEid({ db, engine, world }, eid) : undefined
  if (lead?.view.account.profile !== profile.name) {
    const actual = { eid: clip(fields['eid']), profile: lead?.view.account.profile ?? null }
    return {
      world,
      key: '',
      refusal: refuse(100001, { rule: 'eid.known', actual, expected: { profile: profile.name } }),
    }
  }
  if (isRotatedAway(lead, world)) return { world, key: '', refusal: refuseRotated(lead, eid) }
  const { view } = lead
  const opened = { world, key: view.account.eid, caller: view }
  const fault = authenticationFault(profile, request, view.account.partner_secret, world.real_now)
  if (fault) return { ...opened, refusal: refuse(100003, fault) }
  const no =
    (isLimited(view.account) ? await useCall(arrival, view.account, world) : undefined) ??
    refuseState(view) ??
    (endpoint?.credential === 'eid, live' ? refuseNotLive(view, world.real_now) : undefined)
  if (no) return { ...opened, refusal: no }
  steps.push(...passedSteps(profile, lead, endpoint))
  return opened
}

/** The account is there, and has another EID now. */
function refuseRotated({ view, ends_at }: EidLead, actual: unknown): Refusal {
  const row = { ended_at: toIso(ends_at ?? 0) }
  return refuse(100001, { rule: 'eid.current', actual, row, expected: eidOf(view.account) })
}

/** Where a profile has a GET, all fields stand outside the body. */
function refuseBody({ fault, endpoint, request }: Arrival<TupuCaller>): Refusal | undefined {
  if (!fault || !endpoint?.from.includes('json')) return undefined
  if (fault === 'empty' && request.method === 'GET') return undefined
  return refuse(47001, { rule: 'body.json', actual: fault, expected: 'a JSON object' })
}

/** The checks that a call passed; what was not asked of it is none. */
function passedSteps(
  { authentication }: Profile,
  { view: { account, facts }, ends_at }: EidLead,
  endpoint: Endpoint<TupuCaller> | undefined,
): Step[] {
  const steps: Step[] = ['eid.known']
  if (ends_at !== null) {
    steps.push({ rule: 'eid.current', row: { ends_at: toIso(ends_at) }, expected: eidOf(account) })
  }
  if (account.partner_secret !== null && authentication.kind !== 'none') {
    steps.push(authentication.kind === 'key' ? 'key.valid' : 'signature.valid')
  }
  if (isLimited(account)) steps.push('minute.left')
  steps.push('eid.active')
  if (endpoint?.credential === 'eid, live' && missingSteps(facts).length === 0)
    steps.push('account.live')
  return steps
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

function refuseField(issue: FieldIssue): Refusal {
  const { field, actual, params } = issue
  const code = typeof params['errcode'] === 'number' ? params['errcode'] : codeFor(issue)
  const length = typeof params['length'] === 'number' ? params['length'] : 0
  return refuse(code, { rule: `${field}.valid`, actual: clip(actual), expected: issue.message }, { length })
}
