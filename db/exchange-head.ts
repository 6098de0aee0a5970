import { hash } from 'node:crypto'
import { lengthen, shorten } from './exchange-text.ts'
import { insertRow } from './hot.ts'
import type { Row } from './schema.ts'
import type { Db } from './unit.ts'

export type Headers = Readonly<Record<string, string | string[] | undefined>>

/** What stands in a head, and what only this exchange says. */
export interface Particulars {
  readonly direction: 'in' | 'out'
  readonly surface: string
  readonly endpoint: string
  readonly method: string
  readonly url: string
  /** Whether all calls of the endpoint have this URL: nothing in it says what is asked. */
  readonly isPlain?: boolean
  readonly request_headers: Headers
  readonly request_body: Buffer
  readonly response_headers: Headers
  /** Steps: a rule's name, or what was seen. */
  readonly decision: readonly unknown[]
  /** Members of the request's JSON body: its decision may say their texts again. */
  readonly texts?: Readonly<Record<string, unknown>> | undefined
}

export type HeadRow = Row<'exchange_head'>

/** What is left of an exchange when its head is known. Null, or no fact: the head says it all. */
export interface Rest {
  readonly head: string
  readonly url: string | null
  readonly request_headers: string | null
  readonly response_headers: string | null
  readonly decision: string
}

/** Request headers that a client sends alike with every call, and those of answers. */
const common_request = new Set([
  'host',
  'connection',
  'user-agent',
  'accept',
  'accept-encoding',
  'accept-language',
  'content-type',
  'cache-control',
])
const common_response = new Set(['Content-Type'])

/** So many different heads a process knows; what is different after that keeps its particulars to itself. */
const heads_max = 2000
/** Of one endpoint so many are at hand. */
const heads_at_hand = 50
/** 66 bits tell all heads of an epoch apart. */
const name_length = 11

/** A head, as exchanges are compared with it. */
interface Head {
  readonly name: string
  readonly direction: 'in' | 'out'
  readonly surface: string
  readonly method: string
  readonly url: string
  /** Null: a fact of each exchange's own. */
  readonly steps: readonly (string | null)[]
  readonly request: Shared
  readonly response: Shared
}

/** Headers that many send alike: a name, its value, the next name. */
type Shared = readonly string[]

const insertOne = insertRow('exchange_head', { unlessThere: true })
const names = new Set<string>()
/** By endpoint. */
const atHand = new Map<string, Head[]>()

/** Keeps what an exchange has in common with others, once; answers the rest. */
export function putHead(db: Db, epoch: number, exchange: Particulars): Rest {
  for (const head of atHand.get(exchange.endpoint) ?? []) {
    const rest = restOf(exchange, head)
    if (rest) return put(db, epoch, exchange, { head, rest })
  }
  const head = headOf(exchange)
  const rest = restOf(exchange, head)
  if (!rest || !keepAtHand(exchange.endpoint, head)) return putBare(db, epoch, exchange)
  return put(db, epoch, exchange, { head, rest })
}

function put(
  db: Db,
  epoch: number,
  { endpoint }: Particulars,
  { head, rest }: { readonly head: Head; readonly rest: Rest },
): Rest {
  db.once(`${epoch} ${head.name}`, () => insertOne(db, rowOf(epoch, endpoint, head)))
  return rest
}

/** False: there are too many. What it has said of a head once it says again. */
function keepAtHand(endpoint: string, head: Head): boolean {
  if (!names.has(head.name) && names.size >= heads_max) return false
  names.add(head.name)
  const heads = atHand.get(endpoint) ?? []
  atHand.set(endpoint, [head, ...heads.slice(0, heads_at_hand - 1)])
  return true
}

/** The head of those that have nothing in common but where they went; they keep all else. */
export function putBare(db: Db, epoch: number, exchange: Particulars): Rest {
  const { direction, surface, endpoint, method, url } = exchange
  const head = `${direction} ${surface} ${endpoint} ${method}`
  const common = { direction, surface, endpoint, method }
  const none = { url: '', request_headers: '{}', response_headers: '{}', steps: null }
  db.once(`${epoch} ${head}`, () => insertOne(db, { epoch, head, ...common, ...none }))
  return {
    head,
    url,
    request_headers: JSON.stringify(exchange.request_headers),
    response_headers: JSON.stringify(exchange.response_headers),
    decision: JSON.stringify(exchange.decision),
  }
}

/** What an exchange has in common with others. */
function headOf(exchange: Particulars): Head {
  const { direction, surface, endpoint, method, isPlain, decision } = exchange
  const url = isPlain ? exchange.url : ''
  const steps = decision.map((step) => (typeof step === 'string' ? step : null))
  const request = sharedOf(exchange.request_headers, common_request, exchange.request_body)
  const response = sharedOf(exchange.response_headers, common_response)
  const key = JSON.stringify([direction, surface, endpoint, method, url, steps, request, response])
  const name = hash('sha256', key, 'base64url').slice(0, name_length)
  return { name, direction, surface, method, url, steps, request, response }
}

function sharedOf(headers: Headers, common: ReadonlySet<string>, body?: Buffer): Shared {
  const shared: string[] = []
  for (const name in headers) {
    const value = sharedValue(name, headers[name], common, body)
    if (value !== undefined) shared.push(name, value)
  }
  return shared
}

/** A `content-length` that is the body's own is common, and empty. Undefined: nobody else says it. */
function sharedValue(
  name: string,
  value: Headers[string],
  common: ReadonlySet<string>,
  body: Buffer | undefined,
): string | undefined {
  if (typeof value !== 'string') return undefined
  if (common.has(name)) return value
  return name === 'content-length' && Number(value) === body?.length ? '' : undefined
}

/** What an exchange says beside a head; undefined: it says something else than the head does. Builds no text to find out. */
function restOf(exchange: Particulars, head: Head): Rest | undefined {
  const { direction, surface, method, isPlain, decision } = exchange
  const { steps } = head
  if (decision.length !== steps.length || method !== head.method) return undefined
  if (direction !== head.direction || surface !== head.surface) return undefined
  if ((isPlain ? exchange.url : '') !== head.url) return undefined
  const facts: unknown[] = []
  for (let i = 0; i < steps.length; i++) {
    const step = decision[i]
    if (typeof step !== 'string') facts.push(step)
    if (steps[i] !== (typeof step === 'string' ? step : null)) return undefined
  }
  const { request_headers, request_body, response_headers } = exchange
  const request = ownHeaders(request_headers, head.request, common_request, request_body)
  const response = ownHeaders(response_headers, head.response, common_response)
  if (request === undefined || response === undefined) return undefined
  return {
    head: head.name,
    url: isPlain ? null : exchange.url,
    request_headers: request,
    response_headers: response,
    decision: facts.length === 0 ? '' : shorten(facts, exchange),
  }
}

/** Headers beside the shared ones, as JSON; null: none. Undefined: the shared ones are others. */
function ownHeaders(
  headers: Headers,
  shared: Shared,
  common: ReadonlySet<string>,
  body?: Buffer,
): string | null | undefined {
  let at = 0
  let own: Record<string, unknown> | undefined
  for (const name in headers) {
    const value = sharedValue(name, headers[name], common, body)
    if (value === undefined) {
      own ??= {}
      own[name] = headers[name]
    } else {
      if (shared[at] !== name || shared[at + 1] !== value) return undefined
      at += 2
    }
  }
  if (at < shared.length) return undefined
  return own ? JSON.stringify(own) : null
}

function rowOf(epoch: number, endpoint: string, head: Head): HeadRow {
  const { name, direction, surface, method, url, steps, request, response } = head
  return {
    epoch,
    head: name,
    direction,
    surface,
    endpoint,
    method,
    url,
    request_headers: asJson(request),
    response_headers: asJson(response),
    steps: JSON.stringify(steps),
  }
}

function asJson(shared: Shared): string {
  const pairs: [string, string | undefined][] = []
  for (let i = 0; i < shared.length; i += 2) pairs.push([shared[i] ?? '', shared[i + 1]])
  return JSON.stringify(Object.fromEntries(pairs))
}

/** The whole again. `body_length`: of the request's body as it came. */
export function join(
  head: HeadRow,
  rest: Rest & { readonly request_body: Buffer },
  body_length: number,
) {
  const request_headers = { ...read(head.request_headers), ...read(rest.request_headers) }
  if (request_headers['content-length'] === '') request_headers['content-length'] = `${body_length}`
  const { direction, surface, endpoint, method } = head
  return {
    direction,
    surface,
    endpoint,
    method,
    url: rest.url ?? head.url,
    request_headers,
    response_headers: { ...read(head.response_headers), ...read(rest.response_headers) },
    decision: joinSteps(head.steps, lengthen(rest.decision, rest.request_body)),
  }
}

function read(json: string | null): Record<string, string | string[]> {
  return json === null ? {} : JSON.parse(json)
}

function joinSteps(steps: string | null, decision: string): unknown[] {
  const facts: unknown[] = decision === '' ? [] : JSON.parse(decision)
  if (steps === null) return facts
  const rules: (string | null)[] = JSON.parse(steps)
  return rules.map((rule) => rule ?? facts.shift())
}

/** Heads of an epoch by name. */
export function findHeads(
  db: Db,
  epoch: number,
  heads: readonly string[],
): ReadonlyMap<string, HeadRow> {
  if (heads.length === 0) return new Map()
  const query = db.selectFrom('exchange_head').selectAll().where('epoch', '=', epoch)
  const rows = db.all(query.where('head', 'in', [...new Set(heads)]))
  return new Map(rows.map((row) => [row.head, row]))
}
