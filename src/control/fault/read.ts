import { listAccounts } from '../../../db/account.ts'
import { listOfficialAccounts } from '../../../db/official-account.ts'
import type { Call } from '../../core/call.ts'
import {
  type FaultAction,
  type FaultPlan,
  type FaultSurface,
  fault_surfaces,
  isMeant,
} from '../../core/fault.ts'
import { useOneOf } from '../../core/nearest.ts'
import { problem, unknownName } from '../../core/problem.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { chooseAccount, choosePerson } from '../../phone/choose.ts'
import { vendorOf } from '../../sink/errors.ts'
import { toldBody } from '../../tupu/callback/callback.ts'
import { tupuErrors } from '../../tupu/errors.ts'
import { findWechatEntry } from '../../tupu/gateway/local.ts'
import { readMobile } from '../../tupu/mobile.ts'
import { readDuration } from '../../world/clock.ts'
import { personId } from '../../world/person.ts'
import { people_pages } from '../pages.ts'
import { readActions } from './action.ts'
import type { FaultInput } from './body.ts'

/** Where a fault is read: in which world, under which name its fields were sent, and who is still to be made there. */
export interface Reading {
  readonly call: Call
  /** `faults.0.`, say. */
  readonly prefix: string
  /** Keys of people who come later. */
  readonly newcomers: ReadonlySet<string>
}

/** What a fault means in the call's world, or why it means nothing. */
export function readFault(at: Reading, input: FaultInput): FaultPlan | Refusal {
  const surface = input.surface ?? usualSurface(at, input)
  const actions = readActions(at.prefix, input, surface)
  if (isRefusal(actions)) return actions
  const named = readEndpoint(at, input.endpoint, surface)
  if (isRefusal(named)) return named
  const endpoint = surface === 'sink' ? ofVendor(at, named, actions) : named
  if (isRefusal(endpoint)) return endpoint
  const account = readAccount(at, input.account, surface)
  if (isRefusal(account)) return account
  const person = readPerson(at, input.person)
  if (isRefusal(person)) return person
  const mobile = readNumber(at, input.mobile)
  if (isRefusal(mobile)) return mobile
  const { name = null, after = 0, probability = null, sequence } = input
  const times = sequence ? sequence.length : (input.times ?? null)
  const until = untilOf(at, input.until)
  const who = { endpoint, account, person, mobile }
  return { name, surface, ...who, after, times, probability, until, actions }
}

/** The surface whose table has the code, TUPU's first; but for an endpoint that only another one has: nothing else can be meant. */
function usualSurface(at: Reading, input: FaultInput): FaultSurface {
  const usual = surfaceOfCode(input)
  const { endpoint } = input
  if (endpoint === undefined) return usual
  const having = fault_surfaces.filter((surface) =>
    namesOf(at, surface).some((name) => isMeant(endpoint, name)),
  )
  const [only, another] = having
  return only === undefined || another !== undefined || having.includes(usual) ? usual : only
}

function surfaceOfCode({ errcode, sequence = [] }: FaultInput): FaultSurface {
  const code = errcode ?? sequence.find((one) => one.errcode !== undefined)?.errcode
  if (code === undefined || tupuErrors.has(code)) return 'tupu'
  if (findWechatEntry(code)) return 'wechat'
  return vendorOf(code) ? 'sink' : 'tupu'
}

/** Every endpoint whose calls faults can meet. */
function faultyOf({ call }: Pick<Reading, 'call'>) {
  return [...call.engine.endpoints.values(), ...people_pages].filter(({ faults }) => faults)
}

/** What a fault of a surface may name as its endpoint. */
function namesOf(at: Pick<Reading, 'call'>, surface: FaultSurface): readonly string[] {
  if (surface === 'callback') return callback_events
  if (surface === 'push') return push_events
  return faultyOf(at).flatMap(({ id, faults }) => (faults?.surface === surface ? id : []))
}

function readEndpoint(
  { call, prefix }: Reading,
  wanted: string | undefined,
  surface: FaultSurface,
): string | null | Refusal {
  if (wanted === undefined) return null
  const field = `${prefix}endpoint`
  const others = faultyOf({ call }).filter(({ id }) => isMeant(wanted, id))
  const names = namesOf({ call }, surface)
  if (names.some((name) => isMeant(wanted, name))) return wanted
  const other = others[0]?.faults?.surface
  if (other)
    return refuse(field, `${wanted} is of ${other} and not of ${surface}`, `give surface: ${other}`)
  const fix = names.length > 0 ? useOneOf(wanted, names) : 'leave it out'
  return unknownName(call, { field, reason: `${surface} has no endpoint ${wanted}`, fix })
}

/** What a callback tells, for faults that mean only one of them. */
export const callback_events: readonly string[] = toldBody.shape.event.options

/** What is pushed to an account's server, likewise: events, and kinds of messages. */
const push_events = [
  'text',
  'image',
  'location',
  'subscribe',
  'unsubscribe',
  'SCAN',
  'CLICK',
  'VIEW',
  'view_miniprogram',
  'LOCATION',
  'TEMPLATESENDJOBFINISH',
]

/** A vendor's code meets that vendor's calls alone: no other would answer with it. */
function ofVendor(
  { call, prefix }: Reading,
  named: string | null,
  actions: readonly FaultAction[],
): string | null | Refusal {
  const codes = actions.flatMap((one) => (one.kind === 'errcode' ? one.errcode : []))
  const vendors = new Set(codes.flatMap((code) => vendorOf(code) ?? []))
  const [vendor, another] = vendors
  if (vendor === undefined) return named
  const field = `${prefix}errcode`
  if (another) return refuse(field, 'the codes are of two vendors', 'make a fault for each')
  const own = [...call.engine.endpoints.values()].find(({ credential }) => credential === vendor)
  if (!own || named === null || isMeant(named, own.id)) return own?.id ?? named
  const code = codes.find((one) => vendorOf(one))
  return refuse(field, `${named} never answers ${code}`, `give endpoint: ${own.id}`)
}

function readAccount(
  { call, prefix }: Reading,
  wanted: string | undefined,
  surface: FaultSurface,
): FaultPlan['account'] | Refusal {
  if (wanted === undefined) return null
  if (surface === 'sink') {
    const reason = 'an SMS or email names no account'
    return refuse(`${prefix}account`, reason, 'leave it out, and give mobile or person')
  }
  const { db, world } = call
  const officials = listOfficialAccounts(db, world.epoch)
  const isOwned = listAccounts(db, world.epoch).some(({ appid }) => appid === wanted)
  if (!isOwned && officials.some(({ appid }) => appid === wanted)) return { appid: wanted }
  const account = chooseAccount(call, wanted, `${prefix}account`)
  return isRefusal(account) ? account : { eid: account.eid }
}

function readPerson(
  { call, prefix, newcomers }: Reading,
  wanted: string | undefined,
): string | null | Refusal {
  if (wanted === undefined) return null
  if (newcomers.has(wanted)) return personId(call.world, wanted)
  const person = choosePerson(call, wanted)
  if (!isRefusal(person)) return person.person
  const { reason, fix } = person.extra as { reason: string; fix: string }
  return unknownName(call, { field: `${prefix}person`, reason, fix })
}

function readNumber({ prefix }: Reading, wanted: string | undefined): string | null | Refusal {
  if (wanted === undefined) return null
  const mobile = readMobile(wanted)
  if (mobile !== undefined) return mobile
  return refuse(`${prefix}mobile`, 'it is no mobile number', 'give one such as 13800138000')
}

function untilOf({ call }: Reading, until: string | undefined): number | null {
  if (until === undefined) return null
  const ms = readDuration(until)
  return ms === undefined ? Date.parse(until) : call.world.now + ms
}

function refuse(field: string, reason: string, fix: string): Refusal {
  return problem('invalid_field', { field, reason, fix })
}
