import type { Endpoint } from './core/endpoint.ts'

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
  if (!endpoint || endpoint.credential !== undefined)
    throw new Error(`there is no control call ${id}; /docs lists them`)
  const response = await at.fetch(makeRequest(endpoint, input, at))
  const type = response.headers.get('content-type') ?? ''
  if (type.startsWith('image/')) return new Uint8Array(await response.arrayBuffer())
  const text = await response.text()
  const answer: unknown = text === '' ? undefined : JSON.parse(text)
  if (response.ok) return answer
  throw new CallError(id, answer as Record<string, unknown>)
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
