import type { Call } from '../../core/call.ts'
import { bodyOf } from '../../core/request.ts'
import { readMobile } from '../mobile.ts'
import { type Place, type Row, readPlace, rowsAt, type Sent, valueAt } from './place.ts'
import { type Profile, type Spelled, spelledField } from './spelled.ts'
import { userOf } from './user.ts'

type Fields = Readonly<Record<string, unknown>>
type Reading = Pick<Call, 'request' | 'endpoint' | 'query' | 'fields'>

/** How one endpoint's fields are read, found out once. */
interface Reader {
  readonly fields: readonly {
    readonly name: string
    readonly how: Spelled
    readonly place: Place
  }[]
  readonly rows_max: number
  /** The way to whom a message goes, where that leads through a list. */
  readonly list: readonly string[] | undefined
}

/** Reads the canonical fields of requests that spell them as their profile says. */
export class FieldReader {
  readonly #profile: Profile
  readonly #readers: ReadonlyMap<string, Reader>
  /** Of calls that may have a list, the fields as sent. */
  readonly #sentFields = new WeakMap<object, Fields>()

  constructor(profile: Profile) {
    this.#profile = profile
    const own = Object.keys(profile.endpoints)
    this.#readers = new Map(own.flatMap((id) => readerOf(profile, id)))
  }

  /** Whether every field stands where the canonical contract has it. */
  get isIdentity(): boolean {
    return this.#readers.size === 0
  }

  /** Whether calls of an endpoint may name several recipients. */
  isList(endpoint: string): boolean {
    return this.#readers.get(endpoint)?.list !== undefined
  }

  /** The fields of a request, of the first recipient where there is a list of them. */
  read(call: Reading): Fields {
    const reader = call.endpoint && this.#readers.get(call.endpoint.id)
    if (reader?.list) this.#sentFields.set(call.request, call.fields)
    return reader ? readRow(reader, this.#sent(call), []) : call.fields
  }

  /** The fields of every recipient, at most one more than a call may have; one where there is no list. */
  rows(call: Reading): { readonly rows: readonly Fields[]; readonly max: number } {
    const reader = call.endpoint && this.#readers.get(call.endpoint.id)
    if (!reader?.list) return { rows: [call.fields], max: 1 }
    const sent = { ...this.#sent(call), fields: this.#sentFields.get(call.request) ?? {} }
    const rows = rowsAt(sent.fields, reader.list, reader.rows_max)
    return { rows: rows.map((row) => readRow(reader, sent, row)), max: reader.rows_max }
  }

  #sent({ request, query, fields }: Reading): Sent {
    return { request, query, fields, user: userOf(this.#profile.authentication, request) }
  }
}

function readerOf(profile: Profile, id: string): [string, Reader][] {
  const own = profile.endpoints[id]
  const names = Object.keys(own?.fields ?? {})
  if (!own || names.length === 0) return []
  const fields = names.flatMap((name) => {
    const how = spelledField(profile, id, name)
    return how ? [{ name, how, place: readPlace(how.at) }] : []
  })
  // The keywords first: what they hold of other fields is overruled by those fields' own places.
  const sorted = fields.toSorted(
    (a, b) => Number(b.name === 'keywords') - Number(a.name === 'keywords'),
  )
  const stars = ({ place }: (typeof fields)[number]) =>
    place.in === 'body' ? place.parts.filter((part) => part === '*').length : 0
  const deepest = fields.toSorted((a, b) => stars(b) - stars(a))[0]
  const place = deepest && stars(deepest) > 0 ? deepest.place : undefined
  const list =
    place?.in === 'body' ? place.parts.slice(0, place.parts.lastIndexOf('*') + 1) : undefined
  return [[id, { fields: sorted, rows_max: own.rows_max, list }]]
}

function readRow({ fields: wanted }: Reader, sent: Sent, row: Row): Fields {
  const fields: Record<string, unknown> = { ...sent.fields }
  for (const { name } of wanted) delete fields[name]
  for (const { name, how, place } of wanted) {
    const value = valueAt(sent, place, row)
    if (value === undefined || value === null) continue
    if (name === 'keywords') readValues(how, value, fields)
    else fields[name] = readValue(how, value)
  }
  return fields
}

function readValue({ format = 'any', cut }: Spelled, value: unknown): unknown {
  if (typeof value !== 'string') return value
  if (cut !== undefined && value.length > cut) return [...value].slice(0, cut).join('')
  // What the canonical contract would read is refused by it, and the decision says why.
  return formats[format].test(value) || readMobile(value) === undefined
    ? value
    : `${value} (not ${format})`
}

/** How a mobile may be written. */
const formats = {
  any: /^/,
  openid: /^/,
  e164: /^\+\d+$/,
  digits: /^[1-9]\d{11,}$/,
  national: /^1\d{10}$/,
} as const

/** The values of a template: keywords, and what the profile takes for other fields. What is no such list stays, and is refused. */
function readValues(how: Spelled, sent: unknown, fields: Record<string, unknown>): void {
  const entries = entriesOf(how, sent)
  if (!entries) {
    fields['keywords'] = sent
    return
  }
  const keywords: Record<string, unknown> = Object.create(null)
  for (const [name, value] of entries) {
    const taken = how.take && Object.hasOwn(how.take, name) ? how.take[name] : undefined
    if (taken === undefined) keywords[name] = value
    else if (taken !== 'ignored') fields[taken] = value
  }
  fields['keywords'] = keywords
}

function entriesOf(
  { form, name = 'name', value = 'value' }: Spelled,
  sent: unknown,
): [string, unknown][] | undefined {
  const values = typeof sent === 'string' ? parsed(sent) : sent
  if (typeof values !== 'object' || values === null) return undefined
  if (form === 'pairs') {
    const items: unknown[] = Array.isArray(values) ? values : [values]
    const pairs = items.map((item): [unknown, unknown] => [
      memberOf(item, name),
      memberOf(item, value),
    ])
    return pairs.every((pair): pair is [string, unknown] => typeof pair[0] === 'string')
      ? pairs
      : undefined
  }
  // Some write a list of objects where others write one.
  const objects: readonly unknown[] = Array.isArray(values) ? values : [values]
  if (!objects.every((one) => typeof one === 'object' && one !== null)) return undefined
  const entries = objects.flatMap((one) => Object.entries(one as object))
  return form === 'wechat' ? entries.map(([key, one]) => [key, memberOf(one, 'value')]) : entries
}

function memberOf(object: unknown, name: string): unknown {
  if (typeof object !== 'object' || object === null || !Object.hasOwn(object, name))
    return undefined
  return (object as Record<string, unknown>)[name]
}

/** Forms carry JSON as a text. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Places of a profile's constants at which a call has no value. */
export function missingConstants(profile: Profile, call: Reading): string[] {
  const { request, query, endpoint } = call
  const constants = Object.keys((endpoint && profile.endpoints[endpoint.id]?.constants) ?? {})
  if (constants.length === 0 || !endpoint) return []
  const sent = { request, query, fields: bodyOf(request, endpoint.from).fields }
  const isInPath = (at: string) => endpoint.path.includes(`{${at.slice(1)}}`)
  return constants.filter((at) => !isInPath(at) && valueAt(sent, readPlace(at)) === undefined)
}
