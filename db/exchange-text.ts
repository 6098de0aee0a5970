import type { Particulars } from './exchange-head.ts'

/** A text that is in the body already is worth a reference from so many characters on. */
const reference_length_min = 32
/** What JSON never has as it is stands around a reference: the name of a member of the body, or from where, how many UTF-16 units. */
const mark = '\u0001'
const plain_name = /^[a-z_]+$/
const references = new RegExp(`${mark}(?:(\\d+),(\\d+)|([a-z_]+))${mark}`, 'g')

/** Facts as JSON. Of a long text that is a member of the request's JSON body too it says of which. */
export function shorten(facts: readonly unknown[], { texts }: Pick<Particulars, 'texts'>): string {
  return jsonOf(facts, longOf(texts)) ?? 'null'
}

/** A text, how it is referred to, the next text. */
type Long = readonly string[]

function longOf(texts: Particulars['texts']): Long {
  const long: string[] = []
  for (const name in texts) {
    const text = texts[name]
    if (typeof text !== 'string' || text.length < reference_length_min) continue
    if (plain_name.test(name)) long.push(text, `${mark}${name}${mark}`)
  }
  return long
}

/** As `JSON.stringify`, which has no place for a reference; by hand, because every send says a few dozen values. */
function jsonOf(value: unknown, long: Long): string | undefined {
  if (typeof value === 'string') return textOf(value, long)
  if (Array.isArray(value)) return listOf(value, long)
  // What has its own way to be written has it there alone.
  return isPlain(value) ? objectOf(value, long) : JSON.stringify(value)
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false
  return Object.getPrototypeOf(value) === Object.prototype
}

function textOf(text: string, long: Long): string | undefined {
  if (text.length >= reference_length_min) {
    for (let i = 0; i < long.length; i += 2) if (long[i] === text) return long[i + 1]
  }
  return escaped.test(text) ? JSON.stringify(text) : `"${text}"`
}

/** What JSON does not write as it is, and some of what it does. */
const escaped = /["\\\p{Cc}\p{Cs}]/u

function listOf(values: readonly unknown[], long: Long): string {
  let json = ''
  for (const value of values) json += `${json === '' ? '[' : ','}${jsonOf(value, long) ?? 'null'}`
  return json === '' ? '[]' : `${json}]`
}

function objectOf(members: Readonly<Record<string, unknown>>, long: Long): string {
  let json = ''
  for (const name in members) {
    const value = jsonOf(members[name], long)
    if (value !== undefined) json += (json === '' ? '{' : ',') + keyOf(name) + value
  }
  return json === '' ? '{}' : `${json}}`
}

/** Names of members as they are written: mostly the same few, and short. */
const keys = new Map<string, string>()
const keys_max = 1000
const key_length_max = 64

function keyOf(name: string): string {
  const known = keys.get(name)
  if (known !== undefined) return known
  const key = `${JSON.stringify(name)}:`
  if (keys.size >= keys_max) keys.clear()
  if (name.length <= key_length_max) keys.set(name, key)
  return key
}

/** The same as it was. */
export function lengthen(decision: string, request_body: Buffer): string {
  if (!decision.includes(mark)) return decision
  const body = request_body.toString('utf8')
  let members: Record<string, unknown> | undefined
  return decision.replace(references, (_, at, length, name) => {
    // Older files say where.
    if (name === undefined) return body.slice(Number(at), Number(at) + Number(length))
    members ??= JSON.parse(body) as Record<string, unknown>
    return JSON.stringify(members[name])
  })
}
