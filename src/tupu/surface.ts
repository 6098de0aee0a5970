import { listAccounts } from '../../db/account.ts'
import type { AccountRow } from '../../db/schema.ts'
import type { Call } from '../core/call.ts'
import { type DocumentedEndpoint, isReply, type Outcome } from '../core/endpoint.ts'
import { credentialElsewhere, pathOf, worldOfPath, worldOrElse } from '../core/locate.ts'
import { nearest } from '../core/nearest.ts'
import { isRefusal, type Refusal } from '../core/refusal.ts'
import {
  body_encodings,
  expected_body,
  isCleanText,
  packedBy,
  type RawRequest,
} from '../core/request.ts'
import type { Answer, Surface, TransportFault } from '../core/surface.ts'
import { toIso } from '../world/clock.ts'
import type { Fix, Step, StepFacts } from '../world/step.ts'
import { claimedWorld, default_world, unattributed } from '../world/world.ts'
import { type EidLead, eidOf, followEid, isRotatedAway } from './account/eid.ts'
import { confirmTupuAccount, getTupuAccount } from './account/endpoints.ts'
import { queryRegistration } from './association/endpoints.ts'
import type { TupuCaller } from './endpoint.ts'
import { clip, profileErrors, refuse, tupuErrors } from './errors.ts'
import { acceptFirst } from './message/accept.ts'
import { sendByOpenid } from './message/by-openid.ts'
import { findMessage, getMessage, sendMessage } from './message/endpoints.ts'
import { sendEach } from './message/rows.ts'
import { replayFault } from './nonce.ts'
import { addressGuard } from './profile/address.ts'
import { bodyText, hasAnswers, spellAnswer, typeOf } from './profile/answer.ts'
import { secretHider } from './profile/hide.ts'
import { default_profile, placeOf, spellingOf } from './profile/profile.ts'
import { FieldReader, missingConstants } from './profile/read.ts'
import { allowanceOf, ownRules, tellsAllowance } from './profile/rules.ts'
import { type Profile, spelledField } from './profile/spelled.ts'
import { proofOf } from './signature.ts'
import { issuePartnerToken } from './token/endpoints.ts'

/** Our canonical partner API. */
export const tupuEndpoints: readonly DocumentedEndpoint<TupuCaller>[] = [
  sendMessage,
  findMessage,
  getMessage,
  queryRegistration,
  getTupuAccount,
  confirmTupuAccount,
]

const json_headers = { 'Content-Type': 'application/json; charset=utf-8' }
const statuses = {
  unknown_path: 404,
  wrong_method: 405,
  body_too_large: 413,
} as const

/** Where OAuth2 asks for a token, and where one asks for it by itself. */
function endpointsFor(profile: Profile): readonly DocumentedEndpoint<TupuCaller>[] {
  const { kind } = profile.authentication
  const all = kind === 'oauth2' ? [...tupuEndpoints, issuePartnerToken(profile)] : tupuEndpoints
  return all.filter(({ id }) => profile.endpoints[id] !== null).map((one) => ownRules(profile, one))
}

/** The partner API as one profile spells it. Business refusals are HTTP 200 with `errcode`, like WeChat's. */
export function tupuSurface(profile: Profile): Surface<TupuCaller> {
  const reader = new FieldReader(profile)
  const person = spelledField(profile, sendMessage.id, 'mobile')
  const byOpenid = person?.format === 'openid'
  const forJournal = secretHider(profile)
  const refuseAddress = addressGuard(profile)
  const allowance = tellsAllowance(profile) ? allowanceOf : undefined
  const endpoints = endpointsFor(profile).map((endpoint) => {
    const placed = { ...endpoint, ...placeOf(profile, endpoint) }
    const isSend = endpoint.id === sendMessage.id
    const named = byOpenid && isSend ? sendByOpenid(placed) : placed
    const found = isSend && profile.result === 'callback' ? acceptFirst(named) : named
    const surface = () => singleSurface(profile, found)
    return reader.isList(endpoint.id) ? sendEach(found, { reader, surface }) : found
  })
  return {
    name: 'tupu',
    bases: [profile.base],
    prefix: profile.base,
    area: 'open',
    table: profile === default_profile ? tupuErrors : profileErrors,
    spelling: spellingOf(profile),
    endpoints,
    ...(forJournal ? { forJournal } : {}),
    ...(reader.isIdentity ? {} : { readFields: (call) => reader.read(call) }),
    authenticate: (call) => authenticate(profile, call, refuseAddress),
    refuseTransport: (fault, { request }) => refuseTransport(fault, request),
    encode: hasAnswers(profile)
      ? (outcome, at) => encodeSpelled(profile, outcome, { ...at, more: allowance?.(at.call) })
      : (outcome, at) => {
          const { status, body, code } = canonicalAnswer(outcome, at)
          return { status, headers: json_headers, body: Buffer.from(JSON.stringify(body)), code }
        },
  }
}

/** For the single messages of a list, in canonical words: the call of all of them has proved who makes it. */
function singleSurface(
  profile: Profile,
  of: DocumentedEndpoint<TupuCaller> & { readonly before?: unknown; readonly after?: unknown },
): Surface<TupuCaller> {
  const { name, base } = profile
  const surface = tupuSurface({ ...default_profile, name, base, authentication: { kind: 'none' } })
  const forJournal = secretHider(profile)
  const { before, after, input } = of
  const send = { ...sendMessage, before, after, input } as unknown as DocumentedEndpoint<TupuCaller>
  return { ...surface, ...(forJournal ? { forJournal } : {}), endpoints: [send] }
}

type EncodedAt = Parameters<Surface<TupuCaller>['encode']>[1]

/** An outcome in canonical words. */
function canonicalAnswer(outcome: Outcome, { trace, world: { now } }: EncodedAt) {
  if (isReply(outcome)) throw new Error('the partner API answers JSON')
  return isRefusal(outcome)
    ? {
        status: outcome.status ?? 200,
        body: refusalBody(outcome, { trace, now }),
        code: outcome.code,
      }
    : { status: 200, body: outcome as Record<string, unknown>, code: 0 }
}

function encodeSpelled(
  profile: Profile,
  outcome: Outcome,
  at: EncodedAt & { readonly more: object | undefined },
): Answer {
  const { trace, world, endpoint, call, more } = at
  const { status, body, code } = canonicalAnswer(outcome, at)
  const spelled = spellAnswer(profile, {
    ...{ status, trace, body, more },
    endpoint: endpoint?.id,
    sent: call?.fields,
    now: world.now,
    secret: call?.caller?.account.partner_secret ?? '',
  })
  const headers = { 'Content-Type': typeOf(spelled), ...spelled.headers }
  return { status: spelled.status, headers, body: Buffer.from(bodyText(spelled)), code }
}

function refuseTransport(fault: TransportFault, request: RawRequest): Refusal {
  if (fault === 'world_was_reset') {
    // What became of it is told to nobody: the platform must take it as any other silence.
    return refuse(100031, { rule: 'world.same_epoch', expected: 'no reset while WeChat is asked' })
  }
  if (fault === 'unknown_encoding') {
    const step = { rule: 'body.encoding', actual: packedBy(request), expected: body_encodings }
    return { ...refuse(47001, step), status: 415 }
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

/** Body, EID, proof: the first checks of every call, in this order. What the account may do is asked at its admission. */
function authenticate(
  profile: Profile,
  call: Call<TupuCaller>,
  refuseAddress: ReturnType<typeof addressGuard>,
): Refusal | undefined {
  const { db, engine, fields } = call
  const eid =
    typeof fields['eid'] === 'string' && isCleanText(fields['eid']) ? fields['eid'] : undefined
  const known = worldOfPath(call) ?? (eid && claimedWorld(db, 'eid', eid, call.real_now))
  const world = known || worldOrElse(call, unattributed)
  call.enter(world, { key: '' })
  const refusal = refuseBody(profile, call)
  if (refusal) return refusal
  const lead = known && eid !== undefined ? followEid({ db, engine, world }, eid) : undefined
  if (lead?.view.account.profile !== profile.name) {
    const actual = { eid: clip(fields['eid']), profile: lead?.view.account.profile ?? null }
    const elsewhere = eid && credentialElsewhere({ db, world }, 'eid', eid)
    const expected = { profile: profile.name, ...(lead ? {} : nearestTo(call, eid)) }
    return refuse(100001, elsewhere || { rule: 'eid.known', actual, expected })
  }
  const { view } = lead
  const { account } = view
  call.enter(world, { key: account.eid, caller: view })
  if (isRotatedAway(lead, world)) return refuseRotated(lead, eid)
  const unlisted = refuseAddress?.(call)
  if (unlisted) return unlisted
  const fault = proofFault(profile, call, account)
  if (fault) return refuse(100003, { ...fault, fix: askNoProof(account) })
  call.steps.push(...passedSteps(profile, lead))
  return undefined
}

/** Why a call does not prove who it is; the nonce of one that does is used up. */
function proofFault(
  profile: Profile,
  call: Call<TupuCaller>,
  { eid, partner_secret: secret }: AccountRow,
): StepFacts | undefined {
  if (secret === null) return undefined
  const now = Number(call.draw('machine_now', () => String(call.engine.machineNow())))
  const { fault, signed } = proofOf(profile, call, { secret, now, world_now: call.world.now })
  return fault ?? (signed && replayFault(call, { ...signed, eid, now }))
}

/** Without a secret of its own an account takes calls that prove nothing. */
function askNoProof(account: AccountRow): Fix {
  return { call: 'account.update', input: { eid: eidOf(account), partner_secret: null } }
}

const proof_steps = {
  none: [],
  key: ['key.valid'],
  bearer: ['key.valid'],
  basic: ['key.valid'],
  oauth2: ['token.valid'],
  signed: ['signature.valid'],
  signature: ['signature.valid', 'nonce.unused'],
} as const

/** What is longer is no slip. */
const eid_length_max = 64

/** The EID that was probably meant, of the path's world, or of the one that calls without a path are meant for. */
function nearestTo(call: Call, eid: string | undefined): { readonly nearest?: string } {
  const world = worldOrElse(call, default_world)
  if (eid === undefined || eid.length > eid_length_max) return {}
  const known = listAccounts(call.db, world.epoch).map(eidOf)
  const meant = nearest(eid, known)
  return meant === undefined ? {} : { nearest: meant }
}

/** The checks that a caller passed; what was not asked is none. */
function passedSteps(
  { authentication: { kind }, allowed_ips }: Profile,
  { view: { account }, ends_at }: EidLead,
): Step[] {
  const steps: Step[] = ['eid.known']
  if (ends_at !== null) {
    steps.push({ rule: 'eid.current', row: { ends_at: toIso(ends_at) }, expected: eidOf(account) })
  }
  if (allowed_ips) steps.push('caller.allowed')
  if (account.partner_secret === null) return steps
  return [...steps, ...proof_steps[kind]]
}

/** The account is there, and has another EID now. */
function refuseRotated({ view, ends_at }: EidLead, actual: unknown): Refusal {
  const row = { ended_at: toIso(ends_at ?? 0) }
  return refuse(100001, { rule: 'eid.current', actual, row, expected: eidOf(view.account) })
}

const form_type = 'application/x-www-form-urlencoded'

/** Where a profile has a GET, all fields stand outside the body. */
function refuseBody(profile: Profile, call: Call<TupuCaller>): Refusal | undefined {
  const { bodyFault: fault, endpoint, request } = call
  const isRead = endpoint?.from.includes('json') || endpoint?.from.includes('xml')
  if (fault && isRead && !(fault === 'empty' && request.method === 'GET')) {
    const expected = endpoint?.from.includes('xml')
      ? 'XML with elements in its root'
      : expected_body
    return refuse(47001, { rule: 'body.json', actual: fault, expected })
  }
  const type = (request.headers['content-type'] ?? 'none').toString()
  const isForm = endpoint?.from.includes('form') && !endpoint.from.includes('json')
  if (isForm && request.body.length > 0 && !type.startsWith(form_type))
    return refuse(47001, {
      rule: 'body.json',
      actual: `Content-Type: ${clip(type)}`,
      expected: form_type,
    })
  const missing = missingConstants(profile, call)
  if (missing.length === 0) return undefined
  return refuse(47001, {
    rule: 'body.complete',
    actual: { missing },
    expected: 'what the profile names as constants',
  })
}
