import {
  deleteExchanges,
  insertExchange,
  listExchangeSizes,
  type NewExchange,
  sumExchanges,
} from '../../db/exchange.ts'
import { deleteSubjectsOfTraces, insertExchangeSubject } from '../../db/exchange-subject.ts'
import type { Db, Store } from '../../db/unit.ts'
import { addDropped } from '../../db/world.ts'
import type { Call } from '../core/call.ts'
import type { Journal } from '../core/engine.ts'
import type { Answer } from '../core/surface.ts'
import { nextTurn } from '../world/clock.ts'
import { exchangeOf, withShortBodies } from './exchange-row.ts'

export interface JournalBounds {
  readonly exchanges_max: number
  readonly bytes_max: number
}

/** Per world: the oldest tenth is dropped above either. */
export const journal_bounds: JournalBounds = {
  exchanges_max: 100_000,
  bytes_max: 256 * 1024 * 1024,
}

/** What one unit counts, and what one drops: it takes a few milliseconds. */
/** So much of its bound may come in before a shared journal is counted anew. */
const recount_share = 0.01
const count_rows = 500
const drop_rows = 100
const drop_bytes = 1024 * 1024

interface Tally {
  readonly world: string
  exchanges: number
  bytes: number
  counted: boolean
  /** Since it was counted, by this process. */
  fresh: number
}

/** Keeps every exchange, up to a bound per world. */
export class BoundedJournal implements Journal {
  readonly #store: Store
  readonly #bounds: JournalBounds
  readonly #tallies = new Map<number, Tally>()
  #trimming: Promise<void> | undefined

  constructor(store: Store, bounds: JournalBounds) {
    this.#store = store
    this.#bounds = bounds
  }

  record(call: Call, answer: Answer, trace: string): void {
    this.append(call.db, call.world.world, exchangeOf(call, answer, trace))
    if (call.subjects.size > 0) this.keepSubjects(call, trace)
  }

  keepSubjects({ db, world, subjects, message }: Call, trace: string): void {
    const row = { epoch: world.epoch, trace, message: message ?? null }
    for (const subject of subjects) insertExchangeSubject(db, { ...row, subject })
  }

  append(db: Db, world: string, row: NewExchange): void {
    const bytes = insertExchange(db, withShortBodies(row))
    db.afterCommit(() => this.#tally(row.epoch, world, bytes))
  }

  #tally(epoch: number, world: string, bytes: number): void {
    let tally = this.#tallies.get(epoch)
    if (!tally) {
      tally = { world, exchanges: 0, bytes: 0, counted: false, fresh: 0 }
      this.#tallies.set(epoch, tally)
    }
    tally.exchanges++
    tally.fresh++
    tally.bytes += bytes
  }

  /** Whether some world has outgrown its bound, or was not counted yet. */
  get isDue(): boolean {
    for (const tally of this.#tallies.values()) {
      if (this.#isUncounted(tally) || this.#isOver(tally)) return true
    }
    return false
  }

  /** Drops what is over the bounds, in small units. One at a time. */
  trim(): Promise<void> {
    this.#trimming ??= this.#trimAll().finally(() => {
      this.#trimming = undefined
    })
    return this.#trimming
  }

  #isOver(tally: Tally): boolean {
    return tally.exchanges > this.#bounds.exchanges_max || tally.bytes > this.#bounds.bytes_max
  }

  async #trimAll(): Promise<void> {
    for (const [epoch, tally] of [...this.#tallies]) {
      if (this.#isUncounted(tally)) await this.#count(epoch, tally)
      if (this.#isOver(tally)) await this.#dropTenth(epoch, tally)
    }
  }

  /** Where others write too, what they have written is counted when this process has written some. */
  #isUncounted({ counted, fresh }: Tally): boolean {
    const isShared = this.#store.dialect === 'postgres'
    return !counted || (isShared && fresh >= this.#bounds.exchanges_max * recount_share)
  }

  /** What stands in the journal: what was there before this process began to count, and what others have written. */
  async #count(epoch: number, tally: Tally): Promise<void> {
    tally.counted = true
    tally.fresh = 0
    let exchanges = 0
    let bytes = 0
    let after = 0
    for (let isLast = false; !isLast; await nextTurn()) {
      const at = { epoch, after, limit: count_rows }
      const page = await this.#store.unit('journal.count', ({ db }) => sumExchanges(db, at))
      exchanges += page.exchanges
      bytes += page.bytes
      after = page.last ?? after
      isLast = page.exchanges < count_rows
    }
    // What came in meanwhile may not have been counted: near enough for a bound.
    tally.exchanges = exchanges
    tally.bytes = bytes
  }

  async #dropTenth(epoch: number, tally: Tally): Promise<void> {
    const exchanges_goal = Math.floor(this.#bounds.exchanges_max * 0.9)
    const bytes_goal = Math.floor(this.#bounds.bytes_max * 0.9)
    while (tally.exchanges > exchanges_goal || tally.bytes > bytes_goal) {
      // Drawn before the unit: calls count on while it is run, and run again.
      const over = {
        rows: Math.max(0, tally.exchanges - exchanges_goal),
        bytes: Math.max(0, tally.bytes - bytes_goal),
      }
      const dropped = await this.#store.unit('journal.trim', ({ db }) => {
        const rows = firstOver(listExchangeSizes(db, { epoch, limit: drop_rows }), over)
        const last = rows.at(-1)
        if (!last) return rows
        const deleted = deleteExchanges(db, epoch, last.seq)
        const traces = [...new Set(rows.map(({ trace }) => trace))]
        deleteSubjectsOfTraces(db, { epoch, traces })
        addDropped(db, { world: tally.world, epoch }, deleted)
        return rows
      })
      if (dropped.length === 0) break
      tally.exchanges -= dropped.length
      for (const row of dropped) tally.bytes -= row.bytes
      await nextTurn()
    }
    if (tally.exchanges <= 0) this.#tallies.delete(epoch)
  }

  /** An epoch has ended: its tally is not needed any more. */
  forget(epoch: number): void {
    this.#tallies.delete(epoch)
  }
}

/** As many of the first rows as are over both goals, within what one unit drops; one in any case. */
function firstOver<T extends { readonly bytes: number }>(
  oldest: readonly T[],
  over: { readonly rows: number; readonly bytes: number },
): T[] {
  const rows: T[] = []
  let bytes = 0
  for (const row of oldest) {
    const isEnough = rows.length >= over.rows && bytes >= over.bytes
    if (rows.length > 0 && (isEnough || bytes + row.bytes > drop_bytes)) break
    rows.push(row)
    bytes += row.bytes
  }
  return rows
}
