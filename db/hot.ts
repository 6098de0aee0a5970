import {
  type Compilable,
  type Dialect,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import type { Database, Insert, TableName } from './schema.ts'
import type { Columns } from './table.ts'
import { tables } from './tables.ts'
import { type Db, type DialectName, isWrite } from './unit.ts'

/** Compiles for SQLite; runs nothing by itself. */
export const sqliteDialect: Dialect = {
  createAdapter: () => new SqliteAdapter(),
  createDriver: () => new DummyDriver(),
  createIntrospector: (db) => new SqliteIntrospector(db),
  createQueryCompiler: () => new SqliteQueryCompiler(),
}

/** Compiles for PostgreSQL; runs nothing by itself. */
export const postgresDialect: Dialect = {
  createAdapter: () => new PostgresAdapter(),
  createDriver: () => new DummyDriver(),
  createIntrospector: (db) => new PostgresIntrospector(db),
  createQueryCompiler: () => new PostgresQueryCompiler(),
}

interface Built {
  readonly sql: string
  readonly writes: boolean
  /** In the order of the placeholders: the name of a parameter, or a constant. */
  readonly slots: readonly { readonly name?: string; readonly value?: unknown }[]
}

interface Slot {
  readonly slot: string
}

/** All statements built here, for the test that walks their SQL. */
export const hotStatements: { name: string; sql(dialect: DialectName): string }[] = []

/**
 * A statement of a hot path: built once per dialect by Kysely, then run with parameters on cached statements.
 * No join, no `limit ?`, no `exists`, no `like ?`: SQLite would prepare such a statement anew at each call.
 */
export function hot<P extends object, R>(
  name: string,
  build: (db: Kysely<Database>, parameters: P) => Compilable<R>,
): (db: Db, parameters: P) => Promise<R[]> {
  const cache: Partial<Record<DialectName, Built>> = {}
  const built = (dialect: DialectName): Built => {
    cache[dialect] ??= compile(dialect === 'sqlite' ? sqliteDialect : postgresDialect, build)
    return cache[dialect]
  }
  hotStatements.push({ name, sql: (dialect) => built(dialect).sql })
  return async (db, parameters) => {
    const { sql, writes, slots } = built(db.unitConnection.dialect)
    const values: unknown[] = new Array(slots.length)
    const given = parameters as Record<string, unknown>
    for (let i = 0; i < slots.length; i++) {
      const slot = slots[i]
      values[i] = slot?.name === undefined ? slot?.value : (given[slot.name] ?? null)
    }
    const result = await db.unitConnection.run(sql, values, writes)
    return result.rows as R[]
  }
}

/** The same for a new row: all its columns, but for those that the database fills in. */
export function insertRow<T extends TableName>(
  table: T,
  { unlessThere = false }: { readonly unlessThere?: boolean } = {},
): (db: Db, row: Insert<T>) => Promise<unknown> {
  const columns: Columns = tables[table].columns
  const given = Object.keys(columns).filter((name) => !columns[name]?.isDefaulted)
  return hot(`${table}.insert`, (db, p: Insert<T>) => {
    const row = Object.fromEntries(given.map((name) => [name, p[name as keyof Insert<T>]]))
    const query = db.insertInto(table).values(row as never)
    return unlessThere ? query.onConflict((conflict) => conflict.doNothing()) : query
  })
}

function compile<P extends object, R>(
  dialect: Dialect,
  build: (db: Kysely<Database>, parameters: P) => Compilable<R>,
): Built {
  const names = new Proxy({}, { get: (_, slot) => ({ slot }) }) as P
  const compiled = build(new Kysely<Database>({ dialect }), names).compile()
  const slots = compiled.parameters.map((value) =>
    isSlot(value) ? { name: value.slot } : { value },
  )
  return { sql: compiled.sql, writes: isWrite(compiled), slots }
}

function isSlot(value: unknown): value is Slot {
  return typeof value === 'object' && value !== null && 'slot' in value
}
