import { Aftermath } from './aftermath.ts'
import type { TableName } from './schema.ts'
import type { SqliteTransaction } from './sqlite-transaction.ts'
import { type DialectName, epochOf, type Statement } from './statement.ts'
import { tables } from './tables.ts'
import type { Topic } from './topic.ts'
import { type Counts, Db, type RunResult, type Unit } from './unit.ts'
import type { UnitQueue } from './unit-queue.ts'

/** Where a unit began, or was sealed: so many rows and counts of it and of those before it were waiting then. */
export interface Mark {
  rows: number
  late: number
  changes: number
}

/** One unit while it runs. What it may need to take back is kept here; the queue does it. */
export class SqliteUnit extends Db implements Unit {
  readonly dialect: DialectName = 'sqlite'
  readonly ledger: Counts
  readonly label: string
  readonly #queue: UnitQueue
  readonly #transaction: SqliteTransaction
  readonly base: Mark
  mark: Mark
  /** Opened by the first statement whose effect cannot be held back; after a seal, a second one inside it. */
  savepoint = false
  inner = false
  sealed = false
  over = false
  /** The transaction was lost while it ran. */
  error: unknown
  /** Tables that it wrote to and of which answers are remembered. */
  forgotten: Set<TableName> | undefined
  readonly after = new Aftermath()
  /** What it was the first to write. */
  done: string[] | undefined
  /** Epochs that it must not change; undefined: there are none. */
  readonly #still: ReadonlyMap<number, unknown> | undefined
  /** The one of them that it would have changed. */
  metStill: number | undefined

  constructor(
    queue: UnitQueue,
    transaction: SqliteTransaction,
    label: string,
    still: ReadonlyMap<number, unknown> | undefined,
  ) {
    super()
    this.#queue = queue
    this.#transaction = transaction
    this.label = label
    this.#still = still
    this.ledger = still ? this.#watched(transaction.ledger) : transaction.ledger
    this.base = transaction.mark
    this.mark = transaction.mark
  }

  get db(): Db {
    return this
  }

  run(statement: Statement, values: readonly unknown[]): RunResult {
    this.mustBeRunning()
    if (this.#still && statement.writes) this.#leaveStill(epochOf(statement, values))
    return this.#queue.run(this, statement, values)
  }

  tell(statement: Statement, values: readonly unknown[]): void {
    this.run(statement, values)
  }

  foresee(): void {
    // Nothing is nearer than one's own file.
  }

  insert(table: TableName, insertion: Statement, values: readonly unknown[]): void {
    this.mustBeRunning()
    if (this.#still && tables[table].isOfEpoch) this.#leaveStill(epochOf(insertion, values))
    this.#transaction.insert(this, { table, insertion, values })
  }

  once(name: string, write: () => void): void {
    this.mustBeRunning()
    if (this.#transaction.done.has(name)) return
    write()
    this.#transaction.done.add(name)
    this.done ??= []
    this.done.push(name)
  }

  recall<T>(_name: readonly unknown[], look: () => T): T {
    return look()
  }

  afterCommit(effect: () => void): void {
    this.mustBeRunning()
    this.after.add(effect)
  }

  announce(epoch: number, topic: Topic): void {
    this.mustBeRunning()
    this.after.announce(epoch, topic)
  }

  retry(reason: string): never {
    throw new Error(`${this.label}: ${reason}, though units run one at a time`)
  }

  readonly undo = (): void => {
    this.mustBeRunning()
    this.#transaction.undo(this)
    this.after.undo()
  }

  readonly seal = (): void => {
    this.mustBeRunning()
    this.#transaction.seal(this)
    this.after.seal()
  }

  /** Ends the unit's run when it would change an epoch that is kept still. */
  #leaveStill(epoch: unknown): void {
    if (typeof epoch !== 'number' || !this.#still?.has(epoch)) return
    this.metStill = epoch
    this.error = new Error(`${this.label} waits for the epoch ${epoch}`)
    throw this.error
  }

  #watched(ledger: Counts): Counts {
    return {
      find: (table, key) => ledger.find(table, key),
      draw: (epoch, last) => ledger.draw(epoch, last),
      set: (table, key, row) => {
        this.#leaveStill(key[0])
        ledger.set(table, key, row)
      },
    }
  }

  mustBeRunning(): void {
    if (this.error !== undefined) throw this.error
    if (this.over) throw new Error(`${this.label}: its unit is over`)
  }
}
