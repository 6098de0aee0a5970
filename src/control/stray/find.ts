import { type Exchange, findExchange, listExchangesBy } from '../../../db/exchange.ts'
import { type ExchangeEnd, listExchangeEnds } from '../../../db/stray-exchange.ts'
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
 * Calls that came to no endpoint, with no EID that is known or with no mobile, in this world and in nobody's since it was made;
 * of each world the newest first.
 */
export function findStrays(scope: Scope): Stray[] {
  const { db, world } = scope
  const nobodys = nobodysOf(scope)
  return [world, ...(nobodys ? [nobodys] : [])].flatMap((of) => {
    const seqs = listStraySeqs(scope, of)
    return listExchangesBy(db, { epoch: of.epoch, seqs })
      .filter((exchange) => exchange.real_at >= world.created_at && isStrayCall(exchange))
      .map((exchange) => ({ exchange, of }))
  })
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

function listStraySeqs({ db }: Scope, { epoch }: World): number[] {
  const ends = listExchangeEnds(db, { epoch, before: undefined, limit: walked_max })
  return ends
    .filter(isStray)
    .slice(0, strays_max)
    .map(({ seq }) => seq)
}

const open_surfaces = ['none', 'tupu', 'wechat']

function isStray({ surface, endpoint, steps }: ExchangeEnd): boolean {
  if (endpoint === '') return open_surfaces.includes(surface)
  if (endpoint !== 'message.send') return false
  return !steps?.includes('eid.known') || isBeforeMobile(steps)
}

/** Steps that many calls share say less than those of one. */
function isStrayCall({ endpoint, decision }: Exchange): boolean {
  return endpoint === '' || !decision.includes('eid.known') || isBeforeMobile(decision)
}

/** A send whose mobile is none leaves a message that nobody finds by it. */
function isBeforeMobile(steps: readonly unknown[]): boolean {
  return steps.includes('account.live') && !steps.includes('mobile.valid')
}
