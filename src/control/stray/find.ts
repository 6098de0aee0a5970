import { type Exchange, findExchange, listExchangesBy } from '../../../db/exchange.ts'
import { type ExchangeEnd, listExchangeEnds } from '../../../db/stray-exchange.ts'
import { decidingStep, ruleOf } from '../../core/deciding.ts'
import type { Step } from '../../world/step.ts'
import { namedWorld, type Scope, unattributed, type World } from '../../world/world.ts'

/** So many exchanges are looked through, and of so many that went astray all is read. */
const walked_max = 2000
export const strays_max = 20

/** A call that nobody claimed, and in which world it is kept. */
export interface Stray {
  readonly exchange: Exchange
  readonly of: World
}

/**
 * Calls that came to no endpoint, or named no account that exists, in this world and in nobody's since it was made; of each
 * world the newest first.
 */
export function findStrays(scope: Scope): Stray[] {
  return findCalls(scope, isUnclaimed)
}

/** The same, and sends that left no message by which anybody finds them: they prove nothing, or their mobile is none. */
export function findAstray(scope: Scope): Stray[] {
  return findCalls(scope, isAstray)
}

function findCalls(scope: Scope, isWanted: (call: Exchange) => boolean): Stray[] {
  const { world } = scope
  const nobodys = nobodysOf(scope)
  return [world, ...(nobodys ? [nobodys] : [])].flatMap((of) =>
    listCalls(scope, of, isWanted).map((exchange) => ({ exchange, of })),
  )
}

/** One that no world has claimed, since this one was made. */
export function findNobodys(scope: Scope, seq: number): Exchange | undefined {
  const nobodys = nobodysOf(scope)
  const found = nobodys && findExchange(scope.db, nobodys.epoch, seq)
  return found && found.real_at >= scope.world.created_at ? found : undefined
}

function nobodysOf({ db, world }: Scope): World | undefined {
  return world.world === unattributed ? undefined : namedWorld(db, unattributed, world.real_now)
}

/** What is wanted is told by its decision alone: many others may stand before it. */
function listCalls(
  { db, world }: Scope,
  { epoch }: World,
  isWanted: (call: Exchange) => boolean,
): Exchange[] {
  const ends = listExchangeEnds(db, { epoch, before: undefined, limit: walked_max })
  const seqs = ends.filter(isSuspect).map(({ seq }) => seq)
  const found: Exchange[] = []
  for (let at = 0; at < seqs.length && found.length < strays_max; at += strays_max) {
    const calls = listExchangesBy(db, { epoch, seqs: seqs.slice(at, at + strays_max) })
    found.push(...calls.filter((call) => call.real_at >= world.created_at && isWanted(call)))
  }
  return found.slice(0, strays_max)
}

const open_surfaces = ['none', 'tupu', 'wechat']

/** Whether a call may have gone astray, by what many calls share: they say less than its own steps. */
function isSuspect({ surface, endpoint, steps }: ExchangeEnd): boolean {
  if (endpoint === '') return open_surfaces.includes(surface)
  return endpoint === 'message.send' && !steps?.includes('mobile.valid')
}

/** By which rules a call is refused before it is known whose it is. */
const nobodys_rules = new Set([
  'eid.known',
  'credential.of_this_world',
  'body.encoding',
  'body.json',
  'body.size',
  'request.body_too_large',
])

/** What a fault has answered may well have been somebody's, and of what was erased nobody knows. */
const silent_rules = new Set(['fault.applied', 'association.erased'])

function isUnclaimed(call: Exchange): boolean {
  const rule = ruleOfCall(call)
  return call.endpoint === '' ? !silent_rules.has(rule) : nobodys_rules.has(rule)
}

function isAstray(call: Exchange): boolean {
  const rule = ruleOfCall(call)
  if (rule === 'association.erased') return false
  const { endpoint, decision } = call
  return endpoint === '' || !decision.includes('eid.known') || rule === 'mobile.valid'
}

function ruleOfCall({ decision }: Exchange): string {
  return ruleOf(decidingStep(decision as readonly Step[]))
}
