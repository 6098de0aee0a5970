import type { z } from 'zod'

/** What is wrong with a value, and what to do. */
export interface Why {
  readonly reason: string
  readonly fix: string
}

/** How whoever reads it is told which names there are, and where the rest stands. */
interface Reader {
  /** Of a value that is not what our own schema wants. */
  unlike(wanted: string): Why
  oneOf(wanted: string | undefined, names: readonly string[]): string
  readonly docs: string
}

/** What an issue says of a value. Our own schemas say what they want, zod's say what is wrong. */
export function whyNot(issue: z.core.$ZodIssue, value: unknown, reader: Reader): Why {
  if (issue.code === 'custom' && typeof issue.params?.['reason'] === 'string')
    return { reason: issue.params['reason'], fix: issue.message }
  if (value === undefined) return { reason: 'it is missing', fix: 'give it' }
  if (issue.code === 'invalid_type') return wrongType(issue.expected, value)
  if (issue.code === 'invalid_value') return wrongValue(issue.values, value, reader)
  if (issue.code === 'invalid_union' && 'options' in issue && issue.options)
    return wrongValue(issue.options, value, reader)
  const { message } = issue
  if (/^[a-z\d]/u.test(message)) return reader.unlike(message)
  if (issue.code === 'too_big') return tooMany(issue.origin, Number(issue.maximum))
  if (issue.code === 'too_small') return tooFew(issue.origin, Number(issue.minimum))
  if (issue.code === 'invalid_format' && issue.format === 'datetime')
    return { reason: 'it is not an instant', fix: 'give one such as 2026-01-05T01:00:00Z' }
  return {
    reason: `it is not valid (${message})`,
    fix: `see ${reader.docs}`,
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
    reason: `it is ${typeof value === 'number' ? 'a number' : value}, not a text`,
    fix: `write it in quotes: "${value}"`,
  }
}

const shown_length_max = 80

function wrongValue(values: readonly unknown[], value: unknown, { oneOf }: Reader): Why {
  const words = values.filter((one) => typeof one === 'string')
  if (typeof value !== 'string' && words.includes(String(value))) return inQuotes(value)
  const wanted = typeof value === 'string' ? value : undefined
  const shown = String(JSON.stringify(value)).slice(0, shown_length_max)
  const names = values.map(String)
  return {
    reason: `it is ${shown}`,
    fix: names.length === 1 ? `give ${names[0]}` : oneOf(wanted, names),
  }
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
