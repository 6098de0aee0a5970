import {
  type CompiledQuery,
  type DatabaseConnection,
  DefaultQueryExecutor,
  type Dialect,
  DummyDriver,
  Kysely,
  type QueryResult,
  type RootOperationNode,
} from 'kysely'
import type { Database } from './schema.ts'

/** Runs statements inside one unit, opening its savepoint before the first write. */
export interface UnitConnection {
  readonly dialect: DialectName
  run(sql: string, parameters: readonly unknown[], writes: boolean): RunResult | Promise<RunResult>
  /** Another unit was first: this one is run again from its beginning, where units can meet at all. */
  retry(reason: string): never
}
export interface RunResult {
  readonly rows: unknown[]
  readonly changes: number
}
export type DialectName = 'sqlite' | 'postgres'

/**
 * One unit of work as its code sees it. What it writes is kept when it ends well, and taken back when it throws. `undo` takes
 * back what was written since the unit began, or since its last `seal`.
 */
export interface Unit {
  readonly db: Db
  undo(): Promise<void>
  seal(): void
}

/** A database that runs units. A unit's promise settles when its commit is durable. */
export interface Store {
  readonly dialect: DialectName
  /** Where the data is, for people: a path, `:memory:`, or a host and database name. */
  readonly address: string
  unit<T>(label: string, work: (unit: Unit) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** Kysely inside one unit: what every store function takes. */
export class Db extends Kysely<Database> {
  readonly unitConnection: UnitConnection

  constructor(dialect: Dialect, executor: DefaultQueryExecutor, connection: UnitConnection) {
    const provided = executor.withConnectionProvider({
      provideConnection: (consumer) => consumer(asKyselyConnection(connection)),
    })
    super({ config: { dialect }, driver: idle, dialect, executor: provided })
    this.unitConnection = connection
  }
}

const idle = new DummyDriver()
const writing = new Set<RootOperationNode['kind']>([
  'InsertQueryNode',
  'UpdateQueryNode',
  'DeleteQueryNode',
  'MergeQueryNode',
])

/** Whether a compiled statement writes; raw SQL counts as writing unless it begins with `select`. */
export function isWrite(query: CompiledQuery): boolean {
  if (query.query.kind === 'RawNode') return !/^\s*(select|pragma)\b/i.test(query.sql)
  return writing.has(query.query.kind)
}

function asKyselyConnection(connection: UnitConnection): DatabaseConnection {
  return {
    async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
      const result = await connection.run(query.sql, query.parameters, isWrite(query))
      return { rows: result.rows as R[], numAffectedRows: BigInt(result.changes) }
    },
    // biome-ignore lint/correctness/useYield: rows are read whole, limits belong to the stores
    async *streamQuery() {
      throw new Error('a unit reads its rows whole: use a limit and a cursor')
    },
  }
}

/** What a dialect needs to compile for its database; its driver is never used. */
export function makeExecutor(dialect: Dialect): DefaultQueryExecutor {
  return new DefaultQueryExecutor(dialect.createQueryCompiler(), dialect.createAdapter(), {
    provideConnection: () => Promise.reject(new Error('statements run inside a unit only')),
  })
}
