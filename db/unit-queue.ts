import type Sqlite from 'better-sqlite3'
import type { Aftermath } from './aftermath.ts'
import { namedOutage } from './outage.ts'
import { busy_ms_max, isBusy } from './sqlite-file.ts'
import { SqliteTransaction } from './sqlite-transaction.ts'
import { SqliteUnit } from './sqlite-unit.ts'
import type { Statement } from './statement.ts'
import type { Announcement } from './topic.ts'
import { isThenable, type Listener, type RunResult, type RunUnit, type Unit } from './unit.ts'

/** How often another program's lock is looked at again. */
const lock_look_ms = 20

/** A unit on its way: what it does, and whom it answers when it is durable. */
interface Queued {
  readonly label: string
  readonly work: (unit: Unit) => unknown
  /** Whether it may change what is kept still for others. */
  readonly isAmongStill: boolean
  /** What it came to, and what follows once that is durable. */
  value: unknown
  after: Aftermath | undefined
  readonly resolve: (value: never) => void
  readonly refuse: (error: unknown) => void
}

/**
 * SQLite's unit of work. Units run one at a time, each from beginning to end at once; all units of one turn of the event loop
 * share a commit.
 */
export class UnitQueue {
  readonly #transaction: SqliteTransaction
  /** Those that cannot begin yet. */
  readonly #queue: Queued[] = []
  /** Units that ended well and wait for the commit. */
  readonly #held: Queued[] = []
  /** Units whose transaction has gone, perhaps through no fault of theirs. */
  readonly #lost: Queued[] = []
  /** Epochs that nobody changes now, with those who would. */
  readonly #still = new Map<number, { keepers: number; readonly waiting: Queued[] }>()
  #current: SqliteUnit | undefined
  #isAlone = false
  #isCommitDue = false
  /** While somebody holds the queue, or another program the file. */
  #isHeld = false
  #isLocked = false
  #closed: (() => void) | undefined
  /** Hears what was announced, when it is durable. */
  listener: Listener = () => {}

  constructor(sqlite: Sqlite.Database) {
    this.#transaction = new SqliteTransaction(sqlite)
  }

  unit<T>(label: string, work: (unit: Unit) => T, isAmongStill = false): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const refuse = (error: unknown) => reject(namedOutage(error))
      this.#queue.push({
        label,
        work,
        isAmongStill,
        value: undefined,
        after: undefined,
        resolve,
        refuse,
      })
      this.#drain()
    })
  }

  /**
   * Meanwhile a unit that would change rows of an epoch is taken back, and waits until it is let go: then it is run from its
   * beginning. Units that are lent, and those of other epochs, pass.
   */
  async still<T>(epoch: number, work: (unit: RunUnit) => Promise<T>): Promise<T> {
    const still = this.#still.get(epoch) ?? { keepers: 0, waiting: [] }
    this.#still.set(epoch, still)
    still.keepers++
    try {
      return await work((label, some) => this.unit(label, some, true))
    } finally {
      still.keepers--
      if (still.keepers === 0) {
        this.#still.delete(epoch)
        this.#queue.unshift(...still.waiting)
        this.#drain()
      }
    }
  }

  /** No unit begins any more. */
  close(): void {
    this.#transaction.close()
  }

  get isClosed(): boolean {
    return this.#transaction.isClosed
  }

  isStill(epoch: number): boolean {
    return this.#still.has(epoch)
  }

  /** Keeps units from beginning a transaction. Resolves when none is open, with how to let go. */
  hold(): Promise<() => void> {
    return new Promise((held) => {
      this.#isHeld = true
      const letGo = () => {
        this.#isHeld = false
        this.#drain()
      }
      if (this.#transaction.isOpen) this.#closed = () => held(letGo)
      else held(letGo)
    })
  }

  /** Runs a statement of a unit. */
  run(unit: SqliteUnit, statement: Statement, values: readonly unknown[]): RunResult {
    try {
      return this.#transaction.run(unit, statement, values)
    } catch (error) {
      if (this.#transaction.isLost) this.#lose(error)
      throw error
    }
  }

  #drain(): void {
    if (this.#current) return
    for (let next = this.#queue[0]; next; next = this.#queue[0]) {
      if (!this.#transaction.isOpen && !this.#begin()) return
      this.#queue.shift()
      this.#perform(next)
      if (this.#lost.length > 0) this.#redo()
    }
  }

  #begin(): boolean {
    if (this.#isHeld || this.#isLocked) return false
    try {
      this.#transaction.begin()
      return true
    } catch (error) {
      if (isBusy(error)) this.#waitForLock(busy_ms_max)
      else this.#refuseAll(error)
      return false
    }
  }

  /** All who are in the queue wait for another program together, and stop nobody else. */
  #waitForLock(left_ms: number): void {
    this.#isLocked = true
    setTimeout(() => {
      this.#isLocked = false
      try {
        this.#transaction.begin()
        this.#planCommit()
        this.#drain()
      } catch (error) {
        if (isBusy(error) && left_ms > lock_look_ms) this.#waitForLock(left_ms - lock_look_ms)
        else this.#refuseAll(error)
      }
    }, lock_look_ms)
  }

  #refuseAll(error: unknown): void {
    for (const queued of this.#queue.splice(0)) queued.refuse(error)
  }

  #perform(queued: Queued): void {
    this.#planCommit()
    const transaction = this.#transaction
    const still = queued.isAmongStill || this.#still.size === 0 ? undefined : this.#still
    const unit = new SqliteUnit(this, transaction, queued.label, still)
    try {
      this.#current = unit
      const value = queued.work(unit)
      if (isThenable(value)) throw new Error(`${queued.label} waits: a unit ends where it began`)
      if (unit.error !== undefined) throw unit.error
      transaction.keep(unit)
      queued.value = value
      queued.after = unit.after
      this.#held.push(queued)
    } catch (error) {
      const still = unit.metStill === undefined ? undefined : this.#still.get(unit.metStill)
      if (still) {
        this.#takeBack(unit)
        still.waiting.push(queued)
        return
      }
      if (unit.error === undefined) this.#takeBack(unit)
      // Perhaps a row of another unit could not be written, when this one only looked.
      if (unit.error !== undefined && !this.#isAlone) this.#lost.push(queued)
      else queued.refuse(error)
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
    if (!this.#transaction.isOpen) return
    try {
      this.#transaction.commit()
    } catch (error) {
      this.#lose(error)
      this.#redo()
      return
    }
    this.#end()
    const held = this.#held.splice(0)
    const announced: Announcement[] = []
    for (const { after, resolve, value } of held) {
      after?.happen()
      if (after) announced.push(...after.announced)
      resolve(value as never)
    }
    if (announced.length > 0) this.listener(announced)
  }

  /** What was lost because of somebody else runs once more, each with a commit of its own. */
  #redo(): void {
    for (const queued of this.#lost.splice(0)) {
      try {
        this.#isAlone = true
        this.#transaction.begin()
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
    try {
      this.#transaction.takeBack(unit)
    } catch (error) {
      this.#lose(error)
    }
  }

  /** The transaction is gone, and with it what every unit of it has done. */
  #lose(error: unknown): void {
    if (this.#current) this.#current.error ??= error
    const held = this.#held.splice(0)
    if (this.#isAlone) for (const queued of held) queued.refuse(error)
    else this.#lost.push(...held)
    this.#transaction.rollBack()
    this.#end()
  }

  #end(): void {
    this.#closed?.()
    this.#closed = undefined
  }
}
