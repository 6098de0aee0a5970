import { sweepEpoch } from '../../db/epoch.ts'
import { deleteEpoch, deleteWorld, endEpoch, listEndedEpochs, listWorlds } from '../../db/world.ts'
import { after } from '../world/clock.ts'
import { idleEnd } from '../world/world.ts'
import type { Engine } from './engine.ts'

const look_ms = 1000
const sweep_rows = 200
/** An ended epoch is swept once no unit that began before its end can still write to it. */
const sweep_after_ms = 60_000

/** What must be done now and then so that nothing grows without end. */
export class Maintenance {
  readonly #engine: Engine
  #cancel: (() => void) | undefined
  #running: Promise<void> | undefined
  #closed = false

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
    await this.#sweep()
  }

  async #sweep(): Promise<void> {
    const { store, realNow } = this.#engine
    const before = realNow() - sweep_after_ms
    const ended = await store.unit('epoch.list_ended', ({ db }) => listEndedEpochs(db, before))
    for (const { epoch } of ended) await sweepWholeEpoch(this.#engine, epoch, () => this.#closed)
  }
}

/** Deletes an ended epoch's rows, a few at a time. */
export async function sweepWholeEpoch(
  engine: Engine,
  epoch: number,
  isClosed: () => boolean = () => false,
): Promise<void> {
  engine.journal.forget(epoch)
  while (!isClosed()) {
    const left = await engine.store.unit('epoch.sweep', ({ db }) => {
      const swept = sweepEpoch(db, epoch, sweep_rows)
      if (swept === 0) deleteEpoch(db, epoch)
      return swept
    })
    if (left === 0) return
    // Calls that came meanwhile go first.
    await new Promise<void>((resolve) => setImmediate(resolve))
  }
}

/** Ends the worlds that nobody has called for longer than their idle time. */
export async function endIdleWorlds(engine: Engine): Promise<void> {
  const real = engine.realNow()
  await engine.store.unit('world.end_idle', ({ db }) => {
    for (const row of listWorlds(db)) {
      const end = idleEnd(row)
      if (end === undefined || end > real) continue
      endEpoch(db, row.epoch, real)
      deleteWorld(db, row.world)
      engine.log('info', 'world.idle_ended', { world: row.world })
    }
  })
}
