import type Sqlite from 'better-sqlite3'

/** More than the program has: only statements with texts of their own making would ever fill it. */
const statements_max = 1000

type Statements = Map<string, Sqlite.Statement>

/** A database in memory is emptied and used again, and what was prepared on it stays. */
const statementsOf = new WeakMap<Sqlite.Database, Statements>()

/** Statements by their text, prepared once. */
export class Prepared {
  readonly #sqlite: Sqlite.Database
  readonly #prepared: Statements
  #isClosed = false

  constructor(sqlite: Sqlite.Database) {
    this.#sqlite = sqlite
    this.#prepared = statementsOf.get(sqlite) ?? new Map()
    statementsOf.set(sqlite, this.#prepared)
  }

  /** The database may be somebody else's from now on. */
  close(): void {
    this.#isClosed = true
  }

  get isClosed(): boolean {
    return this.#isClosed
  }

  get(sql: string): Sqlite.Statement {
    if (this.#isClosed) throw new TypeError('The database connection is not open')
    let statement = this.#prepared.get(sql)
    if (!statement) {
      statement = this.#sqlite.prepare(sql)
      if (this.#prepared.size >= statements_max) this.#prepared.clear()
      this.#prepared.set(sql, statement)
    }
    return statement
  }

  /** Runs a statement that has neither parameters nor rows. */
  run(sql: string): void {
    this.get(sql).run()
  }
}
