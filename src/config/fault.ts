import type { z } from 'zod'
import { type JsonObject, jsonSchemaOf } from '../apidoc/json-schema.ts'
import type { Fault } from '../start-error.ts'
import { nearest } from './nearest.ts'

type Issue = z.core.$ZodIssue
type Why = Pick<Fault, 'reason' | 'fix'>

/** All that is wrong with data that a file or an option holds, by the schema of what it should be. */
export function faultsIn(schema: z.ZodType, data: unknown, field: string): Fault[] {
  const read = schema.safeParse(data)
  if (read.success) return []
  return read.error.issues.flatMap((issue) => {
    const place = [field, ...issue.path.map(String)]
    if (issue.code === 'unrecognized_keys') {
      const names = namesAt(jsonSchemaOf(schema, 'input'), issue.path)
      return issue.keys.map((key) => unknownField([...place, key].join('.'), key, names))
    }
    return [{ field: place.join('.'), ...whyNot(issue, valueAt(data, issue.path)) }]
  })
}

/** The fault of a name that is none, with the one that was probably meant. */
export function unknownField(field: string, name: string, names: readonly string[]): Fault {
  const meant = nearest(name, names)
  const others = names.length > 0 ? `leave it out; there are: ${names.join(', ')}` : 'leave it out'
  const fix = meant ? `did you mean ${meant}?` : others
  return { field, reason: 'there is no such field', fix }
}

function whyNot(issue: Issue, value: unknown): Why {
  if (issue.code === 'custom' && issue.params?.['problem'] === 'not_yet')
    return { reason: issue.message, fix: 'leave it out' }
  if (value === undefined) return { reason: 'it is missing', fix: 'give it' }
  if (issue.code === 'invalid_type') return wrongType(issue.expected, value)
  if (issue.code === 'invalid_value') return wrongValue(issue.values, value)
  // Our own schemas say what they want, zod's say what is wrong.
  const { message } = issue
  if (/^[a-z\d]/u.test(message)) return { reason: 'it cannot be used', fix: `give ${message}` }
  if (issue.code === 'too_big') return tooMany(issue.origin, Number(issue.maximum))
  if (issue.code === 'too_small') return tooFew(issue.origin, Number(issue.minimum))
  if (issue.code === 'invalid_format' && issue.format === 'datetime')
    return { reason: 'it is no instant', fix: 'give one such as 2026-01-05T01:00:00Z' }
  return {
    reason: `it does not fit (${message})`,
    fix: 'tupu-sim check-config --schema says what does',
  }
}

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'fields by name',
  record: 'fields by name',
}

function wrongType(expected: string, value: unknown): Why {
  const wanted = kinds[expected] ?? expected
  if (value === null) return { reason: 'it is empty', fix: `give ${wanted}` }
  const scalar = typeof value === 'number' || typeof value === 'boolean'
  if (expected === 'string' && scalar) return inQuotes(value)
  const found = Array.isArray(value) ? 'array' : typeof value
  const said = found === 'boolean' ? String(value) : (kinds[found] ?? found)
  return { reason: `it is ${said}`, fix: `give ${wanted}` }
}

function inQuotes(value: unknown): Why {
  return {
    reason: `it is ${typeof value === 'number' ? 'a number' : value} and no text`,
    fix: `write it in quotes: "${value}"`,
  }
}

function wrongValue(values: readonly unknown[], value: unknown): Why {
  const words = values.filter((one) => typeof one === 'string')
  if (typeof value !== 'string' && words.includes(String(value))) return inQuotes(value)
  const meant = typeof value === 'string' ? nearest(value, words) : undefined
  const fix = meant ? `did you mean ${meant}?` : `give ${values.map(String).join(' or ')}`
  return { reason: `it is ${JSON.stringify(value)}`, fix }
}

const units: Readonly<Record<string, string>> = { string: ' characters', array: ' items' }

function tooMany(origin: string, most: number): Why {
  const unit = units[origin]
  if (unit === undefined) return { reason: `it is more than ${most}`, fix: `give at most ${most}` }
  return { reason: `it has more than ${most}${unit}`, fix: `give at most ${most}` }
}

function tooFew(origin: string, least: number): Why {
  const unit = units[origin]
  if (unit === undefined)
    return { reason: `it is less than ${least}`, fix: `give at least ${least}` }
  if (least === 1) return { reason: 'it is empty', fix: 'give it, or leave it out' }
  return { reason: `it has fewer than ${least}${unit}`, fix: `give at least ${least}` }
}

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  let value = data
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = (value as Record<PropertyKey, unknown>)[key]
  }
  return value
}

/** The names of fields that a JSON Schema has at a place of the data. */
function namesAt(root: JsonObject, path: readonly PropertyKey[]): string[] {
  let here = alternatives(root)
  for (const key of path) {
    here = here
      .map((one) => (typeof key === 'number' ? one['items'] : propertyOf(one, String(key))))
      .flatMap(alternatives)
  }
  return here.flatMap(({ properties }) => Object.keys(properties ?? {}))
}

function propertyOf({ properties, additionalProperties }: JsonObject, name: string): unknown {
  return (properties as JsonObject | undefined)?.[name] ?? additionalProperties
}

function alternatives(schema: unknown): JsonObject[] {
  if (typeof schema !== 'object' || schema === null) return []
  const one = schema as JsonObject
  const others = [one['anyOf'], one['oneOf']].flatMap((list) => (Array.isArray(list) ? list : []))
  return [one, ...others.flatMap(alternatives)]
}
