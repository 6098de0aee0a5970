import { listExchangeKeys, listExchangesBy } from '../../../db/exchange.ts'
import { topics } from '../../../db/topic.ts'
import type { Db } from '../../../db/unit.ts'
import {
  type ExchangeFilters,
  exchangeFacts,
  exchangeFilters,
  listedExchange,
  walkExchanges,
} from '../exchange.ts'
import { candidates_max, condition, nearestOf } from './condition.ts'

/** Exchanges that are looked for, from the newest down to what was seen before. */
interface ExchangeSearch {
  readonly epoch: number
  readonly filters: ExchangeFilters
  readonly above: number
  /** Where a walk stands that is not over, and what will have been seen when it is. */
  readonly walk?: { readonly before: number; readonly top: number }
}

/** A call with its answer, which came in or went out. */
export const exchangeCondition = condition({
  filters: exchangeFilters,
  begin: ({ world }, filters): ExchangeSearch => ({ epoch: world.epoch, filters, above: 0 }),
  topics: () => [topics.exchanges],
  look({ db }, search: ExchangeSearch) {
    const { epoch, filters, above, walk } = search
    const top = walk?.top ?? newestSettled(db, epoch)
    const from = { ...filters, epoch, before: walk?.before, above }
    const { keys, next } = walkExchanges(db, from, 1)
    if (next === undefined)
      return { found: keys[0]?.seq, query: { epoch, filters, above: top }, isLast: true }
    const query = { ...search, walk: { before: next, top } }
    return { found: keys[0]?.seq, query, isLast: false }
  },
  show({ db, world }, seq: number) {
    const [row] = listExchangesBy(db, { epoch: world.epoch, seqs: [seq] })
    return row && listedExchange(row)
  },
  nearest: ({ db }, { epoch, filters }) => nearestExchanges(db, epoch, filters).map(listedExchange),
})

/** Up to here a reader that goes forward has missed nothing: on PostgreSQL an earlier one may be committed later. */
function newestSettled(db: Db, epoch: number): number {
  const [newest] = listExchangeKeys(db, { epoch, before: undefined, after: 1, limit: 1 })
  return newest?.seq ?? 0
}

/** Of the newest exchanges, those to which most filters fit. */
export function nearestExchanges(db: Db, epoch: number, filters: ExchangeFilters) {
  const newest = { epoch, before: undefined, after: 0, limit: candidates_max }
  const nearest = nearestOf(listExchangeKeys(db, newest), (row) =>
    givenFilters(filters).map((name) => exchangeFacts[name](row) === filters[name]),
  )
  const seqs = nearest.map(({ seq }) => seq)
  const rows = new Map(listExchangesBy(db, { epoch, seqs }).map((row) => [row.seq, row]))
  return seqs.flatMap((seq) => rows.get(seq) ?? [])
}

/** The names of the filters that say something. */
export function givenFilters(filters: ExchangeFilters): (keyof ExchangeFilters)[] {
  const names = Object.keys(exchangeFacts) as (keyof ExchangeFilters)[]
  return names.filter((name) => filters[name] !== undefined)
}
