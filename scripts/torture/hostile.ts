import fc from 'fast-check'
import type { Schema } from './spec.ts'

/** What a program knows by names: a field of that name gets one of these now and then. */
export type Pool = ReadonlyMap<string, readonly unknown[]>

const nested = (depth: number): unknown => (depth === 0 ? 'deep' : [{ a: nested(depth - 1) }])

/** Values that have broken programs. */
const hostile_values: readonly unknown[] = [
  ...[null, true, false, [], {}, [[]], [null], nested(10)],
  ...[0, -0, -1, 0.5, 1e21, 1e308, 2 ** 31, 2 ** 53 + 2, -(2 ** 63), 1e-7],
  ...['', ' ', '0', '\0', 'a\0b', '\ud800', 'a\udfff', '\ufeff', '\u202e', '\r\nX-Evil: 1'],
  ...[
    '😀',
    '👩‍👩‍👧‍👦'.repeat(40),
    `a${'\u0301'.repeat(500)}`,
    '字'.repeat(201),
    'x'.repeat(10_000),
  ],
  ...['__proto__', 'constructor', 'toString', '../../etc/passwd', '%00', '%', "' or 1=1 --"],
  ...['<script>', '{{first.DATA}}', '{{', 'null', 'undefined', 'NaN', '١٢٣', '1e5', '-0', '0x10'],
  ...['P1D', '-P1D', 'P99999999999Y', 'PT0S', 'PT0.0000001S', 'P1Y2M3W4DT5H6M7S'],
  ...[
    '2026-02-30T00:00:00Z',
    '9999-12-31T23:59:59Z',
    '-000001-01-01T00:00:00Z',
    '2030-01-01T00:00:00Z',
  ],
  ...['http://127.0.0.1:9/', 'javascript:alert(1)', 'http://[::1', 'http://a@b@c', '//', 'a@b.c'],
  JSON.parse('{"__proto__":{"a":1},"constructor":1,"":""}'),
]

/** Any value whatever. */
export const hostile: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...hostile_values) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.double() },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3, stringUnit: 'binary' }) },
)

/** Bodies that are no JSON object, or hardly. */
export const rawBody: fc.Arbitrary<Buffer> = fc.oneof(
  fc.uint8Array({ maxLength: 64 }).map((bytes) => Buffer.from(bytes)),
  hostile.map((value) => Buffer.from(JSON.stringify(value) ?? '')),
  fc
    .constantFrom(
      ...[
        '',
        '{',
        '{"a":',
        '{"a":1}}',
        '[1,2',
        '"',
        'nul',
        '{"a":1,"a":2}',
        '\ufeff{}',
        '{"eid":"\xff',
      ],
      ...[
        '['.repeat(2000),
        `${'{"a":'.repeat(500)}1${'}'.repeat(500)}`,
        '{"a":1e999}',
        '{"\\ud800":1}',
      ],
    )
    .map((text) => Buffer.from(text, 'latin1')),
)

const missing = Symbol('missing')

/** Values for a schema: mostly such as it asks for or the program knows, else any, else none. */
export function fieldsOf(schema: Schema, pool: Pool): fc.Arbitrary<Record<string, unknown>> {
  const fields = Object.entries(schema.properties ?? {}).map(([name, one]) =>
    fieldOf(name, one, pool).map((value) => [name, value] as const),
  )
  return fc
    .tuple(...fields)
    .map((rows) => Object.fromEntries(rows.filter(([, value]) => value !== missing)))
}

/** One field's value, or `missing`. */
function fieldOf(name: string, schema: Schema, pool: Pool): fc.Arbitrary<unknown> {
  const known = pool.get(name) ?? []
  return fc.oneof(
    ...(known.length > 0 ? [{ weight: 6, arbitrary: fc.constantFrom(...known) }] : []),
    { weight: 4, arbitrary: fitting(schema, pool) },
    { weight: 2, arbitrary: hostile },
    { weight: 2, arbitrary: fc.constant(missing) },
  )
}

/** As the schema says. */
export function fitting(schema: Schema, pool: Pool): fc.Arbitrary<unknown> {
  if ('const' in schema) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((one) => fitting(one, pool)))
  const types = Array.isArray(schema.type) ? schema.type : [schema.type]
  return fc.oneof(...types.map((type) => ofType(type, schema, pool)))
}

function ofType(type: unknown, schema: Schema, pool: Pool): fc.Arbitrary<unknown> {
  const { minimum: min = -1000, maximum: max = 2 ** 40 } = schema
  switch (type) {
    case 'string':
      return text(schema)
    case 'integer':
      return fc.maxSafeInteger().map((n) => min + (Math.abs(n) % (max - min + 1)))
    case 'number':
      return fc.double({ min, max, noNaN: true })
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'array':
      return fc.array(schema.items ? fitting(schema.items, pool) : hostile, { maxLength: 3 })
    case 'object':
      return schema.properties ? fieldsOf(schema, pool) : dictionary(schema, pool)
    default:
      return hostile
  }
}

function dictionary({ additionalProperties: value }: Schema, pool: Pool): fc.Arbitrary<unknown> {
  const of = typeof value === 'object' ? fitting(value, pool) : hostile
  return fc.dictionary(fc.string({ unit: 'grapheme', maxLength: 10 }), of, { maxKeys: 3 })
}

function text({ pattern, minLength = 0, maxLength = 60, format }: Schema): fc.Arbitrary<string> {
  // Patterns that look ahead are those of instants, which have a format.
  if (pattern !== undefined && !pattern.includes('(?'))
    return fc.stringMatching(new RegExp(pattern, 'u'))
  if (format === 'date-time') return fc.date({ noInvalidDate: true }).map((date) => date.toJSON())
  if (format === 'ipv4') return fc.ipV4()
  if (format === 'ipv6') return fc.ipV6()
  return fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, minLength + 300) })
}
