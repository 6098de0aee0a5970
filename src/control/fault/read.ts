import { listAccounts } from '../../../db/account.ts'
import { listOfficialAccounts } from '../../../db/official-account.ts'
import type { Call } from '../../core/call.ts'
import type { FaultAction, FaultPlan, FaultSurface } from '../../core/fault.ts'
import { isMeant } from '../../core/fault.ts'
import { useOneOf } from '../../core/nearest.ts'
import { problem, unknownName } from '../../core/problem.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { chooseAccount, choosePerson } from '../../phone/choose.ts'
import { tupuErrors } from '../../tupu/errors.ts'
import { findWechatEntry } from '../../tupu/gateway/local.ts'
import { readMobile } from '../../tupu/mobile.ts'
import { readDuration } from '../../world/clock.ts'
import { personId } from '../../world/person.ts'
import type { FaultInput, Turn } from './body.ts'

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
  const surface = input.surface ?? usualSurface(input)
  const actions = readActions(at, input, surface)
  if (isRefusal(actions)) return actions
  const endpoint = readEndpoint(at, input.endpoint, surface)
  if (isRefusal(endpoint)) return endpoint
  const account = readAccount(at, input.account)
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

/** The surface whose table has the code, TUPU's first. */
function usualSurface({ errcode, sequence = [] }: FaultInput): FaultSurface {
  const code = errcode ?? sequence.find((one) => one.errcode !== undefined)?.errcode
  if (code === undefined || tupuErrors.has(code)) return 'tupu'
  return findWechatEntry(code) ? 'wechat' : 'tupu'
}

const effects = ['errcode', 'answer', 'transport', 'delivery', 'sequence'] as const

function readActions(
  at: Reading,
  input: FaultInput,
  surface: FaultSurface,
): readonly FaultAction[] | Refusal {
  const { sequence } = input
  const given = effects.filter((name) => input[name] !== undefined)
  const no = refuseEffects(at.prefix, given, input) ?? refuseSequence(at.prefix, input)
  if (no) return no
  if (!sequence) {
    const action = readAction(at.prefix, input, surface)
    return isRefusal(action) ? action : [action]
  }
  const actions: FaultAction[] = []
  for (const [n, turn] of sequence.entries()) {
    const prefix = `${at.prefix}sequence.${n}.`
    const found = effects.filter((name) => name !== 'sequence' && turn[name] !== undefined)
    const fault = refuseTurn(prefix, found, turn)
    const action = fault ?? readAction(prefix, turn, surface)
    if (isRefusal(action)) return action
    actions.push(action)
  }
  return actions
}

function refuseEffects(
  prefix: string,
  given: readonly string[],
  { delay }: Pick<FaultInput, 'delay'>,
): Refusal | undefined {
  if (given.length === 1 || (given.length === 0 && delay !== undefined)) return undefined
  const wanted = `exactly one of ${effects.join(', ')}, or delay alone`
  if (given.length > 1) {
    const reason = `${given.slice(0, -1).join(', ')} and ${given.at(-1)} are given together`
    return refuse(`${prefix}${given[1]}`, reason, `give ${wanted}`)
  }
  return refuse(`${prefix}errcode`, 'it says nothing that should happen', `give ${wanted}`)
}

function refuseSequence(prefix: string, input: FaultInput): Refusal | undefined {
  if (!input.sequence) return undefined
  const beside = (['times', 'errmsg', 'delay'] as const).find((name) => input[name] !== undefined)
  if (beside === undefined) return undefined
  const reason = 'a sequence ends with its list, and says by itself what each turn does'
  return refuse(prefix + beside, reason, 'leave it out, or give it to a turn of the sequence')
}

function refuseTurn(prefix: string, given: readonly string[], turn: Turn): Refusal | undefined {
  if (!turn.pass) return refuseEffects(prefix, given, turn)
  if (given.length === 0) return undefined
  return refuse(`${prefix}pass`, `${given[0]} is given, too`, 'give one of the two')
}

function readAction(
  prefix: string,
  turn: Turn | FaultInput,
  surface: FaultSurface,
): FaultAction | Refusal {
  const {
    errcode,
    errmsg = null,
    answer,
    transport,
    delivery,
    delay: delay_ms = 0,
    stage = 'before',
  } = turn
  const how = { delay_ms, stage }
  if (errmsg !== null && errcode === undefined)
    return refuse(`${prefix}errmsg`, 'there is no errcode that it belongs to', 'give errcode, too')
  if (errcode !== undefined) {
    const no = refuseCode(prefix, { errcode, errmsg }, surface)
    return no ?? { kind: 'errcode', errcode, errmsg, ...how }
  }
  if (answer) {
    const { status = 200, headers = {}, body = '' } = answer
    const isText = typeof body === 'string'
    const type = { 'Content-Type': isText ? 'text/plain; charset=utf-8' : 'application/json' }
    const hasType = Object.keys(headers).some((name) => /^content-type$/i.test(name))
    const text = isText ? body : JSON.stringify(body)
    return {
      kind: 'answer',
      status,
      headers: hasType ? headers : { ...type, ...headers },
      body: text,
      ...how,
    }
  }
  if (transport) return { kind: 'transport', transport, ...how }
  if (delivery && surface !== 'callback' && surface !== 'push') {
    const reason = `${surface} delivers nothing`
    return refuse(`${prefix}delivery`, reason, 'give surface: callback or push')
  }
  return delivery ? { kind: 'delivery', delivery, ...how } : { kind: 'pass', ...how }
}

/** Surfaces whose answers have codes, and who knows their texts. */
const tables: { readonly [S in FaultSurface]?: (code: number) => boolean } = {
  tupu: (code) => tupuErrors.has(code) || findWechatEntry(code) !== undefined,
  wechat: (code) => findWechatEntry(code) !== undefined,
}

function refuseCode(
  prefix: string,
  { errcode, errmsg }: { readonly errcode: number; readonly errmsg: string | null },
  surface: FaultSurface,
): Refusal | undefined {
  const isKnown = tables[surface]
  if (!isKnown) {
    const reason = `the answers of ${surface} have no errcode`
    return refuse(`${prefix}errcode`, reason, 'give answer or transport, or another surface')
  }
  if (errmsg !== null || isKnown(errcode)) return undefined
  const reason = `it is missing, and ${surface} has no text for ${errcode}`
  return refuse(`${prefix}errmsg`, reason, 'give errmsg, or a code that /docs lists')
}

function readEndpoint(
  { call, prefix }: Reading,
  wanted: string | undefined,
  surface: FaultSurface,
): string | null | Refusal {
  if (wanted === undefined) return null
  const field = `${prefix}endpoint`
  const all = [...call.engine.endpoints.values()]
  const others = all.filter((one) => isMeant(wanted, one.id) && one.faults)
  const names = surface === 'callback' ? callback_events : idsOf(all, surface)
  if (names.some((name) => isMeant(wanted, name))) return wanted
  const other = others[0]?.faults?.surface
  if (other)
    return refuse(field, `${wanted} is of ${other} and not of ${surface}`, `give surface: ${other}`)
  const fix = names.length > 0 ? useOneOf(wanted, names) : 'leave it out'
  return unknownName(call, { field, reason: `${surface} has no endpoint ${wanted}`, fix })
}

/** What a callback tells, for faults that mean only one of them. */
export const callback_events = ['message.delivered', 'message.failed']

function idsOf(
  all: readonly { readonly id: string; readonly faults?: { readonly surface: string } }[],
  surface: FaultSurface,
) {
  return all.filter(({ faults }) => faults?.surface === surface).map(({ id }) => id)
}

function readAccount(
  { call, prefix }: Reading,
  wanted: string | undefined,
): FaultPlan['account'] | Refusal {
  if (wanted === undefined) return null
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
