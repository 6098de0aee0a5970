import { Kysely } from 'kysely'
import type { Database, Insert, TableName } from './schema.ts'
import { compile, type DialectName, type Statement, sqliteDialect } from './statement.ts'
import type { Columns } from './table.ts'
import { tables } from './tables.ts'
import type { Db, Query } from './unit.ts'

interface Built {
  readonly statement: Statement
  /** In the order of the placeholders: the name of a parameter, or a constant. */
  readonly slots: readonly { readonly name?: string; readonly value?: unknown }[]
}

type Traits = Pick<Statement, 'remembered' | 'late' | 'ofOne' | 'name'>

interface Slot {
  readonly slot: string
}

const builder = new Kysely<Database>({ dialect: sqliteDialect })

/** All statements built here, for the test that walks their SQL. */
export const hotStatements: { name: string; sql(dialect: DialectName): string }[] = []

/**
 * A statement of a hot path: built once per dialect by Kysely, then run with parameters on cached statements.
 * No join, no `limit ?`, no `exists`, no `like ?`: SQLite would prepare such a statement anew at each call.
 */
export function hot<P extends object, R>(
  name: string,
  build: (db: Kysely<Database>, parameters: P) => Query<R>,
  traits: Pick<Traits, 'remembered' | 'ofOne'> = {},
): Hot<P, R> {
  const builtFor = buildFor(name, build, traits)
  const ask = (db: Db, parameters: P) => {
    const { statement, slots } = builtFor(db.dialect)
    return db.run(statement, valuesOf(slots, parameters)).rows as R[]
  }
  const foresee = (db: Db, parameters: P) => {
    const { statement, slots } = builtFor(db.dialect)
    db.foresee(statement, valuesOf(slots, parameters))
  }
  return Object.assign(ask, { foresee })
}

/** Runs it; `foresee` says that it will be run soon. */
interface Hot<P, R> {
  (db: Db, parameters: P): R[]
  foresee(db: Db, parameters: P): void
}

/**
 * The same for a new row: all its columns, but for those that the database fills in; `also`: those of them that are given. `late`: it may
 * be written after the commit, when somebody asks for its table or there are many, where one process owns the database.
 */
export function insertRow<T extends TableName>(
  table: T,
  {
    unlessThere = false,
    also = [],
    late = false,
  }: {
    readonly unlessThere?: boolean
    readonly also?: readonly string[]
    readonly late?: boolean
  } = {},
): (db: Db, row: Insert<T>) => void {
  const columns: Columns = tables[table].columns
  const given = Object.keys(columns).filter(
    (name) => also.includes(name) || !columns[name]?.isDefaulted,
  )
  const builtFor = buildFor(
    [table, 'insert', ...also].join('.'),
    (db, p: Insert<T>) => {
      const row = Object.fromEntries(given.map((name) => [name, p[name as keyof Insert<T>]]))
      const query = db.insertInto(table).values(row as never)
      return unlessThere ? query.onConflict((conflict) => conflict.doNothing()) : query
    },
    { late },
  )
  return (db, row) => {
    const { statement, slots } = builtFor(db.dialect)
    db.insert(table, statement, valuesOf(slots, row))
  }
}

function valuesOf(slots: Built['slots'], parameters: object): unknown[] {
  const values: unknown[] = new Array(slots.length)
  const given = parameters as Record<string, unknown>
  for (let i = 0; i < slots.length; i++) {
    const slot = slots[i]
    values[i] = slot?.name === undefined ? slot?.value : (given[slot.name] ?? null)
  }
  return values
}

function buildFor<P extends object>(
  name: string,
  build: (db: Kysely<Database>, parameters: P) => Query<unknown>,
  traits: Traits = {},
): (dialect: DialectName) => Built {
  const cache: Partial<Record<DialectName, Built>> = {}
  const builtFor = (dialect: DialectName): Built => {
    cache[dialect] ??= buildOnce(dialect, build, { ...traits, name })
    return cache[dialect]
  }
  hotStatements.push({ name, sql: (dialect) => builtFor(dialect).statement.sql })
  return builtFor
}

function buildOnce<P extends object>(
  dialect: DialectName,
  build: (db: Kysely<Database>, parameters: P) => Query<unknown>,
  traits: Traits,
): Built {
  const names = new Proxy({}, { get: (_, slot) => ({ slot }) }) as P
  const { statement, values } = compile(dialect, build(builder, names))
  const slots = values.map((value) => (isSlot(value) ? { name: value.slot } : { value }))
  return { statement: { ...statement, ...traits }, slots }
}

function isSlot(value: unknown): value is Slot {
  return typeof value === 'object' && value !== null && 'slot' in value
}
