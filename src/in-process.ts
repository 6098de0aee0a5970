import type { Endpoint } from './core/endpoint.ts'
import { useOneOf } from './core/nearest.ts'
import { missingField, problem } from './core/problem.ts'
import type { Refusal } from './core/refusal.ts'

/** A control call that was refused: the problem as HTTP would have answered it. */
export class CallError extends Error {
  readonly id: string
  readonly status: number
  /** `type, title, status, field, reason, fix`. */
  readonly problem: Readonly<Record<string, unknown>>

  constructor(id: string, problem: Readonly<Record<string, unknown>>) {
    const { status, title, field, reason, fix } = problem
    super(`${id}: ${title}${field ? ` (${field})` : ''}: ${reason}; ${fix}`)
    this.name = 'CallError'
    this.id = id
    this.status = Number(status)
    this.problem = problem
  }
}

/** Where calls in process think that they are sent to, as long as there is no port. */
export const inner_origin = 'http://sim.localhost'

/** Calls a control endpoint as HTTP would: there is one way in. */
export async function callEndpoint(
  id: string,
  input: object,
  at: {
    endpoints: ReadonlyMap<string, Endpoint>
    origin: string
    token: string | undefined
    fetch: (request: Request) => Promise<Response>
  },
): Promise<unknown> {
  const endpoint = at.endpoints.get(id)
  if (!endpoint || endpoint.credential !== undefined) throw unknownCall(id, at.endpoints)
  const hole = holeIn(endpoint, input as Fields)
  if (hole) throw new CallError(id, hole.extra ?? {})
  const response = await at.fetch(makeRequest(endpoint, input, at))
  const type = response.headers.get('content-type') ?? ''
  if (type.startsWith('image/')) return new Uint8Array(await response.arrayBuffer())
  const text = await response.text()
  if (response.ok && text !== '' && !type.includes('json')) return text
  const answer: unknown = text === '' ? undefined : JSON.parse(text)
  if (response.ok) return answer
  throw new CallError(id, answer as Record<string, unknown>)
}

type Fields = Readonly<Record<string, unknown>>

function unknownCall(id: string, endpoints: ReadonlyMap<string, Endpoint>): Error {
  const all = [...endpoints.values()].filter(({ credential }) => credential === undefined)
  const [noun = ''] = id.split('.')
  const ofNoun = all.filter((one) => one.id.startsWith(`${noun}.`))
  const names = (ofNoun.length > 0 ? ofNoun : all).map((one) => one.id)
  return new Error(`there is no control call ${id}; ${useOneOf(id, names)}; /docs lists them`)
}

/** The no to the first field of the path that leaves a hole in it: there would be no such path. */
function holeIn({ path }: Endpoint, input: Fields): Refusal | undefined {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  const field = names.find((name) => /^\.{0,2}$/.test(String(input[name] ?? '')))
  if (field === undefined) return undefined
  const isMissing = String(input[field] ?? '') === ''
  const reason = 'a path cannot hold it'
  return isMissing
    ? missingField(field)
    : problem('invalid_field', { field, reason, fix: `give another ${field}` })
}

function makeRequest(
  endpoint: Endpoint,
  input: object,
  { origin, token }: { origin: string; token: string | undefined },
): Request {
  const rest: Record<string, unknown> = { ...input }
  const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = rest[name]
    delete rest[name]
    return encodeURIComponent(String(value ?? ''))
  })
  // A world's handle names its world in every call: those that concern the whole server have no use for it.
  if (!Object.hasOwn(endpoint.input.shape, 'world')) delete rest['world']
  const url = new URL(`/_sim/v1${path}`, origin)
  const method = endpoint.methods[0]
  const headers: Record<string, string> =
    token === undefined ? {} : { authorization: `Bearer ${token}` }
  if (endpoint.from.includes('json')) {
    return new Request(url, {
      method,
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(rest),
    })
  }
  for (const [name, value] of Object.entries(rest))
    if (value !== undefined) url.searchParams.set(name, String(value))
  return new Request(url, { method, headers })
}
