import { sql } from 'kysely'
import { insertRow } from './hot.ts'
import { columnsOf, type ExchangeRow, type NewExchange } from './schema.ts'
import type { Db } from './unit.ts'

const nothing = Buffer.alloc(0)

const insertOne = insertRow('exchange')

export function insertExchange(db: Db, row: NewExchange): void {
  insertOne(db, row)
}

/** On PostgreSQL there is one more, of which nobody is told. */
const columns = columnsOf('exchange')

/**
 * On PostgreSQL a transaction may commit after a later one, with an earlier seq. A reader that goes forward gets only
 * what lies below the oldest transaction that still runs, so that its cursor never steps over one.
 */
function settled(db: Db) {
  return db.dialect === 'sqlite'
    ? sql<boolean>`1 = 1`
    : sql<boolean>`txid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint`
}

/** Which exchange, of what: everything that is short. */
export type ExchangeKey = Pick<ExchangeRow, 'seq' | 'epoch' | 'trace' | 'surface'>
const key_columns = ['seq', 'epoch', 'trace', 'surface'] as const

/** Exchanges of an epoch below `before` and, for a reader that goes forward, above `after`; newest first. */
export function listExchanges(
  db: Db,
  at: { epoch: number; before: number | undefined; after: number; limit: number },
): ExchangeKey[] {
  let query = db.selectFrom('exchange').select(key_columns).where('epoch', '=', at.epoch)
  if (at.after > 0) query = query.where('seq', '>', at.after).where(settled(db))
  if (at.before !== undefined) query = query.where('seq', '<', at.before)
  return db.all(query.orderBy('seq', 'desc').limit(at.limit))
}

/** All exchanges of one trace, newest first. */
export function listTrace(db: Db, epoch: number, trace: string): ExchangeKey[] {
  // Asked for the epoch as well, SQLite would walk the whole of it, because of the order.
  const rows = db.all(
    db
      .selectFrom('exchange')
      .select(key_columns)
      .where('trace', '=', trace)
      .orderBy('seq', 'desc')
      .limit(1000),
  )
  return rows.filter((row) => row.epoch === epoch)
}

/** An exchange with the beginnings of its bodies, and how long they are. */
export type ExchangeHead = ExchangeRow & {
  readonly request_body_bytes: number
  readonly response_body_bytes: number
}

/** Exchanges by their numbers, newest first; of each body no more than so many bytes. */
export function listExchangeHeads(
  db: Db,
  at: { epoch: number; seqs: readonly number[]; body_bytes_max: number },
): ExchangeHead[] {
  if (at.seqs.length === 0) return []
  const start = (column: 'request_body' | 'response_body') =>
    sql<Buffer | null>`substr(${sql.ref(column)}, 1, ${sql.lit(at.body_bytes_max)})`.as(column)
  const rows = db.all(
    db
      .selectFrom('exchange')
      .select(columns.filter((name) => name !== 'request_body' && name !== 'response_body'))
      .select([
        start('request_body'),
        start('response_body'),
        sql<number>`octet_length(request_body)`.as('request_body_bytes'),
        sql<number>`octet_length(response_body)`.as('response_body_bytes'),
      ])
      .where('seq', 'in', at.seqs)
      .orderBy('seq', 'desc'),
  )
  return rows
    .filter((row) => row.epoch === at.epoch)
    .map((row) => ({
      ...row,
      // The beginning of nothing is null on SQLite.
      request_body: row.request_body ?? nothing,
      response_body: row.response_body ?? nothing,
    })) as ExchangeHead[]
}

/** The call that came in under a trace of which only the beginning is known. */
export function findExchangeOfTrace(
  db: Db,
  epoch: number,
  trace_start: string,
): ExchangeRow | undefined {
  return db.first(
    db
      .selectFrom('exchange')
      .select(columns)
      .where('trace', '>=', trace_start)
      // Behind every trace that begins so: they are hexadecimal.
      .where('trace', '<', `${trace_start}g`)
      .where('epoch', '=', epoch)
      .where('direction', '=', 'in')
      .orderBy('seq')
      .limit(1),
  )
}

export function findExchange(db: Db, epoch: number, seq: number): ExchangeRow | undefined {
  return db.first(
    db.selectFrom('exchange').select(columns).where('epoch', '=', epoch).where('seq', '=', seq),
  )
}

/** Sizes and traces of an epoch's oldest exchanges. */
export function listExchangeSizes(
  db: Db,
  at: { epoch: number; limit: number },
): Pick<ExchangeRow, 'seq' | 'trace' | 'bytes'>[] {
  return db.all(
    db
      .selectFrom('exchange')
      .select(['seq', 'trace', 'bytes'])
      .where('epoch', '=', at.epoch)
      .orderBy('seq')
      .limit(at.limit),
  )
}

/** How many of an epoch's exchanges come next after a seq, their bytes together, and the last of them. */
export function sumExchanges(
  db: Db,
  at: { epoch: number; after: number; limit: number },
): { exchanges: number; bytes: number; last: number | null } {
  const next = db
    .selectFrom('exchange')
    .select(['seq', 'bytes'])
    .where('epoch', '=', at.epoch)
    .where('seq', '>', at.after)
    .orderBy('seq')
    .limit(at.limit)
    .as('next')
  const { exchanges, bytes, last } = db.one(
    db
      .selectFrom(next)
      .select(({ fn }) => [
        fn.countAll<number>().as('exchanges'),
        fn.sum<number | null>('bytes').as('bytes'),
        fn.max<number | null>('seq').as('last'),
      ]),
  )
  return { exchanges: Number(exchanges), bytes: Number(bytes ?? 0), last }
}

/** Deletes an epoch's exchanges up to a seq; says how many were still there. */
export function deleteExchanges(db: Db, epoch: number, up_to: number): number {
  return db.change(db.deleteFrom('exchange').where('epoch', '=', epoch).where('seq', '<=', up_to))
}

/** Takes out of all exchanges of some traces what was said in them; what remains is that they were, and how they ended. */
export function blankExchanges(
  db: Db,
  { epoch, traces, decision }: { epoch: number; traces: readonly string[]; decision: string },
): void {
  if (traces.length === 0) return
  // Asked for the epoch as well, SQLite would walk the whole of it.
  const found = db.all(
    db.selectFrom('exchange').select(['seq', 'epoch', 'url']).where('trace', 'in', traces),
  )
  const rows = found.filter((row) => row.epoch === epoch)
  if (rows.length === 0) return
  const seqs = rows.map(({ seq }) => seq)
  const blank = {
    request_headers: '{}',
    request_body: nothing,
    response_headers: '{}',
    response_body: nothing,
    decision,
  }
  db.write(db.updateTable('exchange').set(blank).where('seq', 'in', seqs))
  for (const { seq, url } of rows) {
    const [path = ''] = url.split(/[?#]/, 1)
    if (path !== url) db.write(db.updateTable('exchange').set({ url: path }).where('seq', '=', seq))
  }
}
