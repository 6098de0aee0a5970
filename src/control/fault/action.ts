import type { FaultAction, FaultSurface } from '../../core/fault.ts'
import { problem } from '../../core/problem.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { vendorOf } from '../../sink/errors.ts'
import { tupuErrors } from '../../tupu/errors.ts'
import { findWechatEntry } from '../../tupu/gateway/local.ts'
import type { FaultInput, Turn } from './body.ts'

/** What a fault can do, of which it says one. */
const effects = ['errcode', 'answer', 'transport', 'delivery', 'sequence'] as const

/** The same of one turn of a sequence. */
const turn_effects = ['errcode', 'answer', 'transport', 'delivery', 'pass']

/** What a fault does each time, in turn, to calls of a surface; `prefix`: under which name its fields were sent. */
export function readActions(
  prefix: string,
  input: FaultInput,
  surface: FaultSurface,
): readonly FaultAction[] | Refusal {
  const { sequence, delay, stage } = input
  const no = refuseEffects(prefix, input) ?? refuseSequence(prefix, input)
  if (no) return no
  if (!sequence) {
    const action = readAction(prefix, input, surface)
    return isRefusal(action) ? action : [action]
  }
  const actions: FaultAction[] = []
  for (const [n, own] of sequence.entries()) {
    const at = `${prefix}sequence.${n}.`
    // What is said of the whole sequence holds for each turn that says nothing else.
    const turn = { ...own, delay: own.delay ?? delay, stage: own.stage ?? stage }
    const action = refuseTurn(at, turn) ?? readAction(at, turn, surface)
    if (isRefusal(action)) return action
    actions.push(action)
  }
  return actions
}

function refuseEffects(
  prefix: string,
  input: Turn | FaultInput,
  names: readonly string[] = effects,
): Refusal | undefined {
  const given = effects.filter((name) => name in input && Object(input)[name] !== undefined)
  if (given.length === 1 || (given.length === 0 && input.delay !== undefined)) return undefined
  const wanted = `exactly one of ${names.join(', ')}, or delay alone`
  if (given.length > 1) {
    const reason = `${given.slice(0, -1).join(', ')} and ${given.at(-1)} are given together`
    return refuse(`${prefix}${given[1]}`, reason, `give ${wanted}`)
  }
  return refuse(`${prefix}errcode`, 'it says nothing that should happen', `give ${wanted}`)
}

function refuseSequence(prefix: string, input: FaultInput): Refusal | undefined {
  if (!input.sequence || input.times === undefined) return undefined
  const reason = 'a sequence is spent when each of its turns was taken'
  return refuse(`${prefix}times`, reason, 'leave it out')
}

function refuseTurn(prefix: string, turn: Turn): Refusal | undefined {
  if (!turn.pass) return refuseEffects(prefix, turn, turn_effects)
  const other = effects.find((name) => Object(turn)[name] !== undefined)
  if (other === undefined) return undefined
  return refuse(`${prefix}pass`, `${other} is given, too`, 'give one of the two')
}

function readAction(
  prefix: string,
  turn: Turn | FaultInput,
  surface: FaultSurface,
): FaultAction | Refusal {
  const { errcode, errmsg = null, answer, transport, delivery } = turn
  const how = { delay_ms: turn.delay ?? 0, stage: turn.stage ?? 'before' } as const
  const no = refuseCode(prefix, { errcode, errmsg }, surface)
  if (no) return no
  if (errcode !== undefined) return { kind: 'errcode', errcode, errmsg, ...how }
  if (answer) return { kind: 'answer', ...rawAnswerOf(answer), ...how }
  if (transport) return { kind: 'transport', transport, ...how }
  if (!delivery) return { kind: 'pass', ...how }
  if (surface === 'callback' || surface === 'push') return { kind: 'delivery', delivery, ...how }
  const reason = `${surface} delivers nothing`
  return refuse(`${prefix}delivery`, reason, 'give surface: callback or push')
}

/** An object goes out as JSON, and says so unless another type is given. */
function rawAnswerOf({ status = 200, headers = {}, body = '' }: NonNullable<Turn['answer']>) {
  const isText = typeof body === 'string'
  const type = isText ? 'text/plain; charset=utf-8' : 'application/json'
  const hasType = Object.keys(headers).some((name) => /^content-type$/i.test(name))
  return {
    status,
    headers: hasType ? headers : { 'Content-Type': type, ...headers },
    body: isText ? body : JSON.stringify(body),
  }
}

/** Surfaces whose answers have codes, and which of them have a text. */
const tables: { readonly [S in FaultSurface]?: (code: number) => boolean } = {
  tupu: (code) => tupuErrors.has(code) || findWechatEntry(code) !== undefined,
  wechat: (code) => findWechatEntry(code) !== undefined,
  sink: (code) => vendorOf(code) !== undefined,
}

function refuseCode(
  prefix: string,
  { errcode, errmsg }: { readonly errcode: number | undefined; readonly errmsg: string | null },
  surface: FaultSurface,
): Refusal | undefined {
  if (errcode === undefined) {
    if (errmsg === null) return undefined
    return refuse(`${prefix}errmsg`, 'there is no errcode that it belongs to', 'give errcode, too')
  }
  const isKnown = tables[surface]
  if (!isKnown) {
    const reason = `the answers of ${surface} have no errcode`
    return refuse(`${prefix}errcode`, reason, 'give answer or transport, or another surface')
  }
  if (errmsg !== null || isKnown(errcode)) return undefined
  const reason = `it is missing, and ${surface} has no text for ${errcode}`
  return refuse(`${prefix}errmsg`, reason, 'give errmsg, or a code that /docs lists')
}

function refuse(field: string, reason: string, fix: string): Refusal {
  return problem('invalid_field', { field, reason, fix })
}
