import { sql } from 'kysely'
import { insertRow } from './hot.ts'
import { columnsOf, type ExchangeRow, type NewExchange } from './schema.ts'
import type { Db } from './unit.ts'

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

/**
 * Exchanges of an epoch above `after` and below `before`. Two values at once name their index: told that the epoch is one and
 * the same, PostgreSQL goes along the seq through the exchanges of all others.
 */
function between(epoch: number, { after, before }: { after: number; before?: number | undefined }) {
  const end = before === undefined ? [epoch + 1, 0] : [epoch, before]
  return sql<boolean>`(epoch, seq) > (${epoch}, ${after}) and (epoch, seq) < (${sql.join(end)})`
}

/** Exchanges of an epoch below `before` and, for a reader that goes forward, above `after`; newest first. */
export function listExchanges(
  db: Db,
  at: { epoch: number; before: number | undefined; after: number; limit: number },
): ExchangeRow[] {
  let query = db.selectFrom('exchange').select(columns).where(between(at.epoch, at))
  if (at.after > 0) query = query.where(settled(db))
  return db.all(query.orderBy('epoch', 'desc').orderBy('seq', 'desc').limit(at.limit))
}

/** All exchanges of one trace, newest first. */
export function listTrace(db: Db, epoch: number, trace: string): ExchangeRow[] {
  // Asked for the epoch as well, SQLite would walk the whole of it, because of the order.
  const rows = db.all(
    db
      .selectFrom('exchange')
      .select(columns)
      .where('trace', '=', trace)
      .orderBy('seq', 'desc')
      .limit(1000),
  )
  return rows.filter((row) => row.epoch === epoch)
}

/** The call that came in under a trace of which only the beginning is known. */
export function findExchangeOfTrace(
  db: Db,
  epoch: number,
  trace_start: string,
): ExchangeRow | undefined {
  // Few have such a trace. Asked for the first of them, or for the epoch as well, both databases would walk them all.
  const rows = db.all(
    db
      .selectFrom('exchange')
      .select(columns)
      .where('trace', '>=', trace_start)
      // Behind every trace that begins so: they are hexadecimal.
      .where('trace', '<', `${trace_start}g`)
      .limit(1000),
  )
  return rows
    .filter((row) => row.epoch === epoch && row.direction === 'in')
    .sort((a, b) => a.seq - b.seq)[0]
}

export function findExchange(db: Db, epoch: number, seq: number): ExchangeRow | undefined {
  return db.first(
    db.selectFrom('exchange').select(columns).where('epoch', '=', epoch).where('seq', '=', seq),
  )
}

/** Sizes and traces of an epoch's exchanges from a seq on, oldest first. */
export function listExchangeSizes(
  db: Db,
  at: { epoch: number; after: number; limit: number },
): Pick<ExchangeRow, 'seq' | 'trace' | 'bytes'>[] {
  return db.all(
    db
      .selectFrom('exchange')
      .select(['seq', 'trace', 'bytes'])
      .where(between(at.epoch, at))
      .orderBy('epoch')
      .orderBy('seq')
      .limit(at.limit),
  )
}

/** Deletes an epoch's exchanges up to a seq; says how many were still there. */
export function deleteExchanges(db: Db, epoch: number, up_to: number): number {
  const some = between(epoch, { after: 0, before: up_to + 1 })
  return db.change(db.deleteFrom('exchange').where(some))
}

const nothing = Buffer.alloc(0)

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
