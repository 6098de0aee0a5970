import { z } from 'zod'

/** A text in both languages of the documents. */
export interface Localized {
  readonly en: string
  readonly zh: string
}

/** Describes a field in both languages: `.meta(words('…', '…'))`. */
export function words(
  en: string,
  zh: string,
): { readonly description: string; readonly zh: string } {
  return { description: en, zh }
}

/** The codes with which a field is refused: absent, of the wrong JSON type, or with a bad value. */
export interface FieldCodes {
  readonly missing: number
  readonly type: number
  readonly invalid: number
}

const codes = new WeakMap<z.ZodType, FieldCodes>()

/** Attaches to a field's schema the codes that the vendor answers for it. */
export function errcodes<T extends z.ZodType>(schema: T, field: FieldCodes): T {
  codes.set(schema, field)
  return schema
}

export function codesOf(schema: unknown): FieldCodes | undefined {
  return schema instanceof z.ZodType ? codes.get(schema) : undefined
}

/** Why a call's input was refused, in the order of the schema's fields. */
export interface FieldIssue {
  readonly field: string
  /** Path below the field, e.g. `clock.now`. */
  readonly path: string
  readonly fault: 'missing' | 'type' | 'invalid' | 'unknown'
  readonly message: string
  readonly actual: unknown
  readonly codes: FieldCodes | undefined
  /** What a custom check says of its own: its code, and what to fill into the text. */
  readonly params: Readonly<Record<string, unknown>>
}

/** The code with which the vendor answers an issue; a field that says nothing of its own is a data format error. */
export function codeFor(issue: FieldIssue, fault: FieldIssue['fault'] = issue.fault): number {
  const { codes } = issue
  if (!codes) return 47001
  if (fault === 'missing') return codes.missing
  return fault === 'type' ? codes.type : codes.invalid
}

/** The first field of the schema that does not fit. */
export function firstIssue(
  schema: z.ZodObject,
  fields: Readonly<Record<string, unknown>>,
  issues: readonly z.core.$ZodIssue[],
): FieldIssue | undefined {
  const order = Object.keys(schema.shape)
  const rank = (issue: z.core.$ZodIssue) => {
    const at = order.indexOf(String(issue.path[0]))
    return at < 0 ? order.length : at
  }
  const issue = [...issues].sort((a, b) => rank(a) - rank(b))[0]
  if (!issue) return undefined
  const field = issue.path.length > 0 ? String(issue.path[0]) : unknownKey(issue)
  const actual = Object.hasOwn(fields, field) ? fields[field] : undefined
  const deep = issue.path.length > 1
  return {
    field,
    path: pathOf(issue),
    fault: faultOf(issue, deep ? valueAt(fields, issue.path) : actual),
    message: issue.message,
    actual,
    codes: codesOf(schema.shape[field]),
    params: issue.code === 'custom' ? (issue.params ?? {}) : {},
  }
}

function faultOf(issue: z.core.$ZodIssue, actual: unknown): FieldIssue['fault'] {
  if (issue.code === 'unrecognized_keys') return 'unknown'
  if (actual === undefined || actual === null) return 'missing'
  return issue.code === 'invalid_type' ? 'type' : 'invalid'
}

/** Where it is, down to the unknown key. */
function pathOf(issue: z.core.$ZodIssue): string {
  const below = issue.code === 'unrecognized_keys' ? [unknownKey(issue)] : []
  return [...issue.path, ...below].map(String).join('.')
}

function unknownKey(issue: z.core.$ZodIssue): string {
  return issue.code === 'unrecognized_keys' ? (issue.keys[0] ?? '') : ''
}

function valueAt(fields: Readonly<Record<string, unknown>>, path: readonly PropertyKey[]): unknown {
  let value: unknown = fields
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = (value as Record<PropertyKey, unknown>)[key]
  }
  return value
}
