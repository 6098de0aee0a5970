import {
  createQueryId,
  type Dialect,
  DummyDriver,
  type OperationNodeSource,
  PostgresQueryCompiler,
  type RootOperationNode,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type TableNode,
} from 'kysely'
import type { TableName } from './schema.ts'

export type DialectName = 'sqlite' | 'postgres'

/** A statement for one database. */
export interface Statement {
  readonly sql: string
  readonly writes: boolean
  /** Those that it reads or writes; undefined: nobody knows. */
  readonly tables: readonly TableName[] | undefined
  /** A question that is asked so often that its answers are kept, where nobody else can change them. */
  readonly remembered?: boolean
  /** Built once: the server need not plan it anew. */
  readonly name?: string
  /** A row that may be written after the commit, where nobody else reads: twice is no harm. */
  readonly late?: boolean
  /** A question whose first two values are the first two of the rows that it looks for. */
  readonly ofOne?: boolean
}

/** Compiles for SQLite; runs nothing by itself. */
export const sqliteDialect: Dialect = {
  createAdapter: () => new SqliteAdapter(),
  createDriver: () => new DummyDriver(),
  createIntrospector: (db) => new SqliteIntrospector(db),
  createQueryCompiler: () => new SqliteQueryCompiler(),
}

/** The tables that a compiler has met since its statement began. */
let met = new Set<string>()

class NotingSqliteCompiler extends SqliteQueryCompiler {
  protected override visitTable(node: TableNode): void {
    met.add(node.table.identifier.name)
    super.visitTable(node)
  }
}

class NotingPostgresCompiler extends PostgresQueryCompiler {
  protected override visitTable(node: TableNode): void {
    met.add(node.table.identifier.name)
    super.visitTable(node)
  }
}

const compilers = {
  sqlite: new NotingSqliteCompiler(),
  postgres: new NotingPostgresCompiler(),
} as const

/** What Kysely has built, for one database, with its values. */
export function compile(
  dialect: DialectName,
  query: OperationNodeSource,
): { readonly statement: Statement; readonly values: readonly unknown[] } {
  const node = query.toOperationNode() as RootOperationNode
  met = new Set()
  const { sql, parameters } = compilers[dialect].compileQuery(node, createQueryId())
  // Fragments of raw SQL in a statement that Kysely has built name none.
  const tables = node.kind === 'RawNode' ? undefined : ([...met] as TableName[])
  const statement = { sql, writes: isWrite(node, sql), tables }
  return { statement, values: parameters }
}

const writing = new Set<RootOperationNode['kind']>([
  'InsertQueryNode',
  'UpdateQueryNode',
  'DeleteQueryNode',
  'MergeQueryNode',
])

/** Raw SQL counts as writing unless it begins with `select`. */
function isWrite(node: RootOperationNode, sql: string): boolean {
  if (node.kind === 'RawNode') return !/^\s*(select|pragma)\b/i.test(sql)
  return writing.has(node.kind)
}

/** Where a statement's text says of which epoch it writes: the how manieth value that is. */
const places = new Map<string, number | undefined>()
const places_max = 1000

/** The epoch whose rows a statement writes; undefined: it writes no rows of an epoch, or is given them by their numbers. */
export function epochOf({ sql }: Statement, values: readonly unknown[]): unknown {
  if (!places.has(sql)) {
    if (places.size >= places_max) places.clear()
    places.set(sql, placeIn(sql))
  }
  const place = places.get(sql)
  return place === undefined ? undefined : values[place]
}

function placeIn(sql: string): number | undefined {
  const columns = /^insert into \S+ \(([^)]*)\) values/.exec(sql)?.[1]
  if (columns !== undefined) {
    const place = columns.split(', ').indexOf('"epoch"')
    return place < 0 ? undefined : place
  }
  const at = sql.search(/(?<!\w)"?epoch"? = \?/)
  return at < 0 ? undefined : (sql.slice(0, at).match(/\?/g)?.length ?? 0)
}
