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
  /** What is wrong with which value, as zod says it. */
  readonly found: { readonly issue: z.core.$ZodIssue; readonly value: unknown }
  /** Of an unknown field, those that are known at its place. */
  readonly names: readonly string[]
  /** The whole field as it was sent. */
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
  const value = issue.path.length > 1 ? valueAt(fields, issue.path) : actual
  const fault = faultOf(issue, value)
  return {
    field,
    path: pathOf(issue),
    fault,
    message: issue.message,
    found: { issue, value },
    names: fault === 'unknown' ? freeNames(schema, fields, issue.path) : [],
    actual,
    codes: codesOf(schema.shape[field]),
    params: issue.code === 'custom' ? (issue.params ?? {}) : {},
  }
}

/** What a misspelt field may have meant: a name that its place knows, and nobody has given. */
function freeNames(
  schema: z.ZodObject,
  fields: Readonly<Record<string, unknown>>,
  path: readonly PropertyKey[],
): string[] {
  const given = Object(valueAt(fields, path))
  return namesAt(schema, path).filter((name) => !Object.hasOwn(given, name))
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

/** What stands at a place of data; undefined: nothing. */
export function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  let value: unknown = data
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = (value as Record<PropertyKey, unknown>)[key]
  }
  return value
}

/** The names of fields that a schema has at a place of its data. */
export function namesAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): string[] {
  let here = alternatives(schema)
  for (const key of path) here = here.flatMap((one) => below(one, key)).flatMap(alternatives)
  return here.flatMap(({ _zod: { def } }) => (isObject(def) ? Object.keys(def.shape) : []))
}

type Def = z.core.$ZodTypes['_zod']['def']
const isObject = (def: z.core.$ZodTypeDef): def is z.core.$ZodObjectDef => def.type === 'object'

function below(schema: z.core.$ZodType, key: PropertyKey): z.core.$ZodType[] {
  const def = schema._zod.def as Def
  if (def.type === 'array') return [def.element]
  if (def.type === 'record') return [def.valueType]
  const inner = isObject(def) ? def.shape[String(key)] : undefined
  return inner ? [inner] : []
}

/** What a schema may be once nothing wraps it any more. */
function alternatives(schema: z.core.$ZodType): z.core.$ZodType[] {
  const def = schema._zod.def as Def
  if (def.type === 'union') return def.options.flatMap(alternatives)
  if (def.type === 'pipe') return alternatives(def.in)
  return 'innerType' in def ? alternatives(def.innerType) : [schema]
}

/**
 * The same fields, each with what it holds where nothing is said, as it would be given: for the documents. That it is so is a
 * law of all endpoints.
 */
export function withDefaults<T extends Readonly<Record<string, z.ZodType>>>(
  fields: T,
  defaults: { readonly [K in keyof T]?: unknown },
): T {
  const described = Object.entries(fields).map(([name, field]) => {
    if (!Object.hasOwn(defaults, name)) return [name, field]
    return [name, field.meta({ ...field.meta(), default: defaults[name] })]
  })
  return Object.fromEntries(described) as T
}
