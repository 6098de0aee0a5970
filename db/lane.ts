import type Sqlite from 'better-sqlite3'
import { sqliteDialect } from './hot.ts'
import { Entry } from './lane-entry.ts'
import { Guard } from './lane-guard.ts'
import { Statements } from './statements.ts'
import { Db, makeExecutor, type RunResult, type Unit, type UnitConnection } from './unit.ts'

/**
 * SQLite's unit of work: units run one at a time, and all units of one turn of the event loop share a commit.
 * A unit awaits nothing but the store, so the turn in which it starts is the turn in which it ends.
 */
export class Lane {
  readonly #sqlite: Sqlite.Database
  readonly #statements: Statements
  readonly #queue: (Entry | typeof commit_entry)[] = []
  readonly #executor = makeExecutor(sqliteDialect)
  /** Units that ended well and wait for the commit. */
  readonly #held: Entry[] = []
  #current: Entry | undefined
  readonly #guard = new Guard(() => this.#current)
  #draining = false
  #watching = false
  #open = false
  /** While somebody holds the lane: opens when they let go. */
  #gate: Promise<void> | undefined
  #closed: (() => void) | undefined

  constructor(sqlite: Sqlite.Database) {
    this.#sqlite = sqlite
    this.#statements = new Statements(sqlite)
  }

  unit<T>(label: string, work: (unit: Unit) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const entry = new Entry(label, this.#connectionOf, (unit) =>
        work(unit).then((value) => () => resolve(value)),
      )
      entry.refuse = reject
      this.#queue.push(entry)
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

  readonly #connectionOf = (entry: Entry): Unit => {
    const connection: UnitConnection = {
      dialect: 'sqlite',
      again: (reason) => {
        throw new Error(`${entry.label}: ${reason}, though units run one at a time`)
      },
      run: (sql, parameters, writes) => this.#run(entry, sql, parameters, writes),
    }
    return {
      db: new Db(sqliteDialect, this.#executor, connection),
      undo: async () => {
        entry.mustBeRunning()
        this.#undo(entry)
      },
      seal: () => {
        entry.sealed = entry.savepoint
        entry.inner = false
      },
    }
  }

  async #drain(): Promise<void> {
    if (this.#draining) return
    this.#draining = true
    for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) {
      if (next === commit_entry) this.#commit()
      else {
        if (!this.#open && this.#gate) await this.#gate
        await this.#runUnit(next)
      }
    }
    this.#draining = false
  }

  async #runUnit(entry: Entry): Promise<void> {
    this.#watch()
    if (!this.#open && !this.#begin(entry)) return
    try {
      this.#current = entry
      this.#guard.watch()
      await entry.perform()
      if (entry.error !== undefined) throw entry.error
      if (entry.savepoint) this.#statements.run('release unit')
      this.#held.push(entry)
    } catch (error) {
      this.#takeBack(entry)
      entry.refuse(error)
    } finally {
      entry.over = true
      this.#current = undefined
    }
  }

  /** When the turn ends, the commit takes its place in the queue. */
  #watch(): void {
    if (this.#watching) return
    this.#watching = true
    setImmediate(() => {
      this.#watching = false
      this.#queue.push(commit_entry)
      void this.#drain()
    })
  }

  /** Another program's lock was waited for by all who are in the queue: they need not wait again, one by one. */
  #begin(first: Entry): boolean {
    try {
      this.#statements.run('begin immediate')
      this.#open = true
    } catch (error) {
      for (const entry of [first, ...this.#queue.splice(0)]) {
        if (entry !== commit_entry) entry.refuse(error)
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
    for (const entry of this.#held.splice(0)) entry.answer()
  }

  #run(entry: Entry, sql: string, parameters: readonly unknown[], writes: boolean): RunResult {
    entry.mustBeRunning()
    try {
      if (writes && !entry.savepoint) {
        this.#statements.run('savepoint unit')
        entry.savepoint = true
      } else if (writes && entry.sealed && !entry.inner) {
        this.#statements.run('savepoint rest')
        entry.inner = true
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

  #takeBack(entry: Entry): void {
    entry.sealed = false
    try {
      this.#undo(entry)
    } catch (error) {
      this.#lose(error)
    }
  }

  #undo(entry: Entry): void {
    if (entry.sealed) {
      if (entry.inner) this.#statements.run('rollback to rest')
      return
    }
    if (!entry.savepoint) return
    entry.savepoint = false
    entry.inner = false
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
    for (const entry of this.#held.splice(0)) entry.refuse(error)
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

const commit_entry = Symbol('commit')
