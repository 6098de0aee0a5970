import type { Unit } from '../../db/unit.ts'
import { nextCount, updateWorld } from '../../db/world.ts'
import { bounded, type Step } from '../world/step.ts'
import type { Engine } from './engine.ts'
import { deriveHex } from '../world/seed.ts'
import { touch_ms, unattributed, type World, type WorldEvent } from '../world/world.ts'
import { bugAnswer, errorText } from './bug.ts'
import type { Carried, Ended, Named, Waited } from './carried.ts'
import type { Call, Endpoint, Lasting, Outcome, Pending } from './endpoint.ts'
import { exchangeRow } from '../journal/exchange-row.ts'
import { firstIssue } from './field.ts'
import { worldOrElse } from './locate.ts'
import { readFields } from './read-fields.ts'
import { isRefusal, type Refusal } from './refusal.ts'
import type { Answer, Arrival, Opened, TransportFault } from './surface.ts'

/** One call on its way through one unit. */
export class Passage<C> {
  readonly carried: Carried<C>
  readonly engine: Engine
  readonly steps: Step[]
  readonly events: WorldEvent[] = []
  readonly #lasting: Lasting[] = []
  readonly #unit: Unit
  readonly #arrival: Arrival<C>
  /** As the surface opened it; a handler that makes or resets a world goes on in another. */
  #first: Opened<C> | undefined
  #opened: Opened<C> | undefined
  /** What an earlier unit counted and committed stays counted. */
  readonly #named: Named | undefined
  #ordinal: number | undefined
  #trace: string | undefined

  constructor(carried: Carried<C>, unit: Unit, waited?: Waited) {
    this.carried = carried
    this.engine = carried.engine
    this.#unit = unit
    this.steps = waited ? [...waited.steps] : []
    this.#named = waited?.named
    this.#ordinal = this.#named?.ordinal
    this.#trace = this.#named?.trace
    const { engine, steps } = this
    this.#arrival = { ...readFields(carried), engine, db: unit.db, steps, lasting: this.#lasting }
  }

  get db() {
    return this.#unit.db
  }

  get world(): World {
    if (!this.#opened) throw new Error('the call is not opened yet')
    return this.#opened.world
  }

  /** Where a call belongs that nothing else claims. */
  worldOfPath(): Promise<World> {
    return worldOrElse(this.#arrival, unattributed)
  }

  get isOpen(): boolean {
    return this.#opened !== undefined
  }

  async open(): Promise<Opened<C>> {
    const opened = await this.carried.surface.open(this.#arrival)
    this.adopt(opened)
    return opened
  }

  /** Names the exchange before the wait: after it there may be another instant, or another epoch. */
  async wait(pending: Pending<unknown>, input: Record<string, unknown>): Promise<Waited> {
    const opened = this.#opened
    if (!opened) throw new Error('the call is not opened yet')
    const named = this.#isKept
      ? { ordinal: await this.#nth(), trace: await this.#traceId() }
      : undefined
    return { pending, opened, input, steps: this.steps, world: this.world, named }
  }

  adopt(opened: Opened<C>): void {
    this.#first = opened
    this.#opened = opened
  }

  refuse(fault: TransportFault): Refusal {
    return this.carried.surface.refuseTransport(fault, this.#arrival)
  }

  refuseTransport(): Refusal | undefined {
    const fault = this.carried.fault ?? (this.carried.endpoint ? undefined : 'unknown_path')
    return fault && this.refuse(fault)
  }

  readInput(endpoint: Endpoint<C>): Record<string, unknown> | Refusal {
    const parsed = endpoint.input.safeParse(this.#arrival.fields)
    if (parsed.success) return parsed.data
    const issue = firstIssue(endpoint.input, this.#arrival.fields, parsed.error.issues)
    if (!issue) throw parsed.error
    return this.carried.surface.refuseField(issue)
  }

  call(input: Record<string, unknown>): Call<C, never> {
    const passage = this
    return {
      engine: this.engine,
      db: this.db,
      get world() {
        return passage.world
      },
      set world(world: World) {
        if (passage.#opened) passage.#opened = { ...passage.#opened, world }
      },
      caller: this.#opened?.caller as C,
      input: input as never,
      fields: this.#arrival.fields,
      request: this.carried.request,
      steps: this.steps,
      events: this.events,
      lasting: this.#lasting,
      ordinal: () => this.#nth(),
      trace: () => this.#traceId(),
    }
  }

  /** Rolls back what a refusal must not leave, keeps what it must, keeps the exchange, and answers. */
  async end(outcome: Outcome): Promise<Ended> {
    if (isRefusal(outcome)) {
      await this.#undo()
      this.steps.push({ ...outcome.step, actual: bounded(outcome.step.actual) })
      if (outcome.keep) await outcome.keep(this.db)
      else await this.carried.endpoint?.refused?.(this.call({}), outcome)
    }
    const { surface, endpoint } = this.carried
    // What is not kept has no name, and counts nothing.
    const trace = this.#isKept ? await this.#traceId() : ''
    const answer = surface.answer(outcome, { trace, world: this.world, endpoint })
    return this.#close(answer, trace)
  }

  async endWithBug(error: unknown): Promise<Ended> {
    await this.#undo()
    const { endpoint, surface } = this.carried
    this.engine.log('error', 'bug', {
      endpoint: endpoint?.id,
      surface: surface.name,
      error: errorText(error),
    })
    this.steps.push({ rule: 'simulator.bug', actual: errorText(error) })
    const trace = await this.#traceId()
    return this.#close(bugAnswer(error, trace), trace)
  }

  async #close(answer: Answer, trace: string): Promise<Ended> {
    const { world } = this
    if (world.real_now - world.called_at > touch_ms) {
      await updateWorld(this.db, world.world, { called_at: world.real_now })
    }
    if (trace === '') return { answer, world }
    const row = exchangeRow(this.carried, { answer, trace, world, steps: this.steps })
    await this.engine.journal.keep(this.db, world.world, row)
    return { answer: { ...answer, headers: { ...answer.headers, 'X-Sim-Trace': trace } }, world }
  }

  get #isKept(): boolean {
    return this.carried.endpoint?.journalled !== false
  }

  async #undo(): Promise<void> {
    await this.#unit.undo()
    this.#ordinal = this.#named?.ordinal
    this.#trace = this.#named?.trace
    this.events.length = 0
    for (const write of this.#lasting) await write(this.db)
    if (this.#first) this.#first.world.changed = false
    this.#opened = this.#first
  }

  async #nth(): Promise<number> {
    if (this.#ordinal === undefined) {
      const key = this.#opened?.key ?? ''
      this.#ordinal = await nextCount(this.db, {
        epoch: this.world.epoch,
        purpose: 'exchange',
        key,
      })
    }
    return this.#ordinal
  }

  async #traceId(): Promise<string> {
    if (this.#trace === undefined) {
      const n = await this.#nth()
      const key = this.#opened?.key ?? ''
      // Begins with the instant: an index over traces grows at its end, where it is cheap.
      const instant = this.world.now.toString(16).padStart(11, '0')
      this.#trace = instant + deriveHex(this.world, 'trace', this.world.resets, key, n).slice(0, 21)
    }
    return this.#trace
  }
}
