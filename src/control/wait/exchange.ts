import { listExchangesBy } from '../../../db/exchange.ts'
import { findNewestExchanges, listExchangeFacts } from '../../../db/exchange-search.ts'
import { topics } from '../../../db/topic.ts'
import { isRefusal } from '../../core/refusal.ts'
import type { Scope } from '../../world/world.ts'
import { listedExchange } from '../exchange/exchange.ts'
import { exchangeFilters, type Filter, readFilter } from '../exchange/filter.ts'
import { fittingAmong, searchPortion } from '../exchange/search.ts'
import { candidates_max, condition, nearestOf } from './condition.ts'

/** Exchanges that are looked for, from the newest down to what was seen before. */
interface ExchangeSearch {
  readonly filter: Filter
  readonly above: number
  /** Where a walk stands that is not over, and what will have been seen when it is. */
  readonly walk?: { readonly before: number | undefined; readonly top: number }
}

/** A call with its answer, which came in or went out. */
export const exchangeCondition = condition({
  filters: exchangeFilters,
  begin(call, filters, field) {
    const filter = readFilter(call, filters, field)
    return isRefusal(filter) ? filter : { filter, above: 0 }
  },
  topics: () => [topics.exchanges],
  look(scope, search: ExchangeSearch) {
    const { filter, above, walk } = search
    // Up to here nothing is missed later: on PostgreSQL an earlier one may be committed after one that was seen.
    const top = walk?.top ?? findNewestExchanges(scope.db, scope.world.epoch).settled
    const from = { filter, order: 'newest', from: walk?.before, above, wanted: 1 } as const
    const { seqs, reached, isLast } = searchPortion(scope, from)
    if (isLast) return { found: seqs[0], query: { filter, above: top }, isLast }
    return { found: seqs[0], query: { ...search, walk: { before: reached, top } }, isLast }
  },
  show({ db, world }, seq: number) {
    const [row] = listExchangesBy(db, { epoch: world.epoch, seqs: [seq] })
    return row && listedExchange(row)
  },
  nearest: (call, { filter }) =>
    nearestExchanges(call, filter).map(({ row }) => listedExchange(row)),
})

/** Of the newest exchanges, those to which most filters fit; and which filters do not. */
export function nearestExchanges(scope: Scope, filter: Filter) {
  const { db, world } = scope
  const { epoch } = world
  const newest = { epoch, before: undefined, after: 0, limit: candidates_max }
  const rows = listExchangeFacts(db, { ...newest, order: 'newest' })
  const fitting = givenFilters(filter).map((name) => {
    const alone = { account: undefined, person: undefined, [name]: filter[name] }
    return { name, seqs: fittingAmong(scope, alone, rows) }
  })
  const nearest = nearestOf(rows, ({ seq }) => fitting.map(({ seqs }) => seqs.has(seq)))
  const seqs = nearest.map(({ seq }) => seq)
  const whole = new Map(listExchangesBy(db, { epoch, seqs }).map((row) => [row.seq, row]))
  return seqs.flatMap((seq) => {
    const row = whole.get(seq)
    const others = fitting.filter((one) => !one.seqs.has(seq)).map(({ name }) => name)
    return row ? [{ row, others }] : []
  })
}

/** The names of the filters that say something. */
function givenFilters(filter: Filter): (keyof Filter)[] {
  const names = Object.keys(exchangeFilters) as (keyof Filter)[]
  return names.filter((name) => filter[name] !== undefined)
}
