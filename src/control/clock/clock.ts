import { z } from 'zod'
import { listLivingTokens } from '../../../db/access-token.ts'
import { listEndingEids } from '../../../db/eid.ts'
import { listLivingTickets } from '../../../db/js-ticket.ts'
import { listLivingOauth } from '../../../db/oauth.ts'
import { listLivingSceneCodes } from '../../../db/scene-code.ts'
import type { Db } from '../../../db/unit.ts'
import { beginAdvance, findWorld } from '../../../db/world.ts'
import type { Call } from '../../core/call.ts'
import type { Engine } from '../../core/engine.ts'
import { beginNextJob, endJob, listDue, type RanJob, ranJob } from '../../core/job.ts'
import { problem } from '../../core/problem.ts'
import type { Refusal } from '../../core/refusal.ts'
import { eraseNow } from '../../tupu/association/erase.ts'
import { retentionJob } from '../../tupu/association/withdraw.ts'
import { clock_ms_max, sleep, toIso } from '../../world/clock.ts'
import type { World } from '../../world/world.ts'

/** A world's clock as the control API describes it. */
export const clockShape = z.object({
  mode: z.enum(['running', 'frozen']),
  now: z.iso.datetime(),
  real_now: z.iso.datetime(),
})

/** The clock of a world. */
export function clockResponse(world: World) {
  return { mode: world.clock_mode, now: toIso(world.now), real_now: toIso(world.real_now) }
}

/** An advance stops after so much real time, too. */
export const advance_ms_max = 10_000

/** A world's clock on its way from one instant to another. */
export interface Advance {
  readonly world: string
  readonly epoch: number
  readonly from: number
  readonly to: number
}

/** What ends an advance before everything on its way has happened. */
interface AdvanceEnd {
  /** The real instant at which it stops. */
  readonly until: number
  /** What has begun by then goes on by itself; left out, its end is waited for. */
  readonly isHard?: true
  /** Asked before each piece of work. */
  isEnough?(): Promise<boolean>
}

/** An advance that has not begun. */
export function advanceTo(call: Call, to: number): Advance {
  const { world, epoch, now } = call.world
  return { world, epoch, from: now, to }
}

/** What happened on the way. */
export interface AdvanceResult {
  readonly ran: readonly RanJob[]
  /** False: there was too much for one call. */
  readonly settled: boolean
}

/** The instant at which an advance ends, which is never before one that the world has seen. */
export function reachedBy(advance: Advance, { ran, settled }: AdvanceResult, world: World): number {
  const last = ran.reduce((latest, job) => Math.max(latest, job.due_at), advance.from)
  // A running clock has gone on meanwhile.
  return Math.max(settled ? advance.to : last, world.clock_mode === 'running' ? world.now : 0)
}

/** The no to an instant that has passed. */
export function backwards(field: string, world: World): Refusal {
  return problem('clock_backwards', {
    field,
    reason: `the clock is at ${toIso(world.now)}`,
    fix: 'reset the world to start over',
  })
}

/** One advance at a time. One whose process died is given up after its longest possible time. */
export function lockAdvance(call: Call, ms_max = advance_ms_max): Refusal | undefined {
  const { db } = call
  const { world, clock_ms, real_now: real } = call.world
  const until = real + 2 * Math.max(ms_max, advance_ms_max)
  if (beginAdvance(db, { world, real, until, clock_ms })) return undefined
  // An advance of another replica may have ended since this call has read the clock.
  if ((findWorld(db, world)?.advance_until ?? 0) <= real) db.retry('the clock has moved')
  const reason = 'another advance is under way'
  return problem('advance_running', { reason, fix: 'wait until it has answered' })
}

/** Runs what falls due on the way, in order, and erases whatever that has withdrawn. */
export async function runAdvance(
  state: Advance,
  engine: Engine,
  end: AdvanceEnd = { until: engine.realNow() + advance_ms_max },
): Promise<AdvanceResult> {
  const result = await runJobs(state, engine, end)
  if (result.ran.some(({ kind }) => kind === retentionJob.kind)) {
    await inTime(engine, end, eraseNow(engine, state.epoch))
  }
  return result
}

async function runJobs(state: Advance, engine: Engine, end: AdvanceEnd): Promise<AdvanceResult> {
  const ran: RanJob[] = []
  const { advance_jobs_max } = engine.limits
  for (;;) {
    if (ran.length >= advance_jobs_max || engine.realNow() >= end.until || engine.closing.aborted)
      return { ran, settled: false }
    // What began before the clock moves ends before it.
    await inTime(engine, end, engine.inFlight.settled(state.world))
    if (end.isHard && engine.realNow() >= end.until) return { ran, settled: false }
    if (await end.isEnough?.()) return { ran, settled: false }
    const { world, epoch, to: until } = state
    const begun = await beginNextJob(engine, { world, epoch, until, move: true })
    if (!begun) return { ran, settled: true }
    const job = await inTime(engine, end, endJob(engine, begun))
    ran.push(job ?? ranJob(begun, 'is under way'))
  }
}

/** What comes of something by a hard end; undefined: it is still under way. */
async function inTime<T>(
  engine: Engine,
  end: AdvanceEnd,
  work: Promise<T>,
): Promise<T | undefined> {
  if (!end.isHard) return work
  const over = new AbortController()
  try {
    const isOver = sleep(Math.max(0, end.until - engine.realNow()), over.signal)
    return await Promise.race([work, isOver.then(() => undefined)])
  } finally {
    over.abort()
  }
}

const look_ahead_ms_max = 20 * 365 * 86_400_000

/** The instant to which a call wants the clock. */
export function targetOf(
  call: Call<
    unknown,
    { by?: number | undefined; to?: number | undefined; next?: true | undefined }
  >,
): number | Refusal {
  const { world, input, db, engine } = call
  const given = [input.by, input.to, input.next].filter((value) => value !== undefined)
  if (given.length !== 1) {
    return problem('invalid_field', {
      field: 'by',
      reason: 'exactly one of by, to and next must be given',
      fix: 'give one of them, such as {"by":"14d"}',
    })
  }
  if (input.next) {
    const [next] = listDue(engine.jobKinds, db, world.epoch, 1)
    return Math.min(Math.max(world.now, next?.due_at ?? world.now), clock_ms_max)
  }
  if (input.to !== undefined) return input.to < world.now ? backwards('to', world) : input.to
  const by = Math.min(input.by ?? 0, look_ahead_ms_max)
  if (world.now + by <= clock_ms_max) return world.now + by
  return problem('invalid_field', {
    field: 'by',
    reason: 'world clocks end with 2034',
    fix: 'advance by less',
  })
}

/** Of what will happen, so much is listed of each kind. */
const timeline_max = 1000

/** What has happened on the way, as it is answered. */
export const ranJobs = z.array(
  z.object({
    kind: z.string(),
    subject: z.string(),
    due_at: z.iso.datetime(),
    outcome: z.string(),
  }),
)

export type RanJobs = readonly RanJob[]

export function ranResponse(ran: RanJobs): z.output<typeof ranJobs> {
  return ran.map((job) => ({ ...job, due_at: toIso(job.due_at) }))
}

/** What will happen by itself, in its order. */
export function comingUp(
  { db, world, engine }: Pick<Call, 'db' | 'world' | 'engine'>,
  limit = timeline_max,
) {
  return listDue(engine.jobKinds, db, world.epoch, limit).map(({ due_at, kind, subject }) => {
    return { at: due_at, what: 'due' as const, kind: kind.kind, subject }
  })
}

/** What is only read, and worth nothing from an instant on. */
export function expiring(db: Db, { epoch, now }: World) {
  const at = { epoch, now, limit: timeline_max }
  const tokens = listLivingTokens(db, epoch, now, timeline_max)
  const oauth = listLivingOauth(db, at)
  const codes = listLivingSceneCodes(db, at)
  const tickets = listLivingTickets(db, at)
  const eids = listEndingEids(db, at)
  const ends = [
    ...tokens.map(({ kind, appid, expires_at, replaced_at }) => {
      return expiry(Math.min(expires_at, replaced_at ?? expires_at), `${kind} access token`, appid)
    }),
    ...oauth.map(({ kind, openid, expires_at }) => expiry(expires_at, `web OAuth ${kind}`, openid)),
    ...codes.map(({ scene, expires_at }) => expiry(expires_at ?? 0, 'QR code', scene)),
    ...tickets.map(({ type, appid, expires_at }) => expiry(expires_at, `${type} ticket`, appid)),
    ...eids.map(({ eid, valid_until }) => expiry(valid_until, 'rotated EID', eid)),
  ]
  return ends.filter(({ at }) => at > now)
}

function expiry(at: number, kind: string, subject: string) {
  return { at, what: 'expires' as const, kind, subject }
}
