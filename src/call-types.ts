import type { z } from 'zod'
import type { ControlEndpoint } from './control/endpoints.ts'

/** The endpoints of the control API by their ids: whoever adds one to the surface has its types here. */
type Endpoints = { readonly [E in ControlEndpoint as E['id']]: E }

/** The id of a control call. */
export type CallId = keyof Endpoints

/** What a control call takes: the fields of its path, query and body in one object. */
export type CallInput<Id extends CallId> = z.input<Endpoints[Id]['input']>

/** What a control call answers: an object, the bytes of a picture, a text, or nothing. */
export type CallAnswer<Id extends CallId> = AnswerOf<Endpoints[Id]['answer']>

type AnswerOf<A> = A extends z.ZodType
  ? z.output<A>
  : A extends 'none'
    ? undefined
    : A extends `image/${string}`
      ? Uint8Array
      : string

/** Left out where no field must be given. */
type Given<T> = Record<never, never> extends T ? [input?: T] : [input: T]

/** Makes control calls by their ids. Throws `CallError`. */
export interface Calling {
  /** An id that is known at run time only. */
  <Id extends string>(id: RunTimeId<Id>, input?: object): Promise<unknown>
  <Id extends CallId>(id: Id, ...input: Given<CallInput<Id>>): Promise<CallAnswer<Id>>
}

/** The same in one world, which nobody needs to name. */
export interface CallingInWorld {
  /** An id that is known at run time only. */
  <Id extends string>(id: RunTimeId<Id>, input?: object): Promise<unknown>
  <Id extends CallId>(id: Id, ...input: Given<InWorld<CallInput<Id>>>): Promise<CallAnswer<Id>>
}

/** A text that is no literal, of which alone there may be no record: of literals the compiler knows whether they are ids. */
type RunTimeId<Id extends string> = Record<never, never> extends Record<Id, 1> ? Id : never

type InWorld<T> = Omit<T, 'world'> & { readonly world?: string }

/** An item of the list that a control call answers. */
export type ItemOf<Id extends CallId> = CallAnswer<Id> extends { items: (infer T)[] } ? T : never
