import { sql } from 'kysely'
import type { ErasureRow } from './schema.ts'
import type { Db } from './unit.ts'

export async function insertErasure(db: Db, row: ErasureRow): Promise<void> {
  await db.insertInto('erasure').values(row).execute()
}

type Key = Pick<ErasureRow, 'epoch' | 'erasure'>

/** Some of the erasures that are not done, of one epoch or of all. */
export function listErasures(
  db: Db,
  { epoch, limit }: { epoch?: number | undefined; limit: number },
): Promise<Key[]> {
  let query = db.selectFrom('erasure').select(['epoch', 'erasure'])
  if (epoch !== undefined) query = query.where('epoch', '=', epoch)
  return query.orderBy('epoch').orderBy('erasure').limit(limit).execute()
}

/** An erasure to be carried on: on PostgreSQL nobody else does it meanwhile. */
export function lockErasure(db: Db, at: Key): Promise<ErasureRow | undefined> {
  const query = db
    .selectFrom('erasure')
    .selectAll()
    .where('epoch', '=', at.epoch)
    .where('erasure', '=', at.erasure)
  return db.unitConnection.dialect === 'sqlite'
    ? query.executeTakeFirst()
    : query.forUpdate().executeTakeFirst()
}

export async function updateErasure(db: Db, at: Key, work: string): Promise<void> {
  await db
    .updateTable('erasure')
    .set({ work })
    .where('epoch', '=', at.epoch)
    .where('erasure', '=', at.erasure)
    .execute()
}

export async function deleteErasure(db: Db, at: Key): Promise<void> {
  await db
    .deleteFrom('erasure')
    .where('epoch', '=', at.epoch)
    .where('erasure', '=', at.erasure)
    .execute()
}

/** The present instant by the database's own clock, as text. */
export async function databaseNow(db: Db): Promise<string> {
  if (db.unitConnection.dialect === 'sqlite') return ''
  const { rows } = await sql<{ now: string }>`select now()::text as now`.execute(db)
  return rows[0]?.now ?? ''
}

/** Whether a unit that began before an instant of `databaseNow` is still under way; on SQLite none can be. */
export async function isOlderUnitRunning(db: Db, before: string): Promise<boolean> {
  if (db.unitConnection.dialect === 'sqlite') return false
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and xact_start < ${before}::timestamptz`.execute(
    db,
  )
  return (rows[0]?.n ?? 0) > 0
}
