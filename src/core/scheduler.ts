import type { WorldRow } from '../../db/schema.ts'
import type { Announcement } from '../../db/topic.ts'
import { listWorlds } from '../../db/world.ts'
import { after } from '../world/clock.ts'
import { asWorld } from '../world/world.ts'
import type { Engine } from './engine.ts'
import { type BegunJob, beginNextJob, endJob, type JobKind, listDue } from './job.ts'

const poll_ms = 2000
/** Of worlds that nobody has announced, so many are looked at each time: a thousand that do nothing shall cost nothing. */
const quiet_max = 100
/** Of one world's work, so much waits for the network at once. */
const in_flight_max = 16

/**
 * Runs the due work of running worlds when its time comes, in the one process of all on a database that leads. Whoever makes
 * work announces it; a slow look besides finds what a restart or another replica left.
 */
export class Scheduler {
  readonly #engine: Engine
  /** What was announced, by epoch. */
  readonly #due = new Map<number, number>()
  /** Worlds whose next work falls due at a virtual instant that is known. */
  #next: ReadonlyMap<string, number> = new Map()
  /** The last quiet world that was looked at. */
  #reached = ''
  /** Whether anything may be due: at the start, and when something was not heard. */
  #isAnything = true
  /** Worlds that were not looked at whole, because they wait for the network often enough. */
  readonly #full = new Set<string>()
  #cancel: (() => void) | undefined
  #looking: Promise<void> | undefined
  #closed = false

  constructor(engine: Engine) {
    this.#engine = engine
  }

  start(): void {
    this.#plan(0)
  }

  /** Undefined: anything may have become due, or this process leads from now on. */
  hear(announced: readonly Announcement[] | undefined): void {
    if (!this.#engine.store.leads) return
    if (!announced) {
      this.#isAnything = true
      this.#plan(0)
    }
    for (const { epoch, topic, of } of announced ?? []) {
      if (topic === 'due') this.#wake(epoch, Number(of))
    }
  }

  /** Work of an epoch falls due at a virtual instant; a clock may also have moved. */
  #wake(epoch: number, due_at: number): void {
    this.#due.set(epoch, Math.min(due_at, this.#due.get(epoch) ?? due_at))
    this.#plan(0)
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#cancel?.()
    await this.#looking
    await this.#engine.inFlight.all()
  }

  #plan(ms: number): void {
    if (this.#closed) return
    this.#cancel?.()
    this.#cancel = after(ms, () => {
      this.#looking ??= this.#look()
        .catch((error) => {
          this.#tell('scheduler.failed', {}, error)
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
    if (!this.#engine.store.leads) return poll_ms
    const announced = new Map(this.#due)
    this.#due.clear()
    const { store } = this.#engine
    const worlds = await store.unit('scheduler.look', ({ db }) => listWorlds(db))
    // Whoever waited for one would keep all others waiting.
    const running = worlds.filter(
      ({ clock_mode, epoch }) => clock_mode === 'running' && !store.isStill(epoch),
    )
    const isQuiet = ({ epoch }: WorldRow) => !announced.has(epoch)
    const turn = new Set(this.#isAnything ? running : this.#takeTurn(running.filter(isQuiet)))
    this.#isAnything = false
    const known = new Map<string, number>()
    let wait = poll_ms
    for (const row of running) {
      if (this.#closed) break
      const { world, epoch } = row
      const isDue = announced.has(epoch) || (this.#next.get(world) ?? Infinity) <= this.#nowOf(row)
      const found = turn.has(row) || isDue ? await this.#runWorld(row) : this.#next.get(world)
      const now = this.#nowOf(row)
      const hint = announced.get(epoch) ?? now
      const next = Math.min(found ?? Infinity, hint > now ? hint : Infinity)
      if (next === Infinity) continue
      known.set(world, next)
      wait = Math.min(wait, Math.max(1, next - now))
    }
    this.#next = known
    return this.#due.size > 0 ? Math.min(wait, 5) : wait
  }

  #nowOf(row: WorldRow): number {
    return asWorld(row, this.#engine.realNow()).now
  }

  /** Some worlds, and the next time those after them; the first ones come after the last. */
  #takeTurn(quiet: readonly WorldRow[]): readonly WorldRow[] {
    const at = Math.max(
      0,
      quiet.findIndex(({ world }) => world > this.#reached),
    )
    const turn = [...quiet.slice(at), ...quiet.slice(0, at)].slice(0, quiet_max)
    this.#reached = turn.at(-1)?.world ?? ''
    return turn
  }

  /** Runs what is due in one world; answers when there is more. What fails is tried again, and stops no other world. */
  async #runWorld(row: WorldRow): Promise<number | undefined> {
    const { world, epoch } = row
    const engine = this.#engine
    try {
      while (!this.#closed) {
        const begun = await beginNextJob(engine, { world, epoch, kinds: this.#kindsOf(world) })
        if (!begun) break
        this.#end(begun)
      }
    } catch (error) {
      this.#fail(world, error)
      return this.#nowOf(row) + poll_ms
    }
    const kinds = this.#kindsOf(world)
    const [next] = await engine.store.unit('scheduler.next', ({ db }) =>
      listDue(kinds, db, epoch, 1),
    )
    return next?.due_at
  }

  /** A world that waits for the network often enough at once begins no more of that. */
  #kindsOf(world: string): readonly JobKind[] {
    const { jobKinds, inFlight } = this.#engine
    if (inFlight.count(world) < in_flight_max) return jobKinds
    this.#full.add(world)
    return jobKinds.filter((kind) => 'run' in kind)
  }

  /** Nobody else waits while one piece of work waits for the network. */
  #end(begun: BegunJob): void {
    const { world, epoch } = begun.at
    endJob(this.#engine, begun)
      .catch((error) => this.#fail(world, error))
      .then(() => {
        if (this.#full.delete(world)) this.#wake(epoch, 0)
      })
  }

  #fail(world: string, error: unknown): void {
    this.#tell('job.failed', { world }, error)
  }

  #tell(event: string, about: object, error: unknown): void {
    const { log, outages } = this.#engine
    if (!outages.note(error)) log('error', event, { ...about, error: String(error) })
  }
}
