import { beginAdvance } from '../../../db/world.ts'
import type { Call } from '../../core/call.ts'
import type { Engine } from '../../core/engine.ts'
import { type RanJob, runNextJob } from '../../core/job.ts'
import { problem } from '../../core/problem.ts'
import type { Refusal } from '../../core/refusal.ts'
import { eraseNow } from '../../tupu/association/erase.ts'
import { retentionJob } from '../../tupu/association/withdraw.ts'
import { toIso } from '../../world/clock.ts'
import type { World } from '../../world/world.ts'

/** An advance stops after so much real time, too. */
const advance_ms_max = 10_000

/** A world's clock on its way from one instant to another. */
export interface Advance {
  readonly world: string
  readonly epoch: number
  readonly from: number
  readonly to: number
}

export function advanceTo(call: Call, to: number): Advance {
  const { world, epoch, now } = call.world
  return { world, epoch, from: now, to }
}

/** What happened on the way. */
export interface Ran {
  readonly ran: readonly RanJob[]
  /** False: there was too much for one call. */
  readonly settled: boolean
}

/** The instant at which an advance ends, which is never before one that the world has seen. */
export function reachedBy(advance: Advance, { ran, settled }: Ran, world: World): number {
  const last = ran.reduce((latest, job) => Math.max(latest, job.due_at), advance.from)
  // A running clock has gone on meanwhile.
  return Math.max(settled ? advance.to : last, world.clock_mode === 'running' ? world.now : 0)
}

export function backwards(field: string, world: World): Refusal {
  return problem('clock_backwards', {
    field,
    reason: `the clock stands at ${toIso(world.now)}`,
    fix: 'reset the world to begin anew',
  })
}

/** One advance at a time. One whose process died is given up after its longest possible time. */
export async function takeAdvance(call: Call): Promise<Refusal | undefined> {
  const { world, real_now: real } = call.world
  const until = real + 2 * advance_ms_max
  if (await beginAdvance(call.db, { world, real, until })) return undefined
  const reason = 'another advance is under way'
  return problem('advance_running', { reason, fix: 'wait until it has answered' })
}

/** Runs what falls due on the way, in order, and erases whatever that has withdrawn. */
export async function runAdvance(state: Advance, engine: Engine): Promise<Ran> {
  const result = await runJobs(state, engine)
  if (result.ran.some(({ kind }) => kind === retentionJob.kind)) {
    await eraseNow(engine, state.epoch)
  }
  return result
}

async function runJobs(state: Advance, engine: Engine): Promise<Ran> {
  const ran: RanJob[] = []
  const until = engine.realNow() + advance_ms_max
  const { advance_jobs_max } = engine.limits
  for (;;) {
    if (ran.length >= advance_jobs_max || engine.realNow() >= until || engine.closing.aborted)
      return { ran, settled: false }
    // What began before the clock moves ends before it.
    await engine.inFlight.settled(state.world)
    const job = await runNextJob(engine, {
      world: state.world,
      epoch: state.epoch,
      until: state.to,
      move: true,
    })
    if (!job) return { ran, settled: true }
    ran.push(job)
  }
}
