import type { FieldRow } from '../../views/docs/props.ts'
import { isObject } from './describe.ts'
import type { JsonObject } from './json-schema.ts'

/** A field and whatever is known of what is below it. */
export function fieldRows(name: string, schema: JsonObject, required: boolean): FieldRow[] {
  const shapes = shapesOf(schema)
  const only = shapes.length === 1 ? shapes[0] : undefined
  const row = {
    name,
    type: typeText(schema),
    required,
    description: textOf(schema['description'] ?? only?.['description']),
    limits: limitsOf(only ?? schema),
    pattern: textOf(only?.['pattern']),
    default: 'default' in schema ? JSON.stringify(schema['default']) : '',
  }
  return [row, ...rowsBelow(name, shapes)]
}

/** The fields of an object. */
export function objectRows(schema: JsonObject, prefix = ''): FieldRow[] {
  return mergeRows(shapesOf(schema).map((shape) => ownRows(shape, prefix)))
}

function ownRows(shape: JsonObject, prefix: string): FieldRow[] {
  const { properties, required } = shape
  if (!isObject(properties)) return []
  const needed: readonly unknown[] = Array.isArray(required) ? required : []
  return Object.entries(properties).flatMap(([name, inner]) =>
    isObject(inner) ? fieldRows(prefix + name, inner, needed.includes(name)) : [],
  )
}

function rowsBelow(name: string, shapes: readonly JsonObject[]): FieldRow[] {
  const below = shapes.map((shape) => {
    if (isObject(shape['items'])) return objectRows(shape['items'], `${name}[].`)
    const { additionalProperties: any } = shape
    if (isObject(any) && shapesOf(any).some((one) => 'properties' in one))
      return objectRows(any, `${name}.*.`)
    return ownRows(shape, `${name}.`)
  })
  return mergeRows(below)
}

/** Of alternatives: a field is required where all have it so, and takes what any of them takes. */
function mergeRows(alternatives: readonly (readonly FieldRow[])[]): FieldRow[] {
  const merged = new Map<string, FieldRow>()
  const withRows = alternatives.filter((rows) => rows.length > 0)
  for (const row of withRows.flat()) {
    const known = merged.get(row.name)
    const types = [...new Set([...(known?.type.split(' | ') ?? []), ...row.type.split(' | ')])]
    const required = withRows.every((rows) =>
      rows.some((other) => other.name === row.name && other.required),
    )
    merged.set(row.name, { ...row, ...known, type: types.join(' | '), required })
  }
  return [...merged.values()]
}

/** What a value may be, without `null` and without what is refused. */
function shapesOf(schema: JsonObject): JsonObject[] {
  const { anyOf, oneOf } = schema
  const options = Array.isArray(anyOf) ? anyOf : Array.isArray(oneOf) ? oneOf : [schema]
  return options.filter(isObject).filter((shape) => shape['type'] !== 'null' && !('not' in shape))
}

/** A schema as a type. */
export function typeText(schema: JsonObject): string {
  const { anyOf, oneOf, type, format, items, enum: words } = schema
  if ('not' in schema) return 'never'
  if ('const' in schema) return JSON.stringify(schema['const'])
  if (Array.isArray(words)) return words.map((word) => JSON.stringify(word)).join(' | ')
  const options = Array.isArray(anyOf) ? anyOf : Array.isArray(oneOf) ? oneOf : undefined
  if (options) {
    const types = options.filter(isObject).map(typeText)
    return [...new Set(types)].filter((one) => one !== 'never').join(' | ')
  }
  if (Array.isArray(type)) return type.join(' | ')
  if (type === 'array') {
    const inner = isObject(items) ? typeText(items) : 'any'
    return inner.includes(' ') ? `(${inner})[]` : `${inner}[]`
  }
  return textOf(format ?? type) || 'any'
}

/** By which words of a JSON Schema what is limited. */
const limit_words = [
  { of: 'characters', from: 'minLength', to: 'maxLength' },
  { of: 'items', from: 'minItems', to: 'maxItems' },
  { of: 'value', from: 'minimum', to: 'maximum' },
] as const

/** How long a text or list, or how great a number may be. */
function limitsOf(schema: JsonObject): FieldRow['limits'] {
  for (const { of, ...words } of limit_words) {
    const from = schema[words.from]
    const to = schema[words.to]
    if (to !== undefined) return { of, text: from === undefined ? `≤ ${to}` : `${from}–${to}` }
    if (from !== undefined) return { of, text: `≥ ${from}` }
  }
  return null
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
