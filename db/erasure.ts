import { sql, type Updateable } from 'kysely'
import type { AssociationRow, ErasureRow, ErasureTable, SessionRow } from './schema.ts'
import type { Db } from './unit.ts'

/** Where an erasure begins that has not looked at the journal yet: above every seq. */
export const seq_above_all = Number.MAX_SAFE_INTEGER

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

export async function updateErasure(
  db: Db,
  at: Key,
  change: Updateable<ErasureTable>,
): Promise<void> {
  await db
    .updateTable('erasure')
    .set(change)
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

/** Ends all sessions of an openid, with what was typed in them. */
export async function deleteSessionsOf(
  db: Db,
  at: { epoch: number; openid: string },
): Promise<void> {
  await db
    .deleteFrom('session')
    .where('epoch', '=', at.epoch)
    .where('openid', '=', at.openid)
    .where('openid', 'is not', null)
    .execute()
}

/** What was typed by browsers whose openid WeChat has not told yet, after one of them. */
export function listNamelessDrafts(
  db: Db,
  at: { epoch: number; after: string; limit: number },
): Promise<Pick<SessionRow, 'epoch' | 'session' | 'draft' | 'created_at'>[]> {
  return db
    .selectFrom('session')
    .select(['epoch', 'session', 'draft', 'created_at'])
    .where('epoch', '=', at.epoch)
    .where('session', '>', at.after)
    .where('openid', 'is', null)
    .where('draft', 'is not', null)
    .orderBy('session')
    .limit(at.limit)
    .execute()
}

export async function deleteDraft(
  db: Db,
  at: Pick<SessionRow, 'epoch' | 'session'>,
): Promise<void> {
  await db
    .updateTable('session')
    .set({ draft: null })
    .where('epoch', '=', at.epoch)
    .where('session', '=', at.session)
    .execute()
}

/** An association of another openid with the same value, if there is one. */
export function findSameValue(
  db: Db,
  at: { epoch: number; openid: string; column: 'name' | 'email'; value: string },
): Promise<Pick<AssociationRow, 'openid'> | undefined> {
  return db
    .selectFrom('association')
    .select('openid')
    .where('epoch', '=', at.epoch)
    .where(at.column, '=', at.value)
    .where(at.column, '<>', '')
    .where('openid', '<>', at.openid)
    .limit(1)
    .executeTakeFirst()
}

/** How many exchanges each caller has had in an epoch. */
export function listExchangeCounts(db: Db, epoch: number): Promise<{ key: string; n: number }[]> {
  return db
    .selectFrom('counter')
    .select(['key', 'n'])
    .where('epoch', '=', epoch)
    .where('purpose', '=', 'exchange')
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
