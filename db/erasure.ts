import { sql } from 'kysely'
import type { ErasureRow } from './schema.ts'
import type { Db } from './unit.ts'

export function insertErasure(db: Db, row: ErasureRow): void {
  db.write(db.insertInto('erasure').values(row))
}

type Key = Pick<ErasureRow, 'epoch' | 'erasure'>

/** Some of the erasures that are not done, of one epoch or of all. */
export function listErasures(
  db: Db,
  { epoch, limit }: { epoch?: number | undefined; limit: number },
): Key[] {
  let query = db.selectFrom('erasure').select(['epoch', 'erasure'])
  if (epoch !== undefined) query = query.where('epoch', '=', epoch)
  return db.all(query.orderBy('epoch').orderBy('erasure').limit(limit))
}

/** An erasure to be carried on: on PostgreSQL nobody else does it meanwhile. */
export function lockErasure(db: Db, at: Key): ErasureRow | undefined {
  const query = db
    .selectFrom('erasure')
    .selectAll()
    .where('epoch', '=', at.epoch)
    .where('erasure', '=', at.erasure)
  return db.dialect === 'sqlite' ? db.first(query) : db.first(query.forUpdate())
}

export function updateErasure(db: Db, at: Key, work: string): void {
  db.write(
    db
      .updateTable('erasure')
      .set({ work })
      .where('epoch', '=', at.epoch)
      .where('erasure', '=', at.erasure),
  )
}

export function deleteErasure(db: Db, at: Key): void {
  db.write(db.deleteFrom('erasure').where('epoch', '=', at.epoch).where('erasure', '=', at.erasure))
}

/** The present instant by the database's own clock, as text. */
export function databaseNow(db: Db): string {
  if (db.dialect === 'sqlite') return ''
  return db.one(sql<{ now: string }>`select now()::text as now`).now
}

/** Whether a unit that began before an instant of `databaseNow` is still under way; on SQLite none can be. */
export function isOlderUnitRunning(db: Db, before: string): boolean {
  if (db.dialect === 'sqlite') return false
  const rows = db.all(sql<{ n: number }>`select count(*)::int as n from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and xact_start < ${before}::timestamptz`)
  return (rows[0]?.n ?? 0) > 0
}
