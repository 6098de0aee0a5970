import type { Engine } from './engine.ts'
import { type Call, isPending, type Outcome, type Pending, pending } from './endpoint.ts'
import { firstIssue } from './field.ts'
import { fieldProblem } from './problem.ts'

/** A control call that waits for the network or for due work, made by a page. */
export interface ControlWait {
  readonly id: string
  readonly input: Readonly<Record<string, unknown>>
  readonly fields: Readonly<Record<string, unknown>>
  readonly state: unknown
}

/**
 * Begins a control call inside a page's own unit, by the same endpoint and with the same checks as over HTTP. Pending: the
 * page's own `outside` and `after` go on with `waitControl` and `endControl`.
 */
export async function beginControl(
  call: Call,
  id: string,
  given: Readonly<Record<string, unknown>>,
): Promise<Outcome | Pending<ControlWait>> {
  const endpoint = endpointOf(call.engine, id)
  const named = endpoint.path.includes('{world}') ? { world: call.world.world } : {}
  const fields = { ...named, ...given }
  const parsed = endpoint.input.safeParse(fields)
  if (!parsed.success) {
    const issue = firstIssue(endpoint.input, fields, parsed.error.issues)
    if (!issue) throw parsed.error
    return fieldProblem(issue)
  }
  const input = parsed.data
  const inner = { ...call, input, fields }
  const outcome = 'handle' in endpoint ? await endpoint.handle(inner) : await endpoint.before(inner)
  return isPending(outcome) ? pending({ id, input, fields, state: outcome.state }) : outcome
}

/** What the call waits for, outside of any unit. */
export function waitControl({ id, state }: ControlWait, engine: Engine): Promise<unknown> {
  const endpoint = endpointOf(engine, id)
  if ('handle' in endpoint) throw new Error(`${id} waits for nothing`)
  return endpoint.outside(state, engine)
}

/** Ends the call in the page's second unit. */
export function endControl(
  call: Call,
  { id, input, fields, state }: ControlWait,
  result: unknown,
): Promise<Outcome> {
  const endpoint = endpointOf(call.engine, id)
  if ('handle' in endpoint) throw new Error(`${id} waits for nothing`)
  return endpoint.after({ ...call, input, fields }, state, result)
}

/** Makes a control call that waits for nothing. */
export async function callControl(
  call: Call,
  id: string,
  given: Readonly<Record<string, unknown>>,
): Promise<Outcome> {
  const outcome = await beginControl(call, id, given)
  if (isPending(outcome)) throw new Error(`${id} waits, and here nobody can`)
  return outcome
}

function endpointOf({ endpoints }: Engine, id: string) {
  const endpoint = endpoints.get(id)
  if (!endpoint) throw new Error(`there is no control call ${id}`)
  return endpoint
}
