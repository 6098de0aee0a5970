import type Sqlite from 'better-sqlite3'

/** More than the program has: only statements with texts of their own making would ever fill it. */
const statements_max = 1000

/** Statements by their text, prepared once. */
export class Prepared {
  readonly #sqlite: Sqlite.Database
  readonly #prepared = new Map<string, Sqlite.Statement>()

  constructor(sqlite: Sqlite.Database) {
    this.#sqlite = sqlite
  }

  get(sql: string): Sqlite.Statement {
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
