import { sweepEpoch } from '../../db/epoch.ts'
import { deleteExpired, portion_rows } from '../../db/expiry.ts'
import { deleteSnapshots } from '../../db/snapshot.ts'
import {
  deleteEpoch,
  deleteWorld,
  endEpoch,
  listEndedEpochs,
  listIdleWorlds,
  listWorldsAfter,
  sweepClaims,
} from '../../db/world.ts'
import { after, nextTurn } from '../world/clock.ts'
import { asWorld, touch_ms } from '../world/world.ts'
import type { Engine } from './engine.ts'

const look_ms = 1000
/** What one unit deletes: it takes a few milliseconds. */
const sweep_portion = { rows_max: 100, bytes_max: 512 * 1024 }
/** Worlds in which each look sweeps what has expired; the next one takes those after them. */
const expiry_worlds = 10
/** Worlds that end in one unit. */
const end_worlds = 10
/** An ended epoch is swept once no unit that began before its end can still write to it. */
const sweep_after_ms = 60_000

/** What must be done now and then so that nothing grows without end. */
export class Maintenance {
  readonly #engine: Engine
  #cancel: (() => void) | undefined
  #running: Promise<void> | undefined
  #closed = false
  /** The last world in which nothing that has expired is left. */
  #swept = ''

  constructor(engine: Engine) {
    this.#engine = engine
  }

  start(): void {
    if (this.#closed) return
    this.#cancel = after(look_ms, () => {
      this.#running = this.#round()
        .catch((error) => {
          const { log, outages } = this.#engine
          if (!outages.note(error)) log('error', 'maintenance.failed', { error: String(error) })
        })
        .finally(() => this.start())
    })
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#cancel?.()
    await this.#running
  }

  async #round(): Promise<void> {
    if (this.#engine.journal.isDue) await this.#engine.journal.trim()
    // Each process has counted what it has written; all else one does for all.
    if (!this.#engine.store.leads) return
    await endIdleWorlds(this.#engine)
    for (const task of this.#engine.maintenanceTasks) await task(this.#engine)
    await this.#sweepExpired()
    await this.#sweep()
  }

  async #sweepExpired(): Promise<void> {
    for (let isMore = true; isMore && !this.#closed; await nextTurn()) {
      const { reached, isFull } = await sweepExpired(this.#engine, this.#swept)
      this.#swept = reached
      isMore = isFull
    }
  }

  async #sweep(): Promise<void> {
    const { store, realNow } = this.#engine
    const before = realNow() - sweep_after_ms
    const ended = await store.unit('epoch.list_ended', ({ db }) => listEndedEpochs(db, before))
    for (const { epoch } of ended) await sweepWholeEpoch(this.#engine, epoch, () => this.#closed)
  }
}

/**
 * Deletes what has expired in some worlds after one of them, in one unit, which ends with a full portion. `reached`: the
 * last world in which nothing is left; empty: one begins anew.
 */
export function sweepExpired(
  engine: Engine,
  after: string,
): Promise<{ reached: string; isFull: boolean }> {
  const real = engine.realNow()
  const machine = engine.machineNow()
  return engine.store.unit('expired.sweep', ({ db }) => {
    const rows = listWorldsAfter(db, after, expiry_worlds)
    let reached = after
    let deleted = 0
    for (const row of rows) {
      const now = { world: asWorld(row, real).now, real, machine }
      deleted += deleteExpired(db, row, now)
      if (deleted >= portion_rows) return { reached, isFull: true }
      reached = row.world
    }
    return { reached: rows.length < expiry_worlds ? '' : reached, isFull: false }
  })
}

/** Deletes an ended epoch's rows, a few at a time, until one walk through all tables has found none; then what its world claimed. */
export async function sweepWholeEpoch(
  engine: Engine,
  epoch: number,
  isClosed: () => boolean = () => false,
): Promise<void> {
  engine.journal.forget(epoch)
  let walk = { from: 0, rows: 0 }
  while (!isClosed()) {
    const { from, rows } = walk
    const swept = await engine.store.unit('epoch.sweep', ({ db }) => {
      const step = sweepEpoch(db, { epoch, from }, sweep_portion)
      if (rows + step.rows > 0 || step.stopped !== undefined) return step
      const claims = sweepClaims(db, epoch, sweep_portion.rows_max)
      if (claims === 0) deleteEpoch(db, epoch)
      return { ...step, rows: claims }
    })
    if (rows + swept.rows === 0 && swept.stopped === undefined) return
    walk =
      swept.stopped === undefined
        ? { from: 0, rows: 0 }
        : { from: swept.stopped, rows: rows + swept.rows }
    await nextTurn()
  }
}

/** Ends the worlds that nobody has called for longer than their idle time, a few at a time. */
export async function endIdleWorlds(engine: Engine): Promise<void> {
  const real = engine.realNow()
  for (;;) {
    const ended = await engine.store.unit('world.end_idle', ({ db }) => {
      const idle = listIdleWorlds(db, real - touch_ms, end_worlds)
      for (const { world, epoch } of idle) {
        endEpoch(db, epoch, real)
        deleteSnapshots(db, world, real)
        deleteWorld(db, world)
      }
      return idle
    })
    for (const { world } of ended) engine.log('info', 'world.idle_ended', { world })
    if (ended.length < end_worlds) return
    await nextTurn()
  }
}
