import { type Compilable, Kysely, type OperationNodeSource, type RawBuilder } from 'kysely'
import type { Database, Row, TableName } from './schema.ts'
import { compile, type DialectName, type Statement, sqliteDialect } from './statement.ts'
import type { Announcement, Topic } from './topic.ts'

export interface RunResult {
  readonly rows: unknown[]
  readonly changes: number
}

/** What Kysely builds, or a fragment of SQL. */
export type Query<R> = OperationNodeSource & (Compilable<R> | RawBuilder<R>)

type Builder = Kysely<Database>

/** Tables that do nothing but count, or tick off. */
export type CountTable = Extract<
  TableName,
  'counter' | 'send_count' | 'quota_count' | 'call_count' | 'nonce'
>

/** Counts of a database that one process owns. */
export interface Counts {
  /** The row with these values of the table's key, the epoch first. */
  find<T extends CountTable>(table: T, key: readonly unknown[]): Row<T> | undefined
  set<T extends CountTable>(table: T, key: readonly unknown[], row: Row<T>): void
  /** The next number of an epoch; `last`: what the database has, asked once. */
  draw(epoch: number, last: () => number): number
}

/** Builds statements for both databases; runs nothing by itself. */
const builder = new Kysely<Database>({ dialect: sqliteDialect })
const selectFrom = builder.selectFrom.bind(builder) as Builder['selectFrom']
const insertInto = builder.insertInto.bind(builder) as Builder['insertInto']
const updateTable = builder.updateTable.bind(builder) as Builder['updateTable']
const deleteFrom = builder.deleteFrom.bind(builder) as Builder['deleteFrom']

/** Of a database, or of what builds statements for one: all that a question begins with. */
export type Selecting = Pick<Kysely<Database>, 'selectFrom'>

/**
 * The database inside one unit: what every store function takes. It answers at once, because a unit waits for nothing: where
 * the database is far away, the unit is run again when the answer is there.
 */
export abstract class Db {
  abstract readonly dialect: DialectName
  /** Where one process owns the database: what it counts. */
  abstract readonly ledger: Counts | undefined
  abstract run(statement: Statement, values: readonly unknown[]): RunResult
  /** Runs a statement whose result nobody needs. */
  abstract tell(statement: Statement, values: readonly unknown[]): void
  /** Says that this statement will be run next, and its result needed: what is far away is told in good time. */
  abstract foresee(statement: Statement, values: readonly unknown[]): void
  /** Adds a row, its values in the order of the table's columns; the database may see it as late as the commit. */
  abstract insert(table: TableName, insertion: Statement, values: readonly unknown[]): void
  /** Says what has happened in an epoch: told when the unit has committed, to all who wait for it anywhere. */
  abstract announce(epoch: number, topic: Topic): void
  /** Writes something that every process needs to write only once: `name` says what. */
  abstract once(name: string, write: () => void): void
  /** What is known without asking the database: the same in all runs of a unit, whatever becomes known meanwhile. */
  abstract recall<T>(name: readonly unknown[], look: () => T): T
  /** What is done outside of the database once the unit is durable; of work that is run again, the last run's. */
  abstract afterCommit(effect: () => void): void
  /** Another unit was first: this one is run again from its beginning, where units can meet at all. */
  abstract retry(reason: string): never

  get dynamic(): Builder['dynamic'] {
    return builder.dynamic
  }

  get selectFrom(): Builder['selectFrom'] {
    return selectFrom
  }

  get insertInto(): Builder['insertInto'] {
    return insertInto
  }

  get updateTable(): Builder['updateTable'] {
    return updateTable
  }

  get deleteFrom(): Builder['deleteFrom'] {
    return deleteFrom
  }

  /** All rows of a question, or of what a statement returns. */
  all<R>(query: Query<R>): R[] {
    const { statement, values } = compile(this.dialect, query)
    return this.run(statement, values).rows as R[]
  }

  first<R>(query: Query<R>): R | undefined {
    return this.all(query)[0]
  }

  /** A row that must be there. */
  one<R>(query: Query<R>): R {
    const row = this.first(query)
    if (row === undefined) throw new Error('a row that must be there is missing')
    return row
  }

  /** Runs a statement for what it does; answers how many rows it has changed. */
  change(query: Query<unknown>): number {
    const { statement, values } = compile(this.dialect, query)
    return this.run(statement, values).changes
  }

  /** The same when nobody asks how many: the database may be told as late as the commit. */
  write(query: Query<unknown>): void {
    const { statement, values } = compile(this.dialect, query)
    this.tell(statement, values)
  }
}

/**
 * One unit of work as its code sees it. What it writes is kept when it ends well, and taken back when it throws. `undo` takes
 * back what was written since the unit began, or since its last `seal`.
 */
export interface Unit {
  readonly db: Db
  undo(): void
  seal(): void
}

/** Hears what units have announced, once they have committed. Undefined: something was not heard, it may be anything. */
export type Listener = (announced: readonly Announcement[] | undefined) => void

/** Runs a unit: see `Store`. */
export type RunUnit = <T>(label: string, work: (unit: Unit) => T) => Promise<T>

/** A database that runs units. A unit's promise settles when its commit is durable. */
export interface Store {
  readonly dialect: DialectName
  /** Where the data is, for people: a path, `:memory:`, or a host and database name. */
  readonly address: string
  /**
   * `work` is a function that may be run again and then does the same: it has no effect but through its unit, and brings time
   * and chance along.
   */
  unit: RunUnit
  /**
   * Lends out a way to run units that all see the rows of an epoch as they are now: what others would change of them meanwhile
   * waits where one process owns the database, and is not seen where several share it.
   */
  still<T>(epoch: number, work: (unit: RunUnit) => Promise<T>): Promise<T>
  /** Whether those who would change an epoch wait at present. */
  isStill(epoch: number): boolean
  /** From now on this one hears what is announced, by this process or by others on the same database. */
  listen(listener: Listener): void
  /** Whether this process does what only one at a time does, of all on the same database. */
  readonly leads: boolean
  close(): Promise<void>
}

/** Whether a unit's work has begun to wait for something, which it must not. */
export function isThenable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'then' in value
}
