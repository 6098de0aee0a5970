import type Sqlite from 'better-sqlite3'
import { Ledger } from './ledger.ts'
import { Memo } from './memo.ts'
import { type PendingRow, PendingRows } from './pending-rows.ts'
import { Prepared } from './prepared.ts'
import { busy_ms_max, isBusy } from './sqlite-file.ts'
import { SqliteUnit } from './sqlite-unit.ts'
import type { Statement } from './statement.ts'
import { isThenable, type Listener, type RunResult, type Unit } from './unit.ts'

/** How often another program's lock is looked at again. */
const lock_look_ms = 20

/** A unit on its way: what it does, and whom it answers when it is durable. */
interface Queued {
  readonly label: string
  readonly work: (unit: Unit) => unknown
  answer: () => void
  announced: readonly string[]
  readonly resolve: (value: never) => void
  readonly refuse: (error: unknown) => void
}

/**
 * SQLite's unit of work. Units run one at a time, each from beginning to end at once; all units of one turn of the event loop
 * share a commit. New rows and counts wait in memory until then, unless somebody asks for them before.
 */
export class UnitQueue {
  readonly #sqlite: Sqlite.Database
  readonly #prepared: Prepared
  readonly #pending: PendingRows
  readonly #ledger: Ledger
  readonly #memo = new Memo()
  /** Those that cannot begin yet. */
  readonly #queue: Queued[] = []
  /** Units that ended well and wait for the commit. */
  readonly #held: Queued[] = []
  /** Units whose transaction has gone, through no fault of theirs or perhaps through theirs. */
  readonly #lost: Queued[] = []
  #isAlone = false
  #current: SqliteUnit | undefined
  #isOpen = false
  #isCommitDue = false
  /** While somebody holds the queue, or another program the file. */
  #isHeld = false
  #isLocked = false
  #closed: (() => void) | undefined
  /** Hears what was announced, when it is durable. */
  listener: Listener = () => {}

  constructor(sqlite: Sqlite.Database) {
    this.#sqlite = sqlite
    this.#prepared = new Prepared(sqlite)
    this.#pending = new PendingRows(this.#prepared)
    this.#ledger = new Ledger(this.#prepared)
  }

  unit<T>(label: string, work: (unit: Unit) => T): Promise<T> {
    return new Promise<T>((resolve, refuse) => {
      this.#queue.push({ label, work, resolve, refuse, answer: () => {}, announced: [] })
      this.#drain()
    })
  }

  /** Keeps units from beginning a transaction. Resolves when none is open, with how to let go. */
  hold(): Promise<() => void> {
    return new Promise((held) => {
      this.#isHeld = true
      const letGo = () => {
        this.#isHeld = false
        this.#drain()
      }
      if (this.#isOpen) this.#closed = () => held(letGo)
      else held(letGo)
    })
  }

  /** What a unit asks or does by a statement, at once. */
  run(unit: SqliteUnit, statement: Statement, values: readonly unknown[]): RunResult {
    try {
      return statement.writes
        ? this.#write(unit, statement, values)
        : { rows: this.#read(unit, statement, values), changes: 0 }
    } catch (error) {
      // A full disk or the like makes SQLite roll back everything by itself.
      if (this.#isOpen && !this.#sqlite.inTransaction) this.#lose(error)
      throw error
    }
  }

  insert(unit: SqliteUnit, row: PendingRow): void {
    this.#pending.add(row)
    this.#forget(unit, row.insertion)
  }

  undo(unit: SqliteUnit): void {
    this.#pending.cut(unit.mark.rows)
    this.#ledger.undo(unit.mark.changes)
    if (unit.inner) this.#rollBack('rollback to rest')
    else if (unit.savepoint && !unit.sealed) {
      this.#rollBack('rollback to unit')
      this.#prepared.run('release unit')
      unit.savepoint = false
    }
    this.#memo.forget([...unit.forgotten])
  }

  seal(unit: SqliteUnit): void {
    if (unit.inner) this.#prepared.run('release rest')
    unit.inner = false
    unit.sealed = true
    unit.mark = { rows: this.#pending.length, changes: this.#ledger.length }
  }

  #read(unit: SqliteUnit, statement: Statement, values: readonly unknown[]): unknown[] {
    const known = statement.remembered ? this.#memo.find(statement, values) : undefined
    if (known) return known
    this.#show(unit, statement)
    const prepared = this.#prepared.get(statement.sql)
    if (!prepared.reader) {
      prepared.run(values)
      return []
    }
    const rows = prepared.all(values)
    if (statement.remembered) this.#memo.keep(statement, values, rows)
    return rows
  }

  #write(unit: SqliteUnit, statement: Statement, values: readonly unknown[]): RunResult {
    this.#openSavepoint(unit)
    this.#show(unit, statement)
    this.#forget(unit, statement)
    const prepared = this.#prepared.get(statement.sql)
    const result = prepared.reader
      ? { rows: prepared.all(values), changes: 0 }
      : { rows: [], changes: prepared.run(values).changes }
    if (this.#ledger.concerns(statement.tables)) this.#ledger.forget()
    return result
  }

  /** Writes what a statement must see, of this unit and of those before it. */
  #show(unit: SqliteUnit, { tables }: Statement): void {
    if (this.#ledger.concerns(tables)) this.#ledger.write()
    if (!this.#pending.has(tables)) return
    if (this.#pending.length > unit.mark.rows) this.#openSavepoint(unit)
    this.#flush(unit, this.#pending.length)
  }

  #forget(unit: SqliteUnit, { tables }: Statement): void {
    if (!this.#memo.forget(tables)) return
    for (const table of tables ?? this.#memo.tables) unit.forgotten.add(table)
  }

  /** What was written before it stays when it is rolled back: first of all what waits from before. */
  #openSavepoint(unit: SqliteUnit): void {
    if (!unit.savepoint) {
      this.#flush(unit, unit.base.rows)
      this.#prepared.run('savepoint unit')
      unit.savepoint = true
    }
    if (!unit.sealed || unit.inner) return
    this.#flush(unit, unit.mark.rows)
    this.#prepared.run('savepoint rest')
    unit.inner = true
  }

  #flush(unit: SqliteUnit, length: number): void {
    this.#pending.flush(length)
    unit.base.rows = Math.max(0, unit.base.rows - length)
    unit.mark.rows = Math.max(0, unit.mark.rows - length)
  }

  #rollBack(sql: string): void {
    this.#prepared.run(sql)
    this.#ledger.rewrite()
  }

  #drain(): void {
    if (this.#current) return
    for (let next = this.#queue[0]; next; next = this.#queue[0]) {
      if (!this.#isOpen && (this.#isHeld || this.#isLocked || !this.#begin())) return
      this.#queue.shift()
      this.#perform(next)
      if (this.#lost.length > 0) this.#redo()
    }
  }

  #begin(): boolean {
    try {
      this.#prepared.run('begin immediate')
      this.#isOpen = true
      return true
    } catch (error) {
      if (isBusy(error)) this.#waitForLock(busy_ms_max)
      else for (const queued of this.#queue.splice(0)) queued.refuse(error)
      return false
    }
  }

  /** All who are in the queue wait for another program together; nobody else does. */
  #waitForLock(left_ms: number): void {
    this.#isLocked = true
    setTimeout(() => {
      this.#isLocked = false
      try {
        this.#prepared.run('begin immediate')
        this.#isOpen = true
        this.#drain()
        this.#planCommit()
      } catch (error) {
        if (isBusy(error) && left_ms > lock_look_ms) this.#waitForLock(left_ms - lock_look_ms)
        else for (const queued of this.#queue.splice(0)) queued.refuse(error)
      }
    }, lock_look_ms)
  }

  #perform(queued: Queued): void {
    this.#planCommit()
    const unit = new SqliteUnit(this, queued.label, this.#ledger, {
      rows: this.#pending.length,
      changes: this.#ledger.length,
    })
    try {
      this.#current = unit
      const value = queued.work(unit) as never
      if (isThenable(value)) throw new Error(`${queued.label} waits: a unit ends where it began`)
      if (unit.error !== undefined) throw unit.error
      if (unit.savepoint) this.#prepared.run('release unit')
      queued.answer = () => queued.resolve(value)
      queued.announced = unit.announced
      this.#held.push(queued)
    } catch (error) {
      this.#takeBack(unit)
      queued.refuse(error)
    } finally {
      unit.over = true
      this.#current = undefined
    }
  }

  /** When the turn ends, all that it held is committed. */
  #planCommit(): void {
    if (this.#isCommitDue) return
    this.#isCommitDue = true
    setImmediate(() => {
      this.#isCommitDue = false
      this.#commit()
      this.#drain()
    })
  }

  #commit(): void {
    if (!this.#isOpen) return
    try {
      this.#pending.flush()
      this.#ledger.write()
      this.#prepared.run('commit')
    } catch (error) {
      this.#lose(error)
      this.#redo()
      return
    }
    this.#ledger.committed()
    this.#end()
    const held = this.#held.splice(0)
    for (const queued of held) queued.answer()
    const announced = held.flatMap((queued) => queued.announced)
    if (announced.length > 0) this.listener(announced)
  }

  /** What was lost because of somebody else runs once more, each with a commit of its own. */
  #redo(): void {
    for (const queued of this.#lost.splice(0)) {
      try {
        this.#isAlone = true
        this.#prepared.run('begin immediate')
        this.#isOpen = true
        this.#perform(queued)
        this.#commit()
      } catch (error) {
        queued.refuse(error)
      } finally {
        this.#isAlone = false
      }
    }
  }

  #takeBack(unit: SqliteUnit): void {
    this.#pending.cut(unit.base.rows)
    this.#ledger.undo(unit.base.changes)
    this.#memo.forget([...unit.forgotten])
    if (!unit.savepoint || unit.error !== undefined) return
    try {
      this.#rollBack('rollback to unit')
      this.#prepared.run('release unit')
    } catch (error) {
      this.#lose(error)
    }
  }

  /** The transaction is gone, and with it what every unit of it has done. */
  #lose(error: unknown): void {
    this.#end()
    this.#pending.cut(0)
    this.#ledger.lost()
    this.#memo.forget(undefined)
    if (this.#current) this.#current.error ??= error
    const held = this.#held.splice(0)
    if (this.#isAlone) for (const queued of held) queued.refuse(error)
    else this.#lost.push(...held)
    try {
      if (this.#sqlite.inTransaction) this.#prepared.run('rollback')
    } catch {
      // The next `begin` fails and says why.
    }
  }

  #end(): void {
    this.#isOpen = false
    this.#closed?.()
    this.#closed = undefined
  }
}
