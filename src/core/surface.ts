import type { Db } from '../../db/unit.ts'
import type { Step } from '../world/step.ts'
import type { Engine } from './engine.ts'
import type { World } from '../world/world.ts'
import type { Endpoint, Lasting, Outcome } from './endpoint.ts'
import type { FieldIssue } from './field.ts'
import type { Refusal, RefusalTable } from './refusal.ts'
import type { BodyFault, RawRequest } from './request.ts'

/** Where a request went: its path without the ways in, and the world that the path names. */
export interface Address {
  /** The world of `/w/{world}/…`, if the path begins so. */
  readonly world: string | undefined
  /** The person of `/as/{person}/…`, in whose WeChat the page is seen. */
  readonly person: string | undefined
  /** The canonical path that routes see. */
  readonly path: string
}

/** A call before anybody knows whose it is. */
export interface Arrival<C> {
  readonly engine: Engine
  readonly db: Db
  readonly request: RawRequest
  readonly address: Address
  /** Undefined: no endpoint has this path, or not with this method. */
  readonly endpoint: Endpoint<C> | undefined
  readonly query: Readonly<Record<string, string>>
  /** All fields by name, from the places that the endpoint reads. */
  readonly fields: Readonly<Record<string, unknown>>
  readonly fault: BodyFault | undefined
  readonly steps: Step[]
  /** As in a call. */
  readonly lasting: Lasting[]
}

/** Whose call it is. `key` names the caller for counting its exchanges; a refusal ends the call in that world. */
export interface Opened<C> {
  readonly world: World
  readonly key: string
  readonly caller?: C
  readonly refusal?: Refusal
}

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  /** For counters: the errcode or status, 0 when good. */
  readonly code: number
}

/** What can go wrong before an endpoint is reached, or inside it. */
export type TransportFault = 'unknown_path' | 'wrong_method' | 'body_too_large' | 'world_was_reset'

/** How a partner's profile spells the canonical API, for the documents. */
export interface Spelling {
  /** Tells surfaces of one name apart. */
  readonly name: string
  /** Headers by which a caller proves who it is. */
  readonly headers: readonly string[]
  /** Where a canonical field of an endpoint stands: a JSON pointer, `query:name` or `header:name`. */
  placeOf(endpoint: string, field: string): string | undefined
  /** A good answer as it goes on the wire; undefined where that is the canonical one. */
  success(
    answer: Readonly<Record<string, unknown>>,
  ): { readonly status: number; readonly body: unknown } | undefined
}

/** One face of the simulator: whose a call is, how it is refused, how an answer is wrapped. */
export interface Surface<C = unknown> {
  readonly name: string
  /** Path prefixes below which unknown paths are this surface's. */
  readonly bases: readonly string[]
  /** Put before the endpoints' paths when they are mounted. */
  readonly prefix: string
  readonly endpoints: readonly Endpoint<C>[]
  /** The name under which the surface guards itself against foreign pages; `open` is for everybody. */
  readonly place: 'open' | 'control' | 'pages' | 'metrics'
  /** What its errcodes say and mean; undefined where refusals are problems (RFC 9457). */
  readonly table?: RefusalTable
  readonly spelling?: Spelling
  /** Loads what answers need and a unit may not wait for: views, say. Awaited before a call is opened. */
  prepare?(): Promise<unknown>
  /** Canonical fields from a request that spells them its own way. */
  readFields?(
    arrival: Omit<Arrival<C>, 'engine' | 'db' | 'steps' | 'lasting'>,
  ): Readonly<Record<string, unknown>>
  /** Finds the world and the caller, and refuses a call whose caller is not known. */
  open(arrival: Arrival<C>): Promise<Opened<C>>
  refuseField(issue: FieldIssue): Refusal
  refuseTransport(fault: TransportFault, arrival: Pick<Arrival<C>, 'endpoint' | 'request'>): Refusal
  /** Puts an outcome on the wire. `trace` names the exchange. */
  answer(
    outcome: Outcome,
    at: { trace: string; world: Pick<World, 'now'>; endpoint: Endpoint<C> | undefined },
  ): Answer
}
