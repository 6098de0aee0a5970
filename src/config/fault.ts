import type { z } from 'zod'
import { namesAt, valueAt } from '../core/field.ts'
import { nearest } from '../core/nearest.ts'
import { whyNot } from '../core/why-not.ts'
import type { Fault } from '../start-error.ts'

/** All that is wrong with data that a file or an option holds, by the schema of what it should be. */
export function faultsIn(schema: z.ZodType, data: unknown, field: string): Fault[] {
  const read = schema.safeParse(data)
  if (read.success) return []
  return read.error.issues.flatMap(plainIssues).flatMap((issue) => {
    const place = [field, ...issue.path.map(String)]
    if (issue.code === 'unrecognized_keys') {
      const names = namesAt(schema, issue.path)
      return issue.keys.map((key) => unknownField([...place, key].join('.'), key, names))
    }
    return [{ field: place.join('.'), ...whyNot(issue, valueAt(data, issue.path), reader) }]
  })
}

/** Of a value that may be one of several things: what is wrong with it as the one that it is meant to be. */
function plainIssues(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue]
  const isOther = (one: z.core.$ZodIssue) => one.code === 'invalid_type' && one.path.length === 0
  const meant = issue.errors.find((issues) => !issues.some(isOther))
  if (!meant) return [issue]
  const below = meant.map((one) => ({ ...one, path: [...issue.path, ...one.path] }))
  return below.flatMap(plainIssues)
}

/** At a terminal one name is read sooner than all. */
const reader = {
  unlike: (wanted: string) => ({ reason: 'it cannot be used', fix: `give ${wanted}` }),
  docs: 'tupu-sim check-config --schema',
  oneOf(wanted: string | undefined, names: readonly string[]) {
    const meant = wanted === undefined ? undefined : nearest(wanted, names)
    return meant ? `did you mean ${meant}?` : `give ${names.join(' or ')}`
  },
}

/** The fault of a name that is none, with the one that was probably meant. */
export function unknownField(field: string, name: string, names: readonly string[]): Fault {
  const meant = nearest(name, names)
  const others = names.length > 0 ? `leave it out; there are: ${names.join(', ')}` : 'leave it out'
  const fix = meant ? `did you mean ${meant}?` : others
  return { field, reason: 'there is no such field', fix }
}
