import { sql } from 'kysely'
import type { Db } from '../../db/unit.ts'
import type { Beside } from './place.ts'

/** A door in the database: whoever comes waits until so many do, then all pass, and everybody after them. */
export async function gate(
  other: Beside,
  size: number,
  meanwhile: () => Promise<unknown> = () => Promise.resolve(),
) {
  await other.rows('select pg_advisory_lock(42)')
  const opened = (async () => {
    const waiting = `select count(*)::int as n from pg_locks
      where locktype = 'advisory' and objid = 42 and not granted
        and database = (select oid from pg_database where datname = current_database())`
    for (;;) {
      const [row] = await other.rows(waiting)
      if (Number(row?.['n']) >= size) break
    }
    await meanwhile()
    await other.rows('select pg_advisory_unlock(42)')
  })()
  // A test that has failed meanwhile has closed the connection.
  opened.catch(() => {})
  return {
    opened,
    pass: (db: Db) => db.all(sql`select pg_advisory_xact_lock_shared(42)`),
  }
}
