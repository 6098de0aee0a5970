import type { WorldRow } from '../../db/schema.ts'
import type { Db } from '../../db/unit.ts'
import { findWorld, listWorlds, updateWorld } from '../../db/world.ts'
import { after } from './clock.ts'
import type { Engine } from './engine.ts'
import { asWorld, type World, type WorldEvent } from './world.ts'

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

/** A kind of work that happens by itself when its time has come, exactly once. */
export interface JobKind {
  readonly kind: string
  /** What is due next, in the order of (due_at, key). */
  next(db: Db, epoch: number, limit: number): Promise<Job[]>
  /** Does it, in one unit with the mark that it is done. Returns the outcome in a word or two. */
  run(call: JobCall, job: Job): Promise<string>
}

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
export async function listDue(
  kinds: readonly JobKind[],
  db: Db,
  epoch: number,
  limit: number,
): Promise<Due[]> {
  const due: Due[] = []
  for (const kind of kinds) {
    for (const job of await kind.next(db, epoch, limit)) due.push({ ...job, kind })
  }
  const inOrder = (a: Due, b: Due) =>
    a.due_at - b.due_at || compare(a.kind.kind, b.kind.kind) || compare(a.key, b.key)
  return due.sort(inOrder).slice(0, limit)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/**
 * Runs the next piece of work that is due by `until` (by default: by the world's own clock), in its own unit at
 * `now = due_at`. Undefined: nothing is due. With `move`, the clock goes along.
 */
export async function runNextJob(
  engine: Engine,
  at: { world: string; epoch: number; until?: number; move?: boolean },
): Promise<RanJob | undefined> {
  const ran = await engine.store.unit('job', async ({ db }) => {
    const row = await findWorld(db, at.world)
    if (!row || row.epoch !== at.epoch) return undefined
    const present = asWorld(row, engine.realNow())
    const [job] = await listDue(engine.jobKinds, db, at.epoch, 1)
    if (!job || job.due_at > (at.until ?? present.now)) return undefined
    if (at.move && job.due_at > present.now) await moveClock(db, present, job.due_at)
    const call: JobCall = { engine, db, world: { ...present, now: job.due_at }, events: [] }
    const outcome = await job.kind.run(call, job)
    await tellListeners(engine, call)
    return { kind: job.kind.kind, subject: job.subject, due_at: job.due_at, outcome }
  })
  if (ran) engine.signal.tell(at.world)
  return ran
}

/** Sets a world's clock so that its present instant is `now`. */
export async function moveClock(db: Db, world: World, now: number): Promise<void> {
  const clock_ms = world.clock_mode === 'frozen' ? now : now - world.real_now
  await updateWorld(db, world.world, { clock_ms })
}

/** Tells everybody who listens what happened at official accounts. */
export async function tellListeners(
  engine: Engine,
  call: { db: Db; world: World; events: readonly WorldEvent[] },
): Promise<void> {
  for (const event of call.events) {
    if (event.handled) continue
    for (const listen of engine.listeners)
      await listen({ db: call.db, world: call.world, engine }, event)
  }
}

const poll_ms = 2000

/**
 * Runs the due work of running worlds when its time comes. Whoever makes work wakes it; a slow look besides finds what a
 * restart or another replica left.
 */
export class Scheduler {
  readonly #engine: Engine
  readonly #due = new Map<string, number>()
  #cancel: (() => void) | undefined
  #looking: Promise<void> | undefined
  #closed = false

  constructor(engine: Engine) {
    this.#engine = engine
  }

  start(): void {
    this.#plan(0)
  }

  /** Work of a world falls due at a virtual instant; a clock may also have moved. */
  wake(world: string, due_at: number): void {
    this.#due.set(world, Math.min(due_at, this.#due.get(world) ?? due_at))
    this.#plan(0)
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#cancel?.()
    await this.#looking
  }

  #plan(ms: number): void {
    if (this.#closed) return
    this.#cancel?.()
    this.#cancel = after(ms, () => {
      this.#looking ??= this.#look()
        .catch((error) => {
          this.#engine.log('error', 'scheduler.failed', { error: String(error) })
          return poll_ms
        })
        .then((next) => {
          this.#looking = undefined
          this.#plan(next)
        })
    })
  }

  /** Runs what is due in all running worlds; says in how many real milliseconds to look again. */
  async #look(): Promise<number> {
    // What was announced may not be committed yet: it is looked for again when it falls due.
    const announced = new Map(this.#due)
    this.#due.clear()
    const worlds = await this.#engine.store.unit('scheduler.look', ({ db }) => listWorlds(db))
    let wait = poll_ms
    for (const row of worlds) {
      if (row.clock_mode !== 'running' || this.#closed) continue
      const next = await this.#runWorld(row)
      const now = asWorld(row, this.#engine.realNow()).now
      const hint = announced.get(row.world) ?? now
      if (next !== undefined) wait = Math.min(wait, Math.max(1, next - now))
      if (hint > now) wait = Math.min(wait, hint - now)
    }
    return this.#due.size > 0 ? Math.min(wait, 5) : wait
  }

  /** Runs what is due in one world; answers when there is more. What fails is tried again, and stops no other world. */
  async #runWorld({ world, epoch }: WorldRow): Promise<number | undefined> {
    const engine = this.#engine
    try {
      while (!this.#closed && (await runNextJob(engine, { world, epoch })));
    } catch (error) {
      engine.log('error', 'job.failed', { world, error: String(error) })
      return undefined
    }
    const [next] = await engine.store.unit('scheduler.next', ({ db }) =>
      listDue(engine.jobKinds, db, epoch, 1),
    )
    return next?.due_at
  }
}
