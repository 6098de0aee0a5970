import {
  type ExchangeFacts,
  listExchangeFacts,
  listExchangeTexts,
  listTraceFacts,
} from '../../../db/exchange-search.ts'
import type { Scope } from '../../world/world.ts'
import type { Filter } from './filter.ts'
import { fitsByFacts, fitsByTexts } from './match.ts'
import { Whose } from './whose.ts'

/** What one unit looks through: some milliseconds of it. */
const portion = { rows: 1000, bytes: 2 * 1024 * 1024 }
/** Texts read at a time. */
const texts_rows = 200

/** Where a search stands, in which direction it goes, and how many it wants. */
export interface Search {
  readonly filter: Filter
  readonly order: 'newest' | 'oldest'
  /** Newest first: below; oldest first: above. */
  readonly from: number | undefined
  readonly wanted: number
  /** Newest first: down to here, which is left out. */
  readonly above?: number
  /** Oldest first: also what something may still be committed in front of. */
  readonly isEager?: boolean
}

/** What a portion has brought. */
export interface Found {
  readonly seqs: readonly number[]
  /** How many were looked at, and the last of them. */
  readonly scanned: number
  readonly reached: number | undefined
  /** There is no more in this direction. */
  readonly isLast: boolean
}

/** Looks through one portion of the journal: its answer says where the next one begins. */
export function searchPortion(scope: Scope, search: Search): Found {
  const rows = rowsOf(scope, search)
  const whose = new Whose(scope, search.filter)
  const seqs: number[] = []
  let scanned = 0
  for (let bytes = 0; scanned < rows.length && bytes < portion.bytes; ) {
    const chunk = chunkOf(search.filter, rows.slice(scanned))
    const fitting = fittingOf(scope, search.filter, { chunk, whose })
    for (const row of chunk) {
      scanned++
      if (fitting.has(row.seq)) seqs.push(row.seq)
      if (seqs.length >= search.wanted) return { seqs, scanned, reached: row.seq, isLast: false }
    }
    bytes += bytesOf(search.filter, chunk)
  }
  const isTrace = isOneTrace(search)
  const isLast = scanned === rows.length && (isTrace || rows.length < portion.rows)
  return { seqs, scanned, reached: rows[scanned - 1]?.seq ?? search.from, isLast }
}

const isOneTrace = ({ filter, order }: Search) => order === 'newest' && filter.trace !== undefined

function rowsOf({ db, world }: Scope, search: Search): ExchangeFacts[] {
  const { epoch } = world
  const { filter, order, from, above = 0, isEager } = search
  if (order === 'newest' && filter.trace !== undefined) {
    const rows = listTraceFacts(db, epoch, filter.trace)
    return rows.filter(({ seq }) => seq < (from ?? Infinity) && seq > above)
  }
  const stretch =
    order === 'newest' ? { before: from, after: above } : { before: undefined, after: from ?? 0 }
  return listExchangeFacts(db, { epoch, ...stretch, order, isEager, limit: portion.rows })
}

/** The next rows, with no more to be read among them than is read at a time. */
function chunkOf(filter: Filter, rows: readonly ExchangeFacts[]): readonly ExchangeFacts[] {
  const read = { rows: 0, bytes: 0 }
  const end = rows.findIndex((row) => {
    if (!isRead(filter, row)) return false
    read.rows++
    read.bytes += row.bytes
    return read.rows > 1 && (read.rows > texts_rows || read.bytes > portion.bytes)
  })
  return end < 0 ? rows : rows.slice(0, end)
}

const isRead = (filter: Filter, row: ExchangeFacts) => fitsByFacts(filter, row) === undefined

function bytesOf(filter: Filter, rows: readonly ExchangeFacts[]): number {
  return rows.reduce((sum, row) => sum + (isRead(filter, row) ? row.bytes : 0), 0)
}

/** Which of some exchanges fit. */
export function fittingAmong(
  scope: Scope,
  filter: Filter,
  rows: readonly ExchangeFacts[],
): ReadonlySet<number> {
  return fittingOf(scope, filter, { chunk: rows, whose: new Whose(scope, filter) })
}

function fittingOf(
  { db, world }: Scope,
  filter: Filter,
  { chunk, whose }: { readonly chunk: readonly ExchangeFacts[]; readonly whose: Whose },
): ReadonlySet<number> {
  const unread = chunk.filter((row) => isRead(filter, row))
  const seqs = unread.map(({ seq }) => seq)
  const texts = listExchangeTexts(db, { epoch: world.epoch, seqs })
  whose.learn(unread, texts)
  const fits = (facts: ExchangeFacts) => {
    const byFacts = fitsByFacts(filter, facts)
    const own = texts.get(facts.seq)
    return byFacts ?? (own !== undefined && fitsByTexts(filter, { facts, texts: own, whose }))
  }
  return new Set(chunk.filter(fits).map(({ seq }) => seq))
}
