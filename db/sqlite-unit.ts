import type { Ledger } from './ledger.ts'
import type { TableName } from './schema.ts'
import type { DialectName, Statement } from './statement.ts'
import { announcement } from './topic.ts'
import { Db, type RunResult, type Unit } from './unit.ts'
import type { UnitQueue } from './unit-queue.ts'

/** Where a unit began, or was sealed: so many rows and counts of it and of those before it were waiting then. */
export interface Mark {
  rows: number
  changes: number
}

/** One unit while it runs. What it may need to take back is kept here; the queue does it. */
export class SqliteUnit extends Db implements Unit {
  readonly dialect: DialectName = 'sqlite'
  readonly ledger: Ledger
  readonly label: string
  readonly #queue: UnitQueue
  readonly base: Mark
  mark: Mark
  /** Opened by the first statement whose effect cannot be held back; after a seal, a second one inside it. */
  savepoint = false
  inner = false
  sealed = false
  over = false
  /** The transaction was lost while it ran. */
  error: unknown
  /** What it announces, and how much of that is sealed. */
  readonly announced: string[] = []
  sealedAnnouncements = 0
  /** Tables that it wrote to and of which answers are remembered. */
  readonly forgotten = new Set<TableName>()

  constructor(queue: UnitQueue, label: string, ledger: Ledger, base: Mark) {
    super()
    this.#queue = queue
    this.label = label
    this.ledger = ledger
    this.base = base
    this.mark = { ...base }
  }

  get db(): Db {
    return this
  }

  run(statement: Statement, values: readonly unknown[]): RunResult {
    this.mustBeRunning()
    return this.#queue.run(this, statement, values)
  }

  tell(statement: Statement, values: readonly unknown[]): void {
    this.run(statement, values)
  }

  insert(table: TableName, insertion: Statement, values: readonly unknown[]): void {
    this.mustBeRunning()
    this.#queue.insert(this, { table, insertion, values })
  }

  announce(epoch: number, topic: string): void {
    this.mustBeRunning()
    this.announced.push(announcement(epoch, topic))
  }

  retry(reason: string): never {
    throw new Error(`${this.label}: ${reason}, though units run one at a time`)
  }

  readonly undo = (): void => {
    this.mustBeRunning()
    this.#queue.undo(this)
    this.announced.length = this.sealedAnnouncements
  }

  readonly seal = (): void => {
    this.mustBeRunning()
    this.#queue.seal(this)
    this.sealedAnnouncements = this.announced.length
  }

  mustBeRunning(): void {
    if (this.error !== undefined) throw this.error
    if (this.over) throw new Error(`${this.label}: its unit is over`)
  }
}
