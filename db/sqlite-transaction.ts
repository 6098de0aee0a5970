import type Sqlite from 'better-sqlite3'
import { LateRows } from './late-rows.ts'
import { Ledger } from './ledger.ts'
import { Memo } from './memo.ts'
import { type PendingRow, PendingRows } from './pending-rows.ts'
import { Prepared } from './prepared.ts'
import type { Mark, SqliteUnit } from './sqlite-unit.ts'
import type { Statement } from './statement.ts'
import type { RunResult } from './unit.ts'

/** So much is known to be written already. */
const done_max = 10_000
/** So many late rows wait: of what comes in after that, several lie on a page. */
const late_max = 8000

/**
 * What the units of one transaction do to a SQLite file. New rows and counts wait in memory until the commit, unless somebody
 * asks for them before; each unit can be taken back by itself.
 */
export class SqliteTransaction {
  readonly #sqlite: Sqlite.Database
  readonly #prepared: Prepared
  readonly #pending: PendingRows
  /** Late rows of this transaction, and those of transactions before it. */
  readonly #fresh: PendingRows
  readonly #late: LateRows
  /** Those of others that were written meanwhile: when that is rolled back, they wait again. */
  #filed: { readonly fresh: PendingRow[]; readonly late: PendingRow[] } = { fresh: [], late: [] }
  readonly ledger: Ledger
  readonly #memo = new Memo()
  /** What was written once and is not needed again. */
  readonly done = new Set<string>()
  isOpen = false
  /** A row that had waited could not be written: whose it was is not known. */
  #isBroken = false

  constructor(sqlite: Sqlite.Database) {
    this.#sqlite = sqlite
    this.#prepared = new Prepared(sqlite)
    this.#pending = new PendingRows(this.#prepared)
    this.#fresh = new PendingRows(this.#prepared)
    this.#late = new LateRows(this.#prepared)
    this.ledger = new Ledger(this.#prepared)
  }

  /** Whoever comes later is refused. */
  close(): void {
    this.#prepared.close()
  }

  get isClosed(): boolean {
    return this.#prepared.isClosed
  }

  begin(): void {
    this.#prepared.run('begin immediate')
    this.isOpen = true
  }

  commit(): void {
    this.#pending.flush()
    if (this.#late.length > late_max)
      this.#filed.late.push(...this.#late.file(this.#late.length - late_max))
    this.ledger.write()
    this.#prepared.run('commit')
    for (const row of this.#fresh.take()) this.#late.add(row)
    this.#filed = { fresh: [], late: [] }
    this.ledger.committed()
    if (this.done.size > done_max) this.done.clear()
    this.isOpen = false
  }

  /** Nothing of it has happened. */
  rollBack(): void {
    this.isOpen = false
    this.#isBroken = false
    this.#pending.cut(0)
    this.#fresh.cut(0)
    this.#filed.fresh.length = 0
    this.#refile()
    this.ledger.lost()
    this.#memo.forget(undefined)
    this.done.clear()
    try {
      if (this.#sqlite.inTransaction) this.#prepared.run('rollback')
    } catch {
      // The next `begin` fails and says why.
    }
  }

  /** Nothing of it can be kept. A full disk or the like makes SQLite roll back everything by itself. */
  get isLost(): boolean {
    return this.isOpen && (this.#isBroken || !this.#sqlite.inTransaction)
  }

  /** So much waits at present. */
  get mark(): Mark {
    const { length: rows } = this.#pending
    return { rows, late: this.#fresh.length, changes: this.ledger.length }
  }

  /** What a unit asks or does by a statement, at once. */
  run(unit: SqliteUnit, statement: Statement, values: readonly unknown[]): RunResult {
    return statement.writes
      ? this.#write(unit, statement, values)
      : { rows: this.#read(unit, statement, values), changes: 0 }
  }

  insert(unit: SqliteUnit, row: PendingRow): void {
    if (row.insertion.late) this.#fresh.add(row)
    else this.#pending.add(row)
    this.#forget(unit, row.insertion)
  }

  /** Takes back what a unit has written since its last seal. */
  undo(unit: SqliteUnit): void {
    this.#pending.cut(unit.mark.rows)
    this.#fresh.cut(unit.mark.late)
    this.ledger.undo(unit.mark.changes)
    if (unit.inner) this.#rollBackTo('rest')
    else if (unit.savepoint && !unit.sealed) this.#endSavepoint(unit)
    unit.base.late = this.#fresh.length
    unit.mark.late = this.#fresh.length
    this.#forgetAll(unit)
  }

  /** Takes back all of it. */
  takeBack(unit: SqliteUnit): void {
    this.#pending.cut(unit.base.rows)
    this.#fresh.cut(unit.base.late)
    this.ledger.undo(unit.base.changes)
    this.#forgetAll(unit)
    if (unit.savepoint) this.#endSavepoint(unit)
  }

  seal(unit: SqliteUnit): void {
    // So that all that are left are of others.
    if (this.#fresh.length > unit.base.late) this.#fileFresh(unit)
    if (unit.inner) this.#prepared.run('release rest')
    unit.inner = false
    unit.sealed = true
    unit.mark = this.mark
  }

  /** The unit has ended well. */
  keep(unit: SqliteUnit): void {
    if (unit.savepoint) this.#prepared.run('release unit')
  }

  #read(unit: SqliteUnit, statement: Statement, values: readonly unknown[]): unknown[] {
    const known = statement.remembered ? this.#memo.find(statement, values) : undefined
    if (known) return known
    this.#show(unit, statement, values)
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
    this.#show(unit, statement, values)
    this.#forget(unit, statement)
    const prepared = this.#prepared.get(statement.sql)
    const result = prepared.reader
      ? { rows: prepared.all(values), changes: 0 }
      : { rows: [], changes: prepared.run(values).changes }
    if (this.ledger.concerns(statement.tables)) this.ledger.forget()
    return result
  }

  /** Writes what a statement must see, of this unit and of those before it. */
  #show(unit: SqliteUnit, { tables, ofOne }: Statement, values: readonly unknown[]): void {
    if (this.ledger.concerns(tables)) this.ledger.write()
    if (this.#late.has(tables)) this.#fileLate(ofOne ? values : undefined)
    if (this.#fresh.has(tables)) this.#fileFresh(unit)
    if (!this.#pending.has(tables)) return
    if (this.#pending.length > unit.mark.rows) this.#openSavepoint(unit)
    this.#flush(unit, this.#pending.length)
  }

  #forget(unit: SqliteUnit, { tables }: Statement): void {
    if (!this.#memo.forget(tables)) return
    unit.forgotten ??= new Set()
    for (const table of tables ?? this.#memo.tables) unit.forgotten.add(table)
  }

  #forgetAll(unit: SqliteUnit): void {
    if (unit.forgotten) this.#memo.forget([...unit.forgotten])
    for (const name of unit.done?.splice(0) ?? []) this.done.delete(name)
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

  #endSavepoint(unit: SqliteUnit): void {
    this.#rollBackTo('unit')
    this.#prepared.run('release unit')
    unit.savepoint = false
  }

  #rollBackTo(savepoint: 'unit' | 'rest'): void {
    this.#prepared.run(`rollback to ${savepoint}`)
    this.#refile()
    this.ledger.rewrite()
  }

  #flush(unit: SqliteUnit, length: number): void {
    this.#writeWaiting(() => this.#pending.flush(length))
    unit.base.rows = Math.max(0, unit.base.rows - length)
    unit.mark.rows = Math.max(0, unit.mark.rows - length)
  }

  #fileLate(of?: readonly unknown[]): void {
    this.#writeWaiting(() => {
      this.#filed.late.push(...(of ? this.#late.fileOf(of) : this.#late.file()))
    })
  }

  #writeWaiting(write: () => void): void {
    try {
      write()
    } catch (error) {
      this.#isBroken = true
      throw error
    }
  }

  #fileFresh(unit: SqliteUnit): void {
    this.#filed.fresh.push(...this.#fresh.rows.slice(0, unit.mark.late))
    if (this.#fresh.length > unit.mark.late) this.#openSavepoint(unit)
    this.#writeWaiting(() => this.#fresh.flush())
    unit.base.late = 0
    unit.mark.late = 0
  }

  /** What was filed may be there no longer: to write it twice is no harm. */
  #refile(): void {
    for (const row of this.#filed.late.splice(0)) this.#late.add(row)
    for (const row of this.#filed.fresh.splice(0)) this.#fresh.add(row)
  }
}
