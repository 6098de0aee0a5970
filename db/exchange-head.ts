import { hash } from 'node:crypto'
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
/** 66 bits tell all heads of an epoch apart. */
const name_length = 11

const insertOne = insertRow('exchange_head', { unlessThere: true })
const names = new Map<string, string>()

/** Keeps what an exchange has in common with others, once; answers the rest. */
export function putHead(db: Db, epoch: number, exchange: Particulars): Rest {
  const { key, ...rest } = divide(exchange)
  const head = names.get(key)
  if (head === undefined && names.size >= heads_max) return putBare(db, epoch, exchange)
  const name = head ?? hash('sha256', key, 'base64url').slice(0, name_length)
  if (head === undefined) names.set(key, name)
  db.once(`${epoch} ${name}`, () => insertOne(db, { epoch, head: name, ...commonOf(exchange) }))
  return { head: name, ...rest }
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

/** What an exchange has in common with others, as one text, and what it has not. */
function divide(exchange: Particulars): { readonly key: string } & Omit<Rest, 'head'> {
  const { direction, surface, endpoint, method, url, isPlain, decision } = exchange
  let key = `${direction} ${surface} ${endpoint} ${method} ${isPlain ? url : ''}`
  const facts: unknown[] = []
  for (const step of decision) {
    key += `\n${typeof step === 'string' ? step : ''}`
    if (typeof step !== 'string') facts.push(step)
  }
  const request = divideHeaders(exchange.request_headers, isCommonIn(exchange))
  const response = divideHeaders(exchange.response_headers, isCommonOut)
  return {
    key: `${key}\n\n${request.key}\n${response.key}`,
    url: isPlain ? null : url,
    request_headers: request.own,
    response_headers: response.own,
    decision: facts.length === 0 ? '' : JSON.stringify(facts),
  }
}

/** How a header is kept that is common: as it is, or empty when it follows from the body. Undefined: it is not common. */
type Common = (name: string, value: unknown) => string | undefined

function isCommonIn({ request_body }: Particulars): Common {
  const length = String(request_body.length)
  return (name, value) => {
    if (typeof value !== 'string') return undefined
    if (common_request.has(name)) return value
    return name === 'content-length' && value === length ? '' : undefined
  }
}

const isCommonOut: Common = (name, value) =>
  common_response.has(name) && typeof value === 'string' ? value : undefined

function divideHeaders(headers: Headers, common: Common): { key: string; own: string | null } {
  let key = ''
  let own: Record<string, unknown> | undefined
  for (const name in headers) {
    const value = common(name, headers[name])
    if (value !== undefined) key += `${name}:${value}\n`
    else {
      own ??= {}
      own[name] = headers[name]
    }
  }
  return { key, own: own ? JSON.stringify(own) : null }
}

function commonOf(exchange: Particulars): Omit<HeadRow, 'epoch' | 'head'> {
  const { direction, surface, endpoint, method, url, isPlain, decision } = exchange
  const steps = decision.map((step) => (typeof step === 'string' ? step : null))
  return {
    direction,
    surface,
    endpoint,
    method,
    url: isPlain ? url : '',
    request_headers: commonHeaders(exchange.request_headers, isCommonIn(exchange)),
    response_headers: commonHeaders(exchange.response_headers, isCommonOut),
    steps: JSON.stringify(steps),
  }
}

function commonHeaders(headers: Headers, common: Common): string {
  const pairs = Object.entries(headers).map(([name, value]) => [name, common(name, value)])
  return JSON.stringify(Object.fromEntries(pairs.filter(([, value]) => value !== undefined)))
}

/** The whole again. `body_length`: of the request's body as it came. */
export function join(head: HeadRow, rest: Rest, body_length: number) {
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
    decision: joinSteps(head.steps, rest.decision),
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
