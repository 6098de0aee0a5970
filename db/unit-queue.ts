import type Sqlite from 'better-sqlite3'
import { sqliteDialect } from './hot.ts'
import { QueuedUnit, StallDetector } from './queued-unit.ts'
import { Db, makeExecutor, type RunResult, type Unit, type UnitConnection } from './unit.ts'

/** More than the program has: only statements with texts of their own making would ever fill it. */
const statements_max = 1000

/**
 * SQLite's unit of work: units run one at a time, and all units of one turn of the event loop share a commit.
 * A unit awaits nothing but the store, so the turn in which it starts is the turn in which it ends.
 */
export class UnitQueue {
  readonly #sqlite: Sqlite.Database
  readonly #statements: Statements
  readonly #queue: (QueuedUnit | typeof commit_mark)[] = []
  readonly #executor = makeExecutor(sqliteDialect)
  /** Units that ended well and wait for the commit. */
  readonly #held: QueuedUnit[] = []
  #current: QueuedUnit | undefined
  readonly #stalls = new StallDetector(() => this.#current)
  #draining = false
  #watching = false
  #open = false
  /** While somebody holds the queue: opens when they let go. */
  #gate: Promise<void> | undefined
  #closed: (() => void) | undefined

  constructor(sqlite: Sqlite.Database) {
    this.#sqlite = sqlite
    this.#statements = new Statements(sqlite)
  }

  unit<T>(label: string, work: (unit: Unit) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const queued = new QueuedUnit(label, this.#connectionOf, (unit) =>
        work(unit).then((value) => () => resolve(value)),
      )
      queued.refuse = reject
      this.#queue.push(queued)
      void this.#drain()
    })
  }

  /** Keeps units from beginning a transaction. Resolves when none is open, with how to let go. */
  hold(): Promise<() => void> {
    return new Promise((held) => {
      let open = () => {}
      this.#gate = new Promise((resolve) => {
        open = resolve
      })
      const letGo = () => {
        this.#gate = undefined
        open()
      }
      if (this.#open) this.#closed = () => held(letGo)
      else held(letGo)
    })
  }

  readonly #connectionOf = (queued: QueuedUnit): Unit => {
    const connection: UnitConnection = {
      dialect: 'sqlite',
      retry: (reason) => {
        throw new Error(`${queued.label}: ${reason}, though units run one at a time`)
      },
      run: (sql, parameters, writes) => this.#run(queued, sql, parameters, writes),
    }
    return {
      db: new Db(sqliteDialect, this.#executor, connection),
      undo: async () => {
        queued.mustBeRunning()
        this.#undo(queued)
      },
      seal: () => {
        queued.sealed = queued.savepoint
        queued.inner = false
      },
    }
  }

  async #drain(): Promise<void> {
    if (this.#draining) return
    this.#draining = true
    for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) {
      if (next === commit_mark) this.#commit()
      else {
        if (!this.#open && this.#gate) await this.#gate
        await this.#runUnit(next)
      }
    }
    this.#draining = false
  }

  async #runUnit(queued: QueuedUnit): Promise<void> {
    this.#watch()
    if (!this.#open && !this.#begin(queued)) return
    try {
      this.#current = queued
      this.#stalls.watch()
      await queued.perform()
      if (queued.error !== undefined) throw queued.error
      if (queued.savepoint) this.#statements.run('release unit')
      this.#held.push(queued)
    } catch (error) {
      this.#takeBack(queued)
      queued.refuse(error)
    } finally {
      queued.over = true
      this.#current = undefined
    }
  }

  /** When the turn ends, the commit takes its place in the queue. */
  #watch(): void {
    if (this.#watching) return
    this.#watching = true
    setImmediate(() => {
      this.#watching = false
      this.#queue.push(commit_mark)
      void this.#drain()
    })
  }

  /** Another program's lock was waited for by all who are in the queue: they need not wait again, one by one. */
  #begin(first: QueuedUnit): boolean {
    try {
      this.#statements.run('begin immediate')
      this.#open = true
    } catch (error) {
      for (const queued of [first, ...this.#queue.splice(0)]) {
        if (queued !== commit_mark) queued.refuse(error)
      }
    }
    return this.#open
  }

  #commit(): void {
    if (!this.#open) return
    try {
      this.#statements.run('commit')
    } catch (error) {
      this.#lose(error)
      return
    }
    this.#end()
    for (const queued of this.#held.splice(0)) queued.answer()
  }

  #run(
    queued: QueuedUnit,
    sql: string,
    parameters: readonly unknown[],
    writes: boolean,
  ): RunResult {
    queued.mustBeRunning()
    try {
      if (writes && !queued.savepoint) {
        this.#statements.run('savepoint unit')
        queued.savepoint = true
      } else if (writes && queued.sealed && !queued.inner) {
        this.#statements.run('savepoint rest')
        queued.inner = true
      }
      const statement = this.#statements.get(sql)
      if (statement.reader) return { rows: statement.all(parameters), changes: 0 }
      return { rows: [], changes: statement.run(parameters).changes }
    } catch (error) {
      // A full disk or the like makes SQLite roll back everything by itself.
      if (!this.#sqlite.inTransaction) this.#lose(error)
      throw error
    }
  }

  #takeBack(queued: QueuedUnit): void {
    queued.sealed = false
    try {
      this.#undo(queued)
    } catch (error) {
      this.#lose(error)
    }
  }

  #undo(queued: QueuedUnit): void {
    if (queued.sealed) {
      if (queued.inner) this.#statements.run('rollback to rest')
      return
    }
    if (!queued.savepoint) return
    queued.savepoint = false
    queued.inner = false
    this.#statements.run('rollback to unit')
    this.#statements.run('release unit')
  }

  /** The transaction is gone, and with it every unit that wrote to it. */
  #lose(error: unknown): void {
    this.#end()
    if (this.#current) {
      this.#current.savepoint = false
      this.#current.error ??= error
    }
    for (const queued of this.#held.splice(0)) queued.refuse(error)
    try {
      if (this.#sqlite.inTransaction) this.#statements.run('rollback')
    } catch {
      // The next `begin` fails and says why.
    }
  }

  #end(): void {
    this.#open = false
    this.#closed?.()
    this.#closed = undefined
  }
}

const commit_mark = Symbol('commit')

/** Statements by their text, prepared once. */
class Statements {
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
