import { foreseeCount, nextCount } from '../../db/counter.ts'
import type { Db, Unit } from '../../db/unit.ts'
import type { Step } from '../world/step.ts'
import { type Subject, subjectKey } from '../world/subject.ts'
import { traceOf } from '../world/trace.ts'
import type { World } from '../world/world.ts'
import { at_first, type Incoming, type Progress } from './call-data.ts'
import type { Endpoint } from './endpoint.ts'
import type { Engine } from './engine.ts'
import type { WorldEvent } from './event.ts'
import type { AppliedFault } from './fault.ts'
import { type BodyFault, bodyOf, queryOf, type RawRequest, type ReadBody } from './request.ts'
import type { Address, Surface, TransportFault } from './surface.ts'

const nobody: ReadonlySet<string> = new Set()
const nothing: Readonly<Record<string, string>> = {}

/**
 * One call, from the request to the trace. It sees one instant, `world.now`. A call that is made inside another has a
 * caller, an endpoint and fields of its own; unit, world, steps, events and trace are those of the call that came in.
 */
export class Call<out C = unknown, out I = unknown> {
  readonly engine: Engine
  readonly surface: Surface<never>
  readonly endpoint: Endpoint<never> | undefined
  readonly request: RawRequest
  readonly address: Address
  readonly query: Readonly<Record<string, string>>
  /** All fields by name as sent, from the places that the endpoint reads. */
  readonly fields: Readonly<Record<string, unknown>>
  /** Those of a JSON body, by their names in it. */
  readonly members: Readonly<Record<string, unknown>> | undefined
  readonly bodyFault: BodyFault | undefined
  readonly transportFault: TransportFault | undefined
  /** The call that came in; undefined: this one. */
  readonly #outer: Call | undefined
  readonly #hungUp: (() => AbortSignal) | undefined
  #unit: Unit | undefined
  #real_now = 0
  #drawn: Map<string, string> | undefined
  #progress: Progress = at_first
  /** What the units that are over have found out: a unit that is run again begins there. */
  #committed: Progress = at_first

  constructor(incoming: Incoming<never>, outer?: Call, fields?: Call['fields']) {
    const { engine, surface, endpoint, request, address, pathFields } = incoming
    this.engine = engine
    this.surface = surface
    this.endpoint = endpoint
    this.request = request
    this.address = address
    this.transportFault = incoming.transportFault ?? (endpoint ? undefined : 'unknown_path')
    this.#outer = outer
    this.#hungUp = incoming.hungUp
    this.query = outer?.query ?? (request.url.includes('?') ? queryOf(request.url) : nothing)
    const body: ReadBody = fields
      ? { fields }
      : bodyOf(request, endpoint?.from ?? ['query', 'json'])
    this.members = body.members
    this.bodyFault = body.fault
    const from = endpoint?.from ?? ['query', 'json']
    const query = fields || !from.includes('query') ? nothing : this.query
    this.fields =
      isEmpty(query) && isEmpty(pathFields)
        ? body.fields
        : { ...query, ...body.fields, ...pathFields }
    if (surface.readFields && !outer) this.fields = surface.readFields(this)
  }

  /** Real instant at which the present unit was begun, Unix milliseconds. */
  get real_now(): number {
    return (this.#outer ?? this).#real_now
  }

  /** What nobody can derive, drawn once for its purpose however often the unit is run. */
  draw(purpose: string, random: () => string): string {
    const call = this.#outer ?? this
    call.#drawn ??= new Map()
    const text = call.#drawn.get(purpose) ?? random()
    call.#drawn.set(purpose, text)
    return text
  }

  /** Aborts when nobody reads the answer any more; undefined: that cannot be known. */
  get hungUp(): AbortSignal | undefined {
    return this.#hungUp?.()
  }

  get db(): Db {
    return this.#running.db
  }

  get world(): World {
    const { world } = this.#shared
    if (!world) throw new Error('the call is in no world yet')
    return world
  }

  /** Whether it is known where the call belongs. */
  get isInWorld(): boolean {
    return this.#shared.world !== undefined
  }

  get caller(): C {
    return this.#progress.caller as C
  }

  get input(): I {
    return this.#progress.input as I
  }

  /** Whether its world is known to have no faults: neither for it nor for a call inside it. */
  get isFaultless(): boolean {
    return this.#shared.isFaultless
  }

  sayFaultless(): void {
    this.#shared.isFaultless = true
  }

  /** The fault that this call was met by. */
  get fault(): AppliedFault | undefined {
    return this.#progress.fault
  }

  disturb(fault: AppliedFault): void {
    this.#progress.fault = fault
  }

  /** The steps of the decision so far; a handler adds its own. */
  get steps(): Step[] {
    return this.#shared.steps
  }

  /** Whom this call concerns so far, by key. */
  get subjects(): ReadonlySet<string> {
    return this.#shared.subjects ?? nobody
  }

  /** The message that it has left behind, which is theirs too. */
  get message(): string | undefined {
    return this.#shared.message
  }

  wrote(message: string): void {
    this.#shared.message = message
  }

  /**
   * Says whom this call concerns, once their account and the normalised value are known: by that a withdrawal finds its
   * exchanges and its message. A local send that is accepted need not: WeChat's row of it names the openid.
   */
  concern(subject: Subject): void {
    const shared = this.#shared
    shared.subjects ??= new Set()
    shared.subjects.add(subjectKey(this.world, subject))
  }

  /** What happened at official accounts by this call; told to those who listen when the handler is done. */
  get events(): WorldEvent[] {
    return this.#shared.events
  }

  /** Goes on in a world: its credential's, with the caller's name for counting; or one that it has made or reset. */
  enter(world: World, as?: { readonly key: string; readonly caller?: unknown }): void {
    const shared = this.#shared
    shared.world = world
    if (!as) return
    shared.home = world
    shared.key = as.key
    shared.caller = as.caller
  }

  /** The same world after a wait: its row may be another. */
  reenter(world: World): void {
    this.#shared.world = world
    this.#shared.home = world
  }

  /** Its world has begun a new life meanwhile: there it gets a name that nobody else has. */
  outlive(world: World): void {
    this.reenter(world)
    const shared = this.#shared
    shared.key = `${shared.key} before ${world.resets}`
    shared.hasOutlived = true
    shared.ordinal = undefined
    shared.trace = undefined
  }

  /** What the endpoint's schema made of the fields. */
  read(input: unknown): void {
    this.#progress.input = input
  }

  /** Begins a unit of the call's, or begins it anew: at the same real instant, drawn before the unit. */
  begin(unit: Unit, real_now: number): this {
    const { steps, subjects } = this.#committed
    this.#unit = unit
    this.#real_now = real_now
    this.#progress = {
      ...this.#committed,
      steps: [...steps],
      subjects: subjects && new Set(subjects),
      events: [],
    }
    return this
  }

  /** The unit has committed, and another one will follow: it begins with what this one has found out. */
  commit(): void {
    this.#committed = this.#progress
  }

  /** What was written so far stays, whatever becomes of the call: what it has used up of a limit. */
  seal(): void {
    this.#running.seal()
  }

  /** Takes back what was written since, and forgets what followed from it. */
  undo(): void {
    this.#running.undo()
    const shared = this.#shared
    shared.ordinal = shared.hasOutlived ? undefined : this.#committed.ordinal
    shared.trace = shared.hasOutlived ? undefined : this.#committed.trace
    shared.message = this.#committed.message
    shared.events.length = 0
    if (shared.home) shared.home.changed = false
    shared.world = shared.home
  }

  /** A call inside this one. */
  inside<D>(endpoint: Endpoint<D>, fields: Call['fields'], caller: D): Call<D> {
    const { engine, surface, request, address } = this
    const outer = this.#outer ?? this
    const incoming = { engine, surface, endpoint, request, address, pathFields: {} }
    const inner = new Call<D>(incoming as unknown as Incoming<never>, outer, fields)
    inner.#progress = { ...at_first, caller }
    return inner
  }

  /** The nth exchange of this caller in the epoch, counted when first asked; looks are counted by themselves. */
  ordinal(): number {
    const shared = this.#shared
    const { epoch } = this.world
    shared.ordinal ??= nextCount(this.db, { epoch, purpose: this.#purpose, key: shared.key })
    return shared.ordinal
  }

  /** Says that the exchange will be named next. */
  foresee(): void {
    const { ordinal, key } = this.#shared
    if (ordinal !== undefined) return
    foreseeCount(this.db, { epoch: this.world.epoch, purpose: this.#purpose, key })
  }

  /** Names this exchange and everything that follows from it. */
  trace(): string {
    const shared = this.#shared
    if (shared.trace === undefined) {
      shared.trace = traceOf(this.world, {
        purpose: this.#purpose,
        key: shared.key,
        n: this.ordinal(),
      })
    }
    return shared.trace
  }

  /** Looking changes no name of what comes later. */
  get #purpose(): 'look' | 'exchange' {
    const { endpoint } = this.#outer ?? this
    return endpoint?.looks || endpoint?.methods[0] === 'GET' ? 'look' : 'exchange'
  }

  get #shared(): Progress {
    return (this.#outer ?? this).#progress
  }

  get #running(): Unit {
    const unit = (this.#outer ?? this).#unit
    if (!unit) throw new Error('the call has not begun')
    return unit
  }
}

function isEmpty(fields: object): boolean {
  for (const _ in fields) return false
  return true
}
