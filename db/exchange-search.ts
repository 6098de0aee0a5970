import { between, inOrder, ofEpoch, settled } from './exchange.ts'
import { findHeads, type HeadRow } from './exchange-head.ts'
import { lengthen } from './exchange-text.ts'
import type { Row } from './schema.ts'
import type { Db } from './unit.ts'

type ExchangeRow = Row<'exchange'>

/** What can be known of an exchange without reading its texts. */
export interface ExchangeFacts
  extends Pick<ExchangeRow, 'seq' | 'trace' | 'status' | 'at' | 'real_at' | 'bytes'>,
    Pick<HeadRow, 'direction' | 'surface' | 'endpoint'> {
  /** The plain rules of its decision, null for each step that stands among its texts; null: they all do. */
  readonly steps: readonly (string | null)[] | null
}

const fact_columns = ['seq', 'epoch', 'trace', 'head', 'status', 'at', 'real_at', 'bytes'] as const

/** Where a search stands: above `after`, below `before`. */
export interface Stretch {
  readonly epoch: number
  readonly before: number | undefined
  readonly after: number
  /** A reader that goes forward, oldest first, gets only what nothing can be committed in front of any more, unless it is eager. */
  readonly order: 'newest' | 'oldest'
  readonly isEager?: boolean | undefined
  readonly limit: number
}

export function listExchangeFacts(db: Db, at: Stretch): ExchangeFacts[] {
  let query = db.selectFrom('exchange').select(fact_columns).where(between(db, at))
  if (at.order === 'oldest' && !at.isEager) query = query.where(settled(db))
  const direction = at.order === 'oldest' ? 'asc' : 'desc'
  return factsOf(db, at.epoch, db.all(query.orderBy(inOrder(db, direction)).limit(at.limit)))
}

const trace_rows_max = 1000

/** The same of one trace, newest first. */
export function listTraceFacts(db: Db, epoch: number, trace: string): ExchangeFacts[] {
  // Asked for the epoch as well, SQLite would walk the whole of it, because of the order.
  const query = db.selectFrom('exchange').select(fact_columns).where('trace', '=', trace)
  const rows = db.all(query.orderBy('seq', 'desc').limit(trace_rows_max))
  return factsOf(db, epoch, ofEpoch(rows, epoch))
}

/** The same of some traces, in no order. */
export function listFactsOfTraces(
  db: Db,
  epoch: number,
  traces: readonly string[],
): ExchangeFacts[] {
  if (traces.length === 0) return []
  const query = db.selectFrom('exchange').select(fact_columns).where('trace', 'in', traces)
  return factsOf(db, epoch, ofEpoch(db.all(query.limit(trace_rows_max)), epoch))
}

type FactRow = Pick<ExchangeRow, (typeof fact_columns)[number]>

function factsOf(db: Db, epoch: number, rows: readonly FactRow[]): ExchangeFacts[] {
  const names = new Set(rows.map(({ head }) => head))
  const heads = new Map<string, Omit<ExchangeFacts, keyof FactRow>>()
  for (const [name, { direction, surface, endpoint, steps }] of findHeads(db, epoch, [...names])) {
    const rules = steps === null ? null : (JSON.parse(steps) as (string | null)[])
    heads.set(name, { direction, surface, endpoint, steps: rules })
  }
  return rows.flatMap(({ epoch: _, head, ...own }) => {
    const shared = heads.get(head)
    return shared ? [{ ...own, ...shared }] : []
  })
}

/** The texts of an exchange in which something may be looked for. */
export interface ExchangeTexts extends Pick<ExchangeRow, 'seq' | 'request_body' | 'response_body'> {
  readonly url: string
  /** JSON list of its steps but for plain rules, which many share; empty: there are none. */
  readonly decision: string
}

const text_columns = [
  'seq',
  'epoch',
  'head',
  'url',
  'request_body',
  'response_body',
  'decision',
] as const

/** Texts of exchanges by their numbers. */
export function listExchangeTexts(
  db: Db,
  { epoch, seqs }: { epoch: number; seqs: readonly number[] },
): ReadonlyMap<number, ExchangeTexts> {
  if (seqs.length === 0) return new Map()
  const query = db.selectFrom('exchange').select(text_columns).where('seq', 'in', seqs)
  const rows = db.all(query).filter((row) => row.epoch === epoch)
  const heads = findHeads(
    db,
    epoch,
    rows.flatMap(({ head, url }) => (url === null ? [head] : [])),
  )
  return new Map(
    rows.map(({ seq, head, url, request_body, response_body, decision }) => {
      const texts = {
        seq,
        url: url ?? heads.get(head)?.url ?? '',
        request_body,
        response_body,
        decision: lengthen(decision, request_body),
      }
      return [seq, texts]
    }),
  )
}

/** The newest exchange of an epoch, and the newest behind which nothing can be committed any more. */
export function findNewestExchanges(db: Db, epoch: number): { newest: number; settled: number } {
  const newest = newestOf(db, epoch, 'newest')
  return { newest, settled: db.dialect === 'sqlite' ? newest : newestOf(db, epoch, 'oldest') }
}

function newestOf(db: Db, epoch: number, order: Stretch['order']): number {
  let query = db
    .selectFrom('exchange')
    .select('seq')
    .where(between(db, { epoch, after: 0 }))
  if (order === 'oldest') query = query.where(settled(db))
  return db.first(query.orderBy(inOrder(db, 'desc')).limit(1))?.seq ?? 0
}
