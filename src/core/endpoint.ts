import type { z } from 'zod'
import type { FaultFace } from './apply-fault.ts'
import type { Call } from './call.ts'
import type { Engine } from './engine.ts'
import type { FieldIssue, Localized } from './field.ts'
import type { Fidelity, Refusal } from './refusal.ts'
import type { RawRequest } from './request.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
export type FieldPlace = 'path' | 'query' | 'json' | 'form' | 'xml'

/** An answer other than 200 with a JSON object. */
export interface Reply {
  readonly kind: 'reply'
  readonly status: number
  readonly body?: unknown
  readonly type?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Text that follows the body, where that is text; made as it is read. */
  readonly stream?: AsyncIterable<string>
}

/** Handed back by `before` when the network or a timer must be waited for. */
export interface Pending<S> {
  readonly kind: 'pending'
  readonly state: S
  /** What is answered before the wait; what comes of that then only writes. */
  readonly first?: Outcome
}

export type Outcome = Refusal | Reply | Readonly<Record<string, unknown>>

/** What the builder of a surface gives to each of its endpoints: who may call, and how a malformed call is refused. */
export interface EndpointRules<C> {
  /** Permission, then limits, of a caller who is known. What it counts stays, by `call.seal()`, whatever becomes of the call. */
  admit?(call: Call<C>): Refusal | undefined
  /** Refuses a body that cannot be read, before the fields are looked at. */
  refuseBody?(call: Call<C>): Refusal | undefined
  refuseField(issue: FieldIssue): Refusal
  /** How faults meet it; left out: none does. */
  readonly faults?: FaultFace<C>
}

/** What a call needs of its endpoint, besides what it does. */
export interface Described<C, I extends z.ZodObject, N extends string = string> {
  /** `noun.verb`: the name in process, in OpenAPI, in faults and in counters. */
  readonly id: N
  readonly methods: readonly [Method, ...Method[]]
  /** Path within the surface's base; `{name}` is a path field. */
  readonly path: string
  /** Of a path that pages have, too: whether a request is meant for it. Left out: all are. */
  takes?(request: RawRequest): boolean
  readonly from: readonly FieldPlace[]
  readonly input: I
  /** By what its fields are read, where that is not yet the documented input: of a call that makes others, say. */
  readonly reads?: z.ZodObject
  /** Status of a good answer, when it is not 200. */
  readonly status?: number
  /** Status of a good answer when what was to be made is there already. */
  readonly statusIfThere?: number
  /** Media types of a good answer besides JSON: what the field `format` can ask for. */
  readonly formats?: readonly string[]
  /** True: it changes nothing, though it is no GET. */
  readonly looks?: boolean
  /** What the surface checks before the fields; the surface says which words it knows. */
  readonly credential?: string
  /** What the caller's account must be allowed to do, in the surface's words. */
  readonly permission?: string
  /** Which body that is no JSON counts as an object without fields, instead of being refused. */
  readonly readAsEmpty?: 'form' | 'any'
  /** What a refusal leaves behind that brings no writes of its own. */
  refusalWrites?(call: Call<C | undefined>, refusal: Refusal): unknown
  /** False: read often and worth nothing in the journal (the journal's own pages). */
  readonly journalled?: boolean
  /** True: its body is not kept in the journal, because it says whom to forget, or holds people whom nobody would find there. */
  readonly forgets?: boolean | ((fields: Readonly<Record<string, unknown>>) => boolean)
  /** Bytes of the largest body, where it may be larger than others. */
  readonly body_bytes_max?: number
}

/** Shape of an answer's JSON object; of a page or text, its media type. */
type AnswerShape = z.ZodType | string

/** What an endpoint of an API says to whoever calls it. Pages say nothing of the kind. */
export interface Documentation<A extends AnswerShape = AnswerShape> {
  readonly summary: Localized
  /** Fields that the handler checks itself, at their place in the order of checks. */
  readonly later?: z.ZodObject
  readonly answer: A
  /** Every code that it may refuse with, in the order of its checks. */
  readonly refusals: readonly number[]
  /** Where it is known from: a page of the vendor's documentation by its name, or a sentence. */
  readonly source: string | Localized
  readonly fidelity: Fidelity
  readonly example: Example
}

/**
 * A good call, which the tests make and the documents show with its answer. In its texts `{li.openid}` stands for what the
 * standard scene of the tests knows by that name, `{application}` for what an earlier call has told.
 */
export interface Example {
  /** All fields but those that say who calls, and in which world. */
  readonly input: Readonly<Record<string, unknown>>
  /** Its answer, where the standard scene cannot make the call. */
  readonly answer?: Readonly<Record<string, unknown>>
  /** What is uploaded, as the one part of a multipart body. */
  readonly file?: ExampleFile
  /** What must have been called before, in this order. */
  readonly after?: readonly EarlierCall[]
}

/** A file of a multipart body, whose bytes are ASCII. */
export interface ExampleFile {
  /** Of its part. */
  readonly name: string
  readonly filename: string
  readonly text: string
}

/** A call that another one needs. */
export interface EarlierCall {
  /** The id of its endpoint. */
  readonly call: string
  readonly input?: Readonly<Record<string, unknown>>
  /** What its answer tells, by the name that later calls use: where it stands (`items.0.seq`), or a part of what stands there. */
  readonly take?: Readonly<Record<string, string | { readonly at: string; readonly match: RegExp }>>
}

/** What an endpoint says of itself; of `refusals` only those that its surface's builder does not know already. */
export type Spec<
  C,
  I extends z.ZodObject,
  N extends string = string,
  A extends AnswerShape = AnswerShape,
> = Described<C, I, N> &
  Omit<Documentation, keyof Derived | 'answer'> &
  Partial<Derived> & { readonly answer: A }

/** What the builder of a surface may derive from the rest. */
export type Derived = Pick<Documentation, 'refusals' | 'source' | 'fidelity'>

/** Decides inside one unit. */
export interface Handled<C, I extends z.ZodObject> {
  handle(call: Call<C, z.output<I>>): Outcome
}

/** Decides in two units with a wait between them. `outside` must not throw; `hungUp` aborts when nobody reads the answer any more. */
export interface Waiting<C, I extends z.ZodObject, S, R> {
  before(call: Call<C, z.output<I>>): Outcome | Pending<S>
  outside(state: S, engine: Engine, hungUp: AbortSignal | undefined): Promise<R>
  after(call: Call<C, z.output<I>>, state: S, result: R): Outcome
}

export type HandledEndpoint<
  C,
  I extends z.ZodObject = z.ZodObject,
  N extends string = string,
> = Described<C, I, N> & Handled<C, I> & EndpointRules<C>
export type WaitingEndpoint<
  C,
  I extends z.ZodObject = z.ZodObject,
  S = unknown,
  R = unknown,
  N extends string = string,
> = Described<C, I, N> & Waiting<C, I, S, R> & EndpointRules<C>
export type Endpoint<C = unknown> = HandledEndpoint<C> | WaitingEndpoint<C>
export type DocumentedEndpoint<C = unknown> = Endpoint<C> & Documentation

/**
 * Makes a surface's `endpoint`: one value that is mounted, documented, called in process, counted and tested. `derive`
 * gives what follows from the rest of an endpoint of this surface; what is not among `D` each says itself.
 */
export function endpointsOf<C, K extends string, P extends string, D extends keyof Derived>(
  rules: EndpointRules<C>,
  derive: (spec: Spec<C, z.ZodObject>) => Pick<Derived, D> & { readonly journalled?: boolean },
) {
  type Said<I extends z.ZodObject, N extends string, A extends AnswerShape> = Spec<C, I, N, A> &
    Omit<Derived, D> & { readonly credential?: K; readonly permission?: P }
  function endpoint<I extends z.ZodObject, N extends string, A extends AnswerShape>(
    spec: Said<I, N, A> & Handled<C, I>,
  ): HandledEndpoint<C, I, N> & Documentation<A>
  function endpoint<I extends z.ZodObject, N extends string, A extends AnswerShape, S, R>(
    spec: Said<I, N, A> & Waiting<C, I, S, R>,
  ): WaitingEndpoint<C, I, unknown, unknown, N> & Documentation<A>
  function endpoint(spec: object): object {
    return { ...rules, ...spec, ...derive(spec as Spec<C, z.ZodObject>) }
  }
  return endpoint
}

/** Makes a surface's `page`: it is mounted like an endpoint, and documented nowhere. */
export function pagesOf<C>(rules: EndpointRules<C>) {
  function page<I extends z.ZodObject>(spec: Described<C, I> & Handled<C, I>): HandledEndpoint<C, I>
  function page<I extends z.ZodObject, S, R>(
    spec: Described<C, I> & Waiting<C, I, S, R>,
  ): WaitingEndpoint<C, I, S, R>
  function page(spec: object): object {
    return { ...rules, ...spec }
  }
  return page
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
