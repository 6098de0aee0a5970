import { findNewestExchanges } from '../../../db/exchange-search.ts'
import { topics } from '../../../db/topic.ts'
import type { Engine } from '../../core/engine.ts'
import { type Look, waitFor } from '../../core/wait.ts'
import { nextTurn } from '../../world/clock.ts'
import { namedWorld, type Scope } from '../../world/world.ts'
import type { Filter } from './filter.ts'
import { type Found, searchPortion } from './search.ts'

/** So long a page is looked for; what it shows takes some time as well. */
const page_ms_max = 60

/** A page of the list on its way, newest first. */
export interface Paging {
  readonly world: string
  readonly epoch: number
  readonly filter: Filter
  readonly wanted: number
  readonly found: Found
  /** Waits until a real instant for what comes later, when there is nothing. Above `settled`: what was not there at first. */
  readonly until: number
  readonly settled: number
}

/** The first portion of a page. */
export function beginPage(
  scope: Scope,
  of: { readonly filter: Filter; readonly from: number | undefined; readonly wanted: number },
  wait_ms: number,
): Paging {
  const { db, world } = scope
  const settled = wait_ms > 0 ? findNewestExchanges(db, world.epoch).settled : 0
  const found = searchPortion(scope, { ...of, order: 'newest' })
  const { filter, wanted } = of
  const until = wait_ms > 0 ? world.real_now + wait_ms : 0
  return { world: world.world, epoch: world.epoch, filter, wanted, found, until, settled }
}

/** Whether a page can be answered as it is. */
export function isWhole({ found, wanted, until }: Paging): boolean {
  if (found.seqs.length >= wanted) return true
  return found.isLast && (found.seqs.length > 0 || until === 0)
}

/** Looks on, a portion at a time, until the page is full, everything was seen, or it takes too long; then waits. */
export async function findPage(
  paging: Paging,
  engine: Engine,
  hungUp: AbortSignal | undefined,
): Promise<Found> {
  const began = engine.realNow()
  let { found } = paging
  while (!found.isLast && found.seqs.length < paging.wanted) {
    if (engine.realNow() - began > page_ms_max && paging.until === 0) return found
    await nextTurn()
    if (engine.closing.aborted || hungUp?.aborted) return found
    found = add(found, await findMore(paging, engine, found))
  }
  if (found.seqs.length > 0 || paging.until === 0) return found
  return waitForExchange(paging, engine, hungUp)
}

function add(before: Found, next: Found): Found {
  const { reached, isLast } = next
  const seqs = [...before.seqs, ...next.seqs]
  return { seqs, scanned: before.scanned + next.scanned, reached, isLast }
}

const nothing_left = { seqs: [], scanned: 0, reached: undefined, isLast: true }

function findMore(paging: Paging, engine: Engine, { seqs, reached }: Found): Promise<Found> {
  const { filter, wanted } = paging
  const real = engine.realNow()
  return engine.store.unit('exchange.search', ({ db }) => {
    const world = namedWorld(db, paging.world, real)
    if (world?.epoch !== paging.epoch) return nothing_left
    const search = { filter, order: 'newest', from: reached, wanted: wanted - seqs.length } as const
    return searchPortion({ db, world }, search)
  })
}

/** Waits for the first exchanges that fit, among those above what was settled when it began. */
async function waitForExchange(
  paging: Paging,
  engine: Engine,
  hungUp: AbortSignal | undefined,
): Promise<Found> {
  const { found: before, settled: base } = paging
  const waiting = { ...paging, label: 'exchange.wait', topics: [topics.exchanges], hungUp }
  const from = { base, from: base, settled: undefined, scanned: before.scanned }
  const { found, query } = await waitFor<Later, Found>(engine, waiting, {
    query: from,
    look: (scope, query) => lookForLater(scope, paging, query),
  })
  return { ...(found ?? before), scanned: query.scanned, isLast: true }
}

/** All below `base` is known; where the present look stands; and what was settled when it began. */
interface Later {
  readonly base: number
  readonly from: number
  readonly settled: number | undefined
  readonly scanned: number
}

function lookForLater(scope: Scope, { filter, wanted }: Paging, at: Later): Look<Later, Found> {
  const { from, base } = at
  const settled = at.settled ?? findNewestExchanges(scope.db, scope.world.epoch).settled
  const found = searchPortion(scope, { filter, order: 'oldest', isEager: true, from, wanted })
  const { seqs, reached = from, isLast } = found
  const scanned = at.scanned + found.scanned
  if (seqs.length > 0) return { found, query: { ...at, scanned }, isLast }
  if (!isLast) return { query: { base, from: reached, settled, scanned }, isLast }
  const known = Math.max(base, Math.min(settled, reached))
  return { query: { base: known, from: known, settled: undefined, scanned }, isLast }
}
