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
  /** Texts of the request's JSON that the decision may say again. */
  readonly texts?: readonly string[]
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
  const name = db.recall(key, () => nameOf(key))
  if (name === undefined) return putBare(db, epoch, exchange)
  db.once(`${epoch} ${name}`, () => insertOne(db, { epoch, head: name, ...commonOf(exchange) }))
  return { head: name, ...rest }
}

/** Undefined: there are too many. */
function nameOf(key: string): string | undefined {
  const known = names.get(key)
  if (known !== undefined || names.size >= heads_max) return known
  const name = hash('sha256', key, 'base64url').slice(0, name_length)
  names.set(key, name)
  return name
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
    if (typeof step === 'string') key += `\n${step}`
    else {
      key += '\n'
      facts.push(step)
    }
  }
  const request = divideHeaders(exchange.request_headers, common_request, exchange.request_body)
  const response = divideHeaders(exchange.response_headers, common_response)
  return {
    key: `${key}\n\n${request.key}\n${response.key}`,
    url: isPlain ? null : url,
    request_headers: request.own,
    response_headers: response.own,
    decision: facts.length === 0 ? '' : shorten(JSON.stringify(facts), exchange),
  }
}

/** Common headers as one text, and the others as JSON. A `content-length` that is the body's own is common, and empty. */
function divideHeaders(
  headers: Headers,
  common: ReadonlySet<string>,
  body?: Buffer,
): { readonly key: string; readonly own: string | null } {
  let key = ''
  let own: Record<string, unknown> | undefined
  for (const name in headers) {
    const value = headers[name]
    if (typeof value === 'string' && common.has(name)) key += `${name}:${value}\n`
    else if (isLengthOf(body, name, value)) key += `${name}:\n`
    else {
      own ??= {}
      own[name] = value
    }
  }
  return { key, own: own ? JSON.stringify(own) : null }
}

function isLengthOf(body: Buffer | undefined, name: string, value: unknown): boolean {
  return name === 'content-length' && Number(value) === body?.length
}

function commonOf(exchange: Particulars): Omit<HeadRow, 'epoch' | 'head'> {
  const { direction, surface, endpoint, method, url, isPlain, decision } = exchange
  const { request_headers, request_body, response_headers } = exchange
  const steps = decision.map((step) => (typeof step === 'string' ? step : null))
  const request = divideHeaders(request_headers, common_request, request_body)
  const response = divideHeaders(response_headers, common_response)
  return {
    direction,
    surface,
    endpoint,
    method,
    url: isPlain ? url : '',
    request_headers: asJson(request.key),
    response_headers: asJson(response.key),
    steps: JSON.stringify(steps),
  }
}

/** Lines of names and values as JSON. */
function asJson(lines: string): string {
  const pairs = lines.split('\n').slice(0, -1)
  return JSON.stringify(
    Object.fromEntries(
      pairs.map((line) => [line.split(':', 1)[0], line.slice(line.indexOf(':') + 1)]),
    ),
  )
}

/** A text that is in the body already is worth a reference from so many characters on. */
const reference_length_min = 32
/** What JSON never has as it is stands around a reference. */
const mark = '\u0001'

/** A decision whose long texts are in the request's body too: there it says where. */
function shorten(decision: string, { texts = [], request_body }: Particulars): string {
  let body: string | undefined
  let short = decision
  for (const text of texts) {
    if (text.length < reference_length_min) continue
    const quoted = JSON.stringify(text)
    if (!short.includes(quoted)) continue
    body ??= request_body.toString('utf8')
    const at = body.indexOf(quoted)
    if (at >= 0) short = short.replaceAll(quoted, `${mark}${at},${quoted.length}${mark}`)
  }
  return short
}

/** The same as it was. */
function lengthen(decision: string, request_body: Buffer): string {
  if (!decision.includes(mark)) return decision
  const body = request_body.toString('utf8')
  const references = new RegExp(`${mark}(\\d+),(\\d+)${mark}`, 'g')
  return decision.replace(references, (_, at, length) =>
    body.slice(Number(at), Number(at) + Number(length)),
  )
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
