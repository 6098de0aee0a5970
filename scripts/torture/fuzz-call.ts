import fc from 'fast-check'
import { type Asked, ask, type Heard, Unanswered } from './ask.ts'
import { fieldsOf, hostile, type Pool, rawBody } from './hostile.ts'
import type { Operation, Schema } from './spec.ts'
import { isJson } from './world.ts'

/** One hostile call, ready to be made. */
export interface HostileCall {
  readonly target: string
  readonly asked: Asked
}

/** A real wait would be taken for a hang. */
const waits = ['PT0S', 'PT0.05S', '-PT1S', '', 'PT', '5', '\0']

/** Calls of one operation: near its example with one thing wrong, made of its schema, or with a body that is none. */
export function callsOf(operation: Operation, pool: Pool): fc.Arbitrary<HostileCall> {
  const { body, method } = operation
  const headers = fc.option(headersOf(operation), { freq: 4, nil: {} })
  const bodies =
    body &&
    fc.oneof(
      { weight: 4, arbitrary: nearExample(body.example ?? {}, pool) },
      { weight: 3, arbitrary: fieldsOf(body.schema, pool) },
      { weight: 1, arbitrary: rawBody },
    )
  return fc
    .tuple(targetsOf(operation, pool), bodies ?? fc.constant(undefined), headers)
    .map(([target, sent, more]) => ({ target, asked: { method, body: sent, headers: more } }))
}

function targetsOf({ path, parameters }: Operation, pool: Pool): fc.Arbitrary<string> {
  const of = (place: string) => {
    const rows = parameters.filter((one) => one.in === place)
    return {
      properties: Object.fromEntries(rows.map(({ name, schema }) => [name, schema])),
      examples: Object.fromEntries(rows.map(({ name, example }) => [name, example])),
    }
  }
  const query = of('query')
  const names = of('path')
  return fc
    .tuple(fieldsOf(names, pool), oneOfBoth(query.examples, query, pool), fc.nat(19))
    .map(([inPath, inQuery, n]) => {
      const inPlace = (name: string) => {
        const value = escaped(inPath[name] ?? pick(pool, name, n))
        // Without it, or with a step up or none, it would be another path.
        return /^\.{0,2}$/u.test(value) ? escaped(pick(pool, name, n)) : value
      }
      const filled = path.replaceAll(/\{(\w+)\}/gu, (_, name: string) => inPlace(name))
      const fields = Object.entries(inQuery).filter(([, value]) => value !== undefined)
      const pairs = fields.map(([name, value]) => [
        name,
        name === 'wait' ? waits[n % waits.length] : value,
      ])
      const search = pairs.map(([name, value]) => `${escaped(name)}=${escaped(value)}`).join('&')
      return search === '' ? filled : `${filled}?${search}`
    })
}

function oneOfBoth(example: unknown, schema: Schema, pool: Pool) {
  return fc.oneof(nearExample(example, pool), fieldsOf(schema, pool)) as fc.Arbitrary<
    Record<string, unknown>
  >
}

function pick(pool: Pool, name: string, n: number): unknown {
  const known = pool.get(name) ?? ['1']
  return known[n % known.length]
}

function headersOf({ parameters }: Operation): fc.Arbitrary<Record<string, string>> {
  const names = parameters.filter((one) => one.in === 'header').map(({ name }) => name)
  const more = ['Content-Type', 'Content-Encoding', 'Accept-Language', 'X-Sim-Person', 'Cookie']
  const value = fc.oneof(
    fc.string({ maxLength: 30 }).map((text) => text.trim()),
    fc.constantFrom(
      'gzip',
      'br',
      'application/xml',
      'text/plain; charset=utf-16',
      '0',
      '99999999999',
    ),
  )
  return fc.dictionary(fc.constantFrom(...names, ...more), value, { maxKeys: 2 })
}

/** An example with the names that the program knows, and with one value, wherever it stands, that is another. */
function nearExample(example: unknown, pool: Pool): fc.Arbitrary<unknown> {
  const paths = pathsOf(example)
  return fc.tuple(fc.nat(1000), fc.nat(1000), hostile, fc.nat(9)).map(([n, at, value, dice]) => {
    const base = withKnown(example, pool, n)
    // Now and then a good call: what follows it is seen, too.
    if (dice === 0 || paths.length === 0) return base
    return withValue(base, paths[at % paths.length] ?? [], value)
  })
}

function pathsOf(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, one]) => [
    [...path, name],
    ...pathsOf(one, [...path, name]),
  ])
}

function withKnown(value: unknown, pool: Pool, n: number): unknown {
  if (Array.isArray(value)) return value.map((one) => withKnown(one, pool, n))
  if (typeof value !== 'object' || value === null) return value
  const rows = Object.entries(value).map(([name, one]) => {
    const isKnown = typeof one !== 'object' && pool.has(name)
    return [name, isKnown ? pick(pool, name, n) : withKnown(one, pool, n)]
  })
  return Object.fromEntries(rows)
}

function withValue(base: unknown, [name, ...rest]: readonly string[], value: unknown): unknown {
  if (name === undefined) return value
  if (typeof base !== 'object' || base === null) return base
  const copy: Record<string, unknown> = { ...base }
  copy[name] = withValue(copy[name], rest, value)
  return Array.isArray(base) ? Object.values(copy) : copy
}

/** As a browser would escape it, and a lone surrogate by the bytes that it would have. */
function escaped(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  return [...text]
    .map((one) => (/^[\ud800-\udfff]$/.test(one) ? '%ED%A0%80' : encodeURIComponent(one)))
    .join('')
}

/** Makes the call; what is wrong with its answer, in a sentence. */
export async function judge(
  url: string,
  operation: Operation,
  call: HostileCall,
): Promise<string | undefined> {
  try {
    return faultOf(operation, await ask(url + call.target, call.asked))
  } catch (error) {
    if (error instanceof Unanswered)
      return error.isHang ? 'hangs' : `answers nothing: ${error.cause}`
    throw error
  }
}

function faultOf({ answers }: Operation, { status, type, text }: Heard): string | undefined {
  if (status >= 500) return `answers ${status}`
  const types = answers[status] ?? answers['default']
  if (!types) return `answers ${status}, which is not documented (${text.slice(0, 80)})`
  const [media = ''] = type.split(';')
  if (types.length === 0) return text === '' ? undefined : `answers ${status} with a body`
  if (!types.includes(media)) return `answers ${status} as ${media}, documented is ${types}`
  return media.endsWith('json') && !isJson(text)
    ? `answers ${status} with what is no JSON`
    : undefined
}
