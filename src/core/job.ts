import { topics } from '../../db/topic.ts'
import type { Db } from '../../db/unit.ts'
import { findWorld, updateWorld } from '../../db/world.ts'
import { asWorld, keepTime, type World } from '../world/world.ts'
import type { Pending } from './endpoint.ts'
import type { Engine } from './engine.ts'
import { tellListeners, type WorldEvent } from './event.ts'

/** One piece of due work. `subject` names for people what it is about. */
export interface Job {
  readonly key: string
  readonly subject: string
  readonly due_at: number
}

export interface JobCall {
  readonly engine: Engine
  readonly db: Db
  /** The world at `now = due_at`. */
  readonly world: World
  readonly events: WorldEvent[]
}

interface NamedKind {
  readonly kind: string
  /** What is due next, in the order of (due_at, key). */
  next(db: Db, epoch: number, limit: number): Job[]
}

/** A kind of work that happens by itself when its time has come, exactly once. */
export interface UnitJobKind extends NamedKind {
  /** Does it, in one unit with the mark that it is done. Returns the outcome in a word or two. */
  run(call: JobCall, job: Job): string
}

/** A kind of work that waits for the network: two units, and the wait between them. Each try is claimed before it. */
export interface WaitingJobKind<S = unknown, R = unknown> extends NamedKind {
  /** Takes the job as if it failed, so that a crash only delays it. Returns the outcome, or what `outside` needs. */
  before(call: JobCall, job: Job): string | Pending<S>
  /** Ends by itself, and does not throw. Undefined: the simulator stopped meanwhile, nothing is written down. */
  outside(state: S, engine: Engine): Promise<R | undefined>
  /** Writes down what came of it. Not called when the world has been reset meanwhile. */
  after(call: JobCall, state: S, result: R): string
}

export type JobKind = UnitJobKind | WaitingJobKind

export interface RanJob {
  readonly kind: string
  readonly subject: string
  readonly due_at: number
  readonly outcome: string
}

interface Due extends Job {
  readonly kind: JobKind
}

/** The next pieces of work of an epoch over all kinds, in the order of (due_at, kind, key). */
export function listDue(kinds: readonly JobKind[], db: Db, epoch: number, limit: number): Due[] {
  const due: Due[] = []
  for (const kind of kinds) {
    for (const job of kind.next(db, epoch, limit)) due.push({ ...job, kind })
  }
  const inOrder = (a: Due, b: Due) =>
    a.due_at - b.due_at || compare(a.kind.kind, b.kind.kind) || compare(a.key, b.key)
  return due.sort(inOrder).slice(0, limit)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Which work is looked for: of all kinds unless told, due by `until`, or by the world's own clock. With `move`, the clock goes along. */
export interface JobSearch {
  readonly world: string
  readonly epoch: number
  readonly until?: number
  readonly move?: boolean
  readonly kinds?: readonly JobKind[]
}

/** A piece of work whose first unit is over; perhaps it waits for the network now. */
export interface BegunJob {
  readonly at: JobSearch
  readonly job: Due
  readonly outcome: string | Pending<unknown>
}

/** Begins the next piece of work that is due, in its own unit at `now = due_at`. Undefined: nothing is due. */
export function beginNextJob(engine: Engine, at: JobSearch): Promise<BegunJob | undefined> {
  const real = engine.realNow()
  return engine.store.unit('job', ({ db }) => {
    const row = findWorld(db, at.world)
    if (!row || row.epoch !== at.epoch) return undefined
    const present = asWorld(row, real)
    const [job] = listDue(at.kinds ?? engine.jobKinds, db, at.epoch, 1)
    if (!job || job.due_at > (at.until ?? present.now)) return undefined
    if (at.move && job.due_at > present.now) moveClock(db, present, job.due_at)
    const call: JobCall = { engine, db, world: { ...present, now: job.due_at }, events: [] }
    if (!at.move) keepTime(db, present.real_now)
    const { kind } = job
    const outcome = 'run' in kind ? kind.run(call, job) : kind.before(call, job)
    tellListeners(call)
    return { at, job, outcome }
  })
}

/** Ends what was begun: waits for the network, if it must, and writes down what came of it. */
export function endJob(engine: Engine, begun: BegunJob): Promise<RanJob> {
  const { at, outcome } = begun
  if (typeof outcome === 'string') return Promise.resolve(ranJob(begun, outcome))
  const ending = waitOutside(engine, begun, outcome.state).then((end) => ranJob(begun, end))
  engine.inFlight.add(at.world, ending)
  return ending
}

/** How a piece of work is told of. */
export function ranJob({ job }: BegunJob, outcome: string): RanJob {
  return { kind: job.kind.kind, subject: job.subject, due_at: job.due_at, outcome }
}

async function waitOutside(engine: Engine, { at, job }: BegunJob, state: unknown): Promise<string> {
  const kind = job.kind as WaitingJobKind
  const result = await kind.outside(state, engine)
  if (result === undefined) return 'the simulator stopped'
  const real = engine.realNow()
  return engine.store.unit('job.after', ({ db }) => {
    const row = findWorld(db, at.world)
    if (row?.epoch !== at.epoch) return 'the world was reset'
    const world = { ...asWorld(row, real), now: job.due_at }
    const call: JobCall = { engine, db, world, events: [] }
    const outcome = kind.after(call, state, result)
    tellListeners(call)
    return outcome
  })
}

/** Sets a world's clock so that its present instant is `now`. */
export function moveClock(db: Db, world: World, now: number): void {
  const clock_ms = world.clock_mode === 'frozen' ? now : now - world.real_now
  updateWorld(db, world.world, { clock_ms })
  db.announce(world.epoch, topics.clock)
}
