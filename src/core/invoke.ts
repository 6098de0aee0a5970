import { refusalBy } from './apply-fault.ts'
import type { Call } from './call.ts'
import {
  type Endpoint,
  isPending,
  type Outcome,
  type Pending,
  pending,
  type WaitingEndpoint,
} from './endpoint.ts'
import type { Engine } from './engine.ts'
import { isHarmless } from './fault.ts'
import { stepOf } from './meet-fault.ts'
import type { Refusal } from './refusal.ts'
import { admit, passThrough } from './run.ts'

type Fields = Readonly<Record<string, unknown>>

/** A call made inside another, which waits for the network or for due work. */
export interface Suspended {
  readonly call: Call
  readonly state: unknown
}

/**
 * Makes a call of the control API inside a page's: by the same endpoint, from its admission on. Pending: the page's own
 * `outside` and `after` go on with `waitFor` and `resume`.
 */
export function beginInvoke(outer: Call, id: string, given: Fields): Outcome | Pending<Suspended> {
  const endpoint = outer.engine.endpoints.get(id)
  if (!endpoint) throw new Error(`there is no control call ${id}`)
  const named = endpoint.path.includes('{world}') ? { world: outer.world.world } : {}
  const call = outer.inside<unknown>(endpoint, { ...named, ...given }, undefined)
  const outcome = passThrough(call, endpoint)
  return isPending(outcome) ? pending({ call, state: outcome.state }) : outcome
}

/** What a suspended call waits for, outside of any unit. */
export function waitFor(
  { call, state }: Suspended,
  engine: Engine,
  hungUp: AbortSignal | undefined,
): Promise<unknown> {
  return waitingEndpointOf(call).outside(state, engine, hungUp)
}

/** Ends a suspended call in the page's second unit. */
export function resume({ call, state }: Suspended, result: unknown): Outcome {
  return waitingEndpointOf(call).after(call as Call<unknown, never>, state, result)
}

function waitingEndpointOf({ endpoint }: Call): WaitingEndpoint<unknown> {
  if (!endpoint || 'handle' in endpoint) throw new Error(`${endpoint?.id} waits for nothing`)
  return endpoint as unknown as WaitingEndpoint<unknown>
}

/** The same for a call that waits for nothing. */
export function invoke(outer: Call, id: string, given: Fields): Outcome {
  const outcome = beginInvoke(outer, id, given)
  if (isPending(outcome)) throw new Error(`${id} waits, and here nobody can`)
  return outcome
}

/**
 * Does inside a call what another endpoint does, with the domain's own values instead of those of the wire: the caller is
 * admitted like one who calls that endpoint, then `work` decides.
 */
export function within<C, T>(
  outer: Call,
  at: Inside<C>,
  work: (call: Call<C>) => T | Refusal,
): T | Refusal {
  const { call, no } = enterInside(outer, at)
  if (no) return no
  const outcome = work(call)
  const { fault } = call
  if (!fault || isHarmless(fault.action)) return outcome
  // It is done, and nobody hears of it.
  call.seal()
  return refusalBy(outer, fault.action, stepOf(fault), at.endpoint.faults)
}

/** What is called inside another call, by whom; `fields`: whom it names. */
export interface Inside<C> {
  readonly endpoint: Endpoint<C>
  readonly caller: C
  readonly fields?: Fields
}

/** An endpoint as somebody meets it who does not call it over the network: no fault lies on the way. */
export function withoutFaults<E extends object>(endpoint: E): Omit<E, 'faults'> {
  return { ...endpoint, faults: undefined }
}

/** Makes the call and asks for its admission: for who has more to say of the fault that it was met by. */
export function enterInside<C>(
  outer: Call,
  { endpoint, caller, fields = {} }: Inside<C>,
): { readonly call: Call<C>; readonly no: Refusal | undefined } {
  const call = outer.inside(endpoint, fields, caller)
  return { call, no: admit(call, endpoint as unknown as Endpoint) }
}
