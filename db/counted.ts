import { type Kysely, sql } from 'kysely'
import { hot } from './hot.ts'
import type { Database, Row } from './schema.ts'
import { tables } from './tables.ts'
import type { CountTable, Db, Query } from './unit.ts'

/** Who counts what, with what the counting depends on. */
interface Counting<T extends CountTable, P> {
  readonly table: T
  /** The values of the table's key, the epoch first. */
  key(of: P): readonly unknown[]
  /** The row with one more; undefined: nothing is counted. */
  next(row: Row<T> | undefined, of: P): Row<T> | undefined
  /** The same in one statement that returns the row, for processes that share a database. */
  upsert(db: Kysely<Database>, of: P): Query<Row<T>>
}

/** One more of something: by the ledger where one process owns the database, else by one statement. Undefined: none was counted. */
export function counted<T extends CountTable, P extends object>(
  counting: Counting<T, P>,
): Counted<T, P> {
  const { table, key, next, upsert } = counting
  const countShared = hot(`${table}.next`, upsert)
  const count = (db: Db, of: P) => {
    const { ledger } = db
    if (!ledger) return countShared(db, of)[0]
    const row = next(ledger.find(table, key(of)), of)
    if (row) ledger.set(table, key(of), row)
    return row
  }
  const foresee = (db: Db, of: P) => {
    if (!db.ledger) countShared.foresee(db, of)
  }
  return Object.assign(count, { foresee })
}

/** Counts; `foresee` says that it will soon be done. */
interface Counted<T extends CountTable, P> {
  (db: Db, of: P): Row<T> | undefined
  foresee(db: Db, of: P): void
}

/** What has been counted so far, by the values of the table's key. */
export function findCounted<T extends CountTable>(
  db: Db,
  table: T,
  key: readonly unknown[],
): Row<T> | undefined {
  if (db.ledger) return db.ledger.find(table, key)
  const columns = ['epoch', ...tables[table].key]
  const isKey = columns.map((column, i) => sql`${sql.ref(column)} = ${key[i]}`)
  const query = sql<Row<T>>`select * from ${sql.table(table)} where ${sql.join(isKey, sql` and `)}`
  return db.first(query)
}
