import { databaseNow, isOlderUnitRunning, listErasures } from '../../../../db/erasure.ts'
import type { ErasureRow } from '../../../../db/schema.ts'
import type { Engine } from '../../../core/engine.ts'
import { sleep } from '../../../world/clock.ts'
import { stepOn } from './step.ts'

/** Taken up at a time; the next look takes the rest. */
const erasures_max = 100
/** Between two units others go first. */
const pause_ms = 1
/** A call that withdraws waits so long; what is left is done by itself. */
const call_ms_max = 3000
const older_look_ms = 5
const older_ms_max = 1000

/** Erases what has been withdrawn, in small units, until it is done: a chore, so that a crash only delays it. */
export async function eraseDue(
  engine: Engine,
  { epoch, until = Number.POSITIVE_INFINITY }: { epoch?: number; until?: number } = {},
): Promise<void> {
  const due = await engine.store.unit('erasure.list', ({ db }) =>
    listErasures(db, { epoch, limit: erasures_max }),
  )
  if (due.length === 0) return
  await waitForOlderUnits(engine)
  for (const at of due) {
    // One that fails is tried again at the next look, and stops no other.
    await eraseOne(engine, at, until).catch((error) => {
      const fields = { erasure: at.erasure, error: error instanceof Error ? error.name : 'unknown' }
      engine.log('error', 'erasure.failed', fields)
    })
  }
}

/** The same for a call that has withdrawn somebody and can wait: its `outside`. What takes longer goes on by itself. */
export function eraseNow(engine: Engine, epoch: number): Promise<void> {
  return eraseDue(engine, { epoch, until: engine.realNow() + call_ms_max })
}

async function eraseOne(
  engine: Engine,
  at: Pick<ErasureRow, 'epoch' | 'erasure'>,
  until: number,
): Promise<void> {
  while (!engine.closing.aborted && engine.realNow() < until) {
    const real = engine.realNow()
    const step = await engine.store.unit('erasure.step', ({ db }) => stepOn(db, at, real))
    if (step !== 'more') return
    await sleep(pause_ms, engine.closing)
  }
}

/** A call that found the association just before it went may still be writing: on PostgreSQL, where units meet. */
async function waitForOlderUnits(engine: Engine): Promise<void> {
  const { store, closing } = engine
  if (store.dialect === 'sqlite') return
  const before = await store.unit('erasure.now', ({ db }) => databaseNow(db))
  const until = engine.realNow() + older_ms_max
  while (!closing.aborted && engine.realNow() < until) {
    const isRunning = await store.unit('erasure.older', ({ db }) => isOlderUnitRunning(db, before))
    if (!isRunning) return
    await sleep(older_look_ms, closing)
  }
}
