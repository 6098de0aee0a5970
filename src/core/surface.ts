import type { World } from '../world/world.ts'
import type { Call } from './call.ts'
import type { Endpoint, Outcome } from './endpoint.ts'
import type { Transport } from './fault.ts'
import type { Refusal, RefusalTable } from './refusal.ts'
import type { RawRequest } from './request.ts'

/** Surfaces by which exchanges are chosen: those that are called, and those on which we call out. */
export const surface_names = [
  'tupu',
  'wechat',
  'register',
  'phone',
  'control',
  'console',
  'gateway',
  'callback',
  'push',
  'sink',
] as const

/** Where a request went: its path without the ways in, and the world that the path names. */
export interface Address {
  /** The world of `/w/{world}/…`, if the path begins so. */
  readonly world: string | undefined
  /** The person of `/as/{person}/…`, in whose WeChat the page is seen. */
  readonly person: string | undefined
  /** The canonical path that routes see. */
  readonly path: string
}

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  /**
   * What follows the body, of an answer that is never whole in memory: made as fast as it is read. When it throws, the
   * connection breaks off. The journal keeps the body alone.
   */
  readonly stream?: AsyncIterable<string> | undefined
  /** For counters: the errcode or status, 0 when good. */
  readonly code: number
  /** How a fault makes it come. */
  readonly wire?: Wire
}

/** What is wrong with the way of an answer to its caller. */
export interface Wire {
  readonly transport?: Exclude<Transport, 'garbage'>
  /** Of a truncated answer, the whole body's length; there is no more of it than the answer holds. */
  readonly length?: number
  /** Real milliseconds before it begins to come. */
  readonly delay_ms?: number
  /** The connection is over when it has been sent. */
  readonly ends?: boolean
}

/** What can go wrong before an endpoint is reached, or inside it. */
export type TransportFault =
  | 'unknown_path'
  | 'wrong_method'
  | 'body_too_large'
  /** Its `Content-Encoding` is none that we read, or not what it says. */
  | 'unknown_encoding'
  | 'world_was_reset'

/** A call as it is written on the wire: where each value stands, the path not yet filled. */
export interface WrittenCall {
  readonly path: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
  readonly header: Readonly<Record<string, string>>
  readonly body: Readonly<Record<string, unknown>>
  /** Who authenticates, where that says whose call it is. */
  readonly user?: string
}

/** A part of how a call proves who makes it. */
export type SecurityScheme =
  | { readonly type: 'apiKey'; readonly in: 'header' | 'query'; readonly name: string }
  | { readonly type: 'http'; readonly scheme: 'basic' | 'bearer' }

/** How a partner's profile spells the canonical API, for the documents. */
export interface Spelling {
  /** Tells surfaces of one name apart. */
  readonly name: string
  /** Headers by which a caller proves who it is. */
  readonly headers: readonly string[]
  /** The same as OpenAPI knows it: security schemes by their names, all of which belong to a call. */
  readonly security: Readonly<Record<string, SecurityScheme>>
  /** Where a canonical field of an endpoint stands: a JSON pointer, `query:name` or `header:name`. */
  placeOf(endpoint: string, field: string): string | undefined
  /** A good answer as it goes on the wire; undefined where that is the canonical one. */
  success(
    endpoint: string,
    answer: Readonly<Record<string, unknown>>,
  ): { readonly status: number; readonly body: unknown } | undefined
  /** A call with canonical fields, written as callers of the profile do. */
  callOf(endpoint: Endpoint<never>, input: Readonly<Record<string, unknown>>): WrittenCall
}

/** One face of the simulator: whose a call is, and how an answer is wrapped. */
export interface Surface<C = unknown> {
  readonly name: string
  /** Path prefixes below which unknown paths are this surface's. */
  readonly bases: readonly string[]
  /** Put before the endpoints' paths when they are mounted. */
  readonly prefix: string
  readonly endpoints: readonly Endpoint<C>[]
  /** Who may call: `open` is for everybody but foreign pages, `wechat` under the names of WeChat's hosts too. */
  readonly area: 'open' | 'wechat' | 'control' | 'pages' | 'metrics'
  /** What its errcodes say and mean; undefined where refusals are problems (RFC 9457). */
  readonly table?: RefusalTable
  readonly spelling?: Spelling
  /** Loads what answers need and a unit may not wait for: views, say. Awaited before the call begins. */
  load?(): Promise<unknown>
  /** Canonical fields from a request that spells them its own way. */
  readFields?(
    call: Pick<Call, 'request' | 'endpoint' | 'query' | 'fields'>,
  ): Readonly<Record<string, unknown>>
  /** A request as the journal may keep it: without what it would not know for a secret. */
  forJournal?(request: RawRequest): RawRequest
  /** Says whose the call is: `call.enter(world, …)`, in any case. Refuses a caller who is not known. */
  authenticate(call: Call<C>): Refusal | undefined
  refuseTransport(
    fault: TransportFault,
    at: {
      readonly endpoint: Endpoint<C> | undefined
      readonly request: RawRequest
      readonly call?: Call
      /** Why the caller is not known, where that was found out. */
      readonly stranger?: Refusal | undefined
      /** Of a call whose world was deleted meanwhile, its name. */
      readonly gone?: string | undefined
    },
  ): Refusal
  /** Puts an outcome on the wire. `trace` names the exchange; `call` is left out where there was none. */
  encode(
    outcome: Outcome,
    at: {
      trace: string
      world: Pick<World, 'now'>
      endpoint: Endpoint<C> | undefined
      call?: Pick<Call<C>, 'fields' | 'caller' | 'db' | 'world'>
    },
  ): Answer
}
