import type { z } from 'zod'
import type { Db } from '../../db/unit.ts'
import type { Step } from '../world/step.ts'
import type { Engine } from './engine.ts'
import type { World, WorldEvent } from '../world/world.ts'
import type { Fidelity, Refusal } from './refusal.ts'
import type { RawRequest } from './request.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
export type FieldPlace = 'path' | 'query' | 'json' | 'form'

/** Something that is written again when a refusal has taken all else back. */
export type Lasting = (db: Db) => Promise<unknown>

/** One call on its way through an endpoint, inside its unit. It sees one instant: `world.now`. */
export interface Call<C = unknown, I = unknown> {
  readonly engine: Engine
  readonly db: Db
  world: World
  readonly caller: C
  readonly input: I
  /** All fields as sent, for what the schema does not read. */
  readonly fields: Readonly<Record<string, unknown>>
  readonly request: RawRequest
  /** The steps of the decision so far; a handler adds its own. */
  readonly steps: Step[]
  /** Events of official accounts raised by this call; told to those who listen when the handler is done. */
  readonly events: WorldEvent[]
  /** What the call has written that stays whatever becomes of it: what it used up of a limit. */
  readonly lasting: Lasting[]
  /** The nth exchange of this caller in the epoch, counted when first asked. */
  ordinal(): Promise<number>
  /** Names this exchange and everything that follows from it. */
  trace(): Promise<string>
}

/** An answer other than 200 with a JSON object. */
export interface Reply {
  readonly kind: 'reply'
  readonly status: number
  readonly body?: unknown
  readonly type?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Handed back by `before` when the network or a timer must be waited for. */
export interface Pending<S> {
  readonly kind: 'pending'
  readonly state: S
}

export type Outcome = Refusal | Reply | Readonly<Record<string, unknown>>

export interface Example {
  readonly input: Readonly<Record<string, unknown>>
  readonly answer: unknown
}

/** What every endpoint says of itself. */
export interface Described<C, I extends z.ZodObject> {
  /** `noun.verb`: the name in process, in OpenAPI, in faults and in counters. */
  readonly id: string
  readonly methods: readonly [Method, ...Method[]]
  /** Path within the surface's base; `{name}` is a path field. */
  readonly path: string
  readonly from: readonly FieldPlace[]
  readonly summary: string
  readonly input: I
  /** Fields that the handler checks itself, at their place in the order of checks. */
  readonly later?: z.ZodObject
  /** Shape of the answer's JSON object; of a page or text, its media type. */
  readonly answer: z.ZodType | string
  /** Every code that it may refuse with, in the order of its checks. */
  readonly refusals: readonly number[]
  readonly source: string
  readonly fidelity: Fidelity
  readonly example: Example
  /** Status of a good answer, when it is not 200. */
  readonly status?: number
  /** Status of a good answer when what was to be made is there already. */
  readonly statusIfThere?: number
  /** What the surface checks before the fields; the surface says which words it knows. */
  readonly credential?: string
  /** What any refusal leaves behind, unless the refusal says so itself. */
  refused?(call: Call<C | undefined, unknown>, refusal: Refusal): Promise<void>
  /** False: read often and worth nothing in the journal (the journal's own pages). */
  readonly journalled?: boolean
  /** True: its body is not kept in the journal, because it says whom to forget. */
  readonly forgets?: boolean
}

/** Decides inside one unit. */
export interface Handled<C, I extends z.ZodObject> {
  handle(call: Call<C, z.output<I>>): Promise<Outcome>
}

/** Decides in two units with a wait between them. `outside` must not throw. */
export interface Waiting<C, I extends z.ZodObject, S, R> {
  before(call: Call<C, z.output<I>>): Promise<Outcome | Pending<S>>
  outside(state: S, engine: Engine): Promise<R>
  after(call: Call<C, z.output<I>>, state: S, result: R): Promise<Outcome>
}

export type HandledEndpoint<C, I extends z.ZodObject = z.ZodObject> = Described<C, I> &
  Handled<C, I>
export type WaitingEndpoint<
  C,
  I extends z.ZodObject = z.ZodObject,
  S = unknown,
  R = unknown,
> = Described<C, I> & Waiting<C, I, S, R>
export type Endpoint<C = unknown> = HandledEndpoint<C> | WaitingEndpoint<C>

/** Makes a surface's `endpoint`: one value that is mounted, documented, called in process, counted and tested. */
export function endpointsOf<C, K extends string>() {
  function endpoint<I extends z.ZodObject>(
    spec: HandledEndpoint<C, I> & { readonly credential?: K },
  ): HandledEndpoint<C, I>
  function endpoint<I extends z.ZodObject, S, R>(
    spec: WaitingEndpoint<C, I, S, R> & { readonly credential?: K },
  ): WaitingEndpoint<C, I, S, R>
  function endpoint(spec: Endpoint<C>): Endpoint<C> {
    return spec
  }
  return endpoint
}

export function reply(
  status: number,
  body?: unknown,
  headers?: Readonly<Record<string, string>>,
): Reply {
  return { kind: 'reply', status, body, ...(headers ? { headers } : {}) }
}

export function pending<S>(state: S): Pending<S> {
  return { kind: 'pending', state }
}

export function isReply(value: unknown): value is Reply {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'reply'
}

export function isPending<S>(value: Outcome | Pending<S>): value is Pending<S> {
  return 'kind' in value && value.kind === 'pending'
}
