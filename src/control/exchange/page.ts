import { type Exchange, listExchangesBy } from '../../../db/exchange.ts'
import { findNewestExchanges } from '../../../db/exchange-search.ts'
import { topics } from '../../../db/topic.ts'
import type { Engine } from '../../core/engine.ts'
import { type Look, waitFor } from '../../core/wait.ts'
import { nextTurn } from '../../world/clock.ts'
import { namedWorld, type Scope } from '../../world/world.ts'
import { type ExchangeInfo, exchangeResponse } from './exchange.ts'
import type { Filter } from './filter.ts'
import { type Found, searchPortion } from './search.ts'

/** So long a page is looked for: its reader looks on by the cursor, and a full journal costs a page hardly more than a small one. */
const look_ms_max = 3
/** Read at once of what is shown; a page as usual has no more. */
const shown_rows = 100
/** So long more than these are masked, what others do meanwhile not counted; what is left comes with the next page. */
const more_ms_max = 60
/** So long the first of them are: longer only where all have long bodies of the most tangled kind. */
const first_ms_max = 120

/** What a page of exchanges shows: of a body the beginning, and no more of them than together are so long. */
export interface PageBounds {
  readonly body_bytes_max: number
  readonly page_bytes_max: number
}

/** A page of the list on its way, newest first. */
export interface Paging {
  readonly world: string
  readonly epoch: number
  readonly filter: Filter
  readonly wanted: number
  readonly bounds: PageBounds
  readonly found: Found
  /** Waits until a real instant for what comes later, when there is nothing. Above `settled`: what was not there at first. */
  readonly until: number
  readonly settled: number
}

/** What a page shows; and behind which exchange the next one goes on: undefined, where there is none. */
export interface Page {
  readonly items: readonly ExchangeInfo[]
  readonly scanned: number
  readonly last: number | undefined
}

/** The first portion of a page. */
export function beginPage(
  scope: Scope,
  of: Pick<Paging, 'filter' | 'wanted' | 'bounds'> & { readonly from: number | undefined },
  wait_ms: number,
): Paging {
  const { db, world } = scope
  const { filter, wanted, bounds } = of
  const settled = wait_ms > 0 ? findNewestExchanges(db, world.epoch).settled : 0
  const found = searchPortion(scope, { ...of, order: 'newest' })
  const until = wait_ms > 0 ? world.real_now + wait_ms : 0
  const { world: name, epoch } = world
  return { world: name, epoch, filter, wanted, bounds, found, until, settled }
}

/** Finds a page and makes what it shows, both outside of the call's units. */
export async function makePage(
  paging: Paging,
  engine: Engine,
  hungUp: AbortSignal | undefined,
): Promise<Page> {
  return showPage(paging, engine, await findPage(paging, engine, hungUp))
}

/** Shows what was found, newest first; one in any case. */
async function showPage({ epoch, bounds }: Paging, engine: Engine, found: Found): Promise<Page> {
  const { body_bytes_max, page_bytes_max } = bounds
  const { scanned, reached, isLast } = found
  const seqs = [...found.seqs].sort((a, b) => b - a)
  const items: ExchangeInfo[] = []
  let bytes = 0
  let spent_ms = 0
  for (let at = 0; at < seqs.length; at += shown_rows) {
    if (at > 0) await nextTurn()
    const some = { epoch, seqs: seqs.slice(at, at + shown_rows) }
    const rows = await engine.store.unit('exchange.page', ({ db }) => listExchangesBy(db, some))
    const began = engine.realNow() - spent_ms
    for (const row of rows) {
      bytes += bytesOf(row, body_bytes_max)
      spent_ms = engine.realNow() - began
      const ms_max = items.length < shown_rows ? first_ms_max : more_ms_max
      const isFull = bytes > page_bytes_max || spent_ms > ms_max
      if (isFull && items.length > 0) return { items, scanned, last: items.at(-1)?.seq }
      items.push(exchangeResponse(row, { reveal: false, body_bytes_max }))
    }
    spent_ms = engine.realNow() - began
  }
  return { items, scanned, last: isLast ? undefined : reached }
}

function bytesOf({ bytes, request_body, response_body }: Exchange, body_bytes_max: number): number {
  const unseen = [request_body, response_body].map((body) =>
    Math.max(0, body.length - body_bytes_max),
  )
  return unseen.reduce((rest, more) => rest - more, bytes)
}

/** Looks on, a portion at a time, until the page is full, everything was seen, or it takes too long; then waits. */
async function findPage(
  paging: Paging,
  engine: Engine,
  hungUp: AbortSignal | undefined,
): Promise<Found> {
  const began = engine.realNow()
  let { found } = paging
  while (!found.isLast && found.seqs.length < paging.wanted) {
    if (engine.realNow() - began > look_ms_max && paging.until === 0) return found
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
