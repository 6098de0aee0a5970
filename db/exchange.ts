import { sql, type Updateable } from 'kysely'
import { hot } from './hot.ts'
import type { ExchangeRow, ExchangeTable, NewExchange } from './schema.ts'
import type { Db } from './unit.ts'

const insertOne = hot('exchange.insert', (db, p: NewExchange) =>
  db.insertInto('exchange').values({
    epoch: p.epoch,
    trace: p.trace,
    direction: p.direction,
    surface: p.surface,
    endpoint: p.endpoint,
    method: p.method,
    url: p.url,
    request_headers: p.request_headers,
    request_body: p.request_body,
    status: p.status,
    response_headers: p.response_headers,
    response_body: p.response_body,
    decision: p.decision,
    at: p.at,
    real_at: p.real_at,
    bytes: p.bytes,
  }),
)

export async function insertExchange(db: Db, row: NewExchange): Promise<void> {
  await insertOne(db, row)
}

const columns = [
  'seq',
  'epoch',
  'trace',
  'direction',
  'surface',
  'endpoint',
  'method',
  'url',
  'request_headers',
  'request_body',
  'status',
  'response_headers',
  'response_body',
  'decision',
  'at',
  'real_at',
  'bytes',
] as const

/**
 * On PostgreSQL a transaction may commit after a later one, with an earlier seq. A reader that goes forward gets only
 * what lies below the oldest transaction that still runs, so that its cursor never steps over one.
 */
function settled(db: Db) {
  return db.unitConnection.dialect === 'sqlite'
    ? sql<boolean>`1 = 1`
    : sql<boolean>`txid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint`
}

/** Exchanges of an epoch below `before` and, for a reader that goes forward, above `after`; newest first. */
export function listExchanges(
  db: Db,
  at: { epoch: number; before: number | undefined; after: number; limit: number },
): Promise<ExchangeRow[]> {
  let query = db.selectFrom('exchange').select(columns).where('epoch', '=', at.epoch)
  if (at.after > 0) query = query.where('seq', '>', at.after).where(settled(db))
  if (at.before !== undefined) query = query.where('seq', '<', at.before)
  return query.orderBy('seq', 'desc').limit(at.limit).execute()
}

/** All exchanges of one trace, newest first. */
export async function listTrace(db: Db, epoch: number, trace: string): Promise<ExchangeRow[]> {
  // Asked for the epoch as well, SQLite would walk the whole of it, because of the order.
  const rows = await db
    .selectFrom('exchange')
    .select(columns)
    .where('trace', '=', trace)
    .orderBy('seq', 'desc')
    .limit(1000)
    .execute()
  return rows.filter((row) => row.epoch === epoch)
}

/** The call that came in under a trace of which only the beginning is known. */
export function findExchangeOfTrace(
  db: Db,
  epoch: number,
  trace_start: string,
): Promise<ExchangeRow | undefined> {
  return (
    db
      .selectFrom('exchange')
      .select(columns)
      .where('trace', '>=', trace_start)
      // Behind every trace that begins so: they are hexadecimal.
      .where('trace', '<', `${trace_start}g`)
      .where('epoch', '=', epoch)
      .where('direction', '=', 'in')
      .orderBy('seq')
      .limit(1)
      .executeTakeFirst()
  )
}

export function findExchange(db: Db, epoch: number, seq: number): Promise<ExchangeRow | undefined> {
  return db
    .selectFrom('exchange')
    .select(columns)
    .where('epoch', '=', epoch)
    .where('seq', '=', seq)
    .executeTakeFirst()
}

/** Sizes of an epoch's exchanges from a seq on, oldest first. */
export function listExchangeSizes(
  db: Db,
  at: { epoch: number; after: number; limit: number },
): Promise<{ seq: number; bytes: number }[]> {
  return db
    .selectFrom('exchange')
    .select(['seq', 'bytes'])
    .where('epoch', '=', at.epoch)
    .where('seq', '>', at.after)
    .orderBy('seq')
    .limit(at.limit)
    .execute()
}

/** Deletes an epoch's exchanges up to a seq; says how many were still there. */
export async function deleteExchanges(db: Db, epoch: number, up_to: number): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('exchange')
    .where('epoch', '=', epoch)
    .where('seq', '<=', up_to)
    .executeTakeFirst()
  return Number(numDeletedRows)
}

/** The newest seq of an epoch's journal; 0: it is empty. */
export async function findLastSeq(db: Db, epoch: number): Promise<number> {
  const row = await db
    .selectFrom('exchange')
    .select((e) => e.fn.max('seq').as('last'))
    .where('epoch', '=', epoch)
    .executeTakeFirst()
  return Number(row?.last ?? 0)
}

/** An exchange to be changed: on PostgreSQL nobody else changes it meanwhile. */
export async function lockExchange(db: Db, seq: number): Promise<ExchangeRow | undefined> {
  const query = db.selectFrom('exchange').selectAll().where('seq', '=', seq)
  return db.unitConnection.dialect === 'sqlite'
    ? query.executeTakeFirst()
    : query.forUpdate().executeTakeFirst()
}

export async function updateExchange(
  db: Db,
  seq: number,
  change: Updateable<ExchangeTable>,
): Promise<void> {
  await db.updateTable('exchange').set(change).where('seq', '=', seq).execute()
}
