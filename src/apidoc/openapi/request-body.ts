import type { DocumentedEndpoint, Method } from '../../core/endpoint.ts'
import { type Field, hasBody, isObject } from '../describe.ts'
import { type JsonObject, jsonSchemaOf } from '../json-schema.ts'
import { named } from './named.ts'

/** The body of a call, whose schema's name begins with `name`; undefined where none of its fields stands there. */
export function requestBody(
  endpoint: DocumentedEndpoint<never>,
  method: Method,
  { name, fields, example }: { name: string; fields: readonly Field[]; example: JsonObject },
): JsonObject | undefined {
  const { file } = endpoint.example
  if (file) {
    const properties = { [file.name]: { type: 'string', format: 'binary' } }
    const schema = { type: 'object', properties, required: [file.name] }
    return { required: true, content: { 'multipart/form-data': { schema } } }
  }
  const inBody = fields.filter((field) => field.in === 'body')
  if (inBody.length === 0 || !hasBody(endpoint, method)) return undefined
  const isClosed = jsonSchemaOf(endpoint.input, 'input')['additionalProperties'] === false
  const own = { ...objectOf(inBody), ...(isClosed ? { additionalProperties: false } : {}) }
  const schema = withShown(own, example)
  const content = { schema: named(`${name}Request`, schema), example }
  return {
    required: 'required' in schema && !endpoint.from.includes('query'),
    content: {
      ...(endpoint.from.includes('json') ? { 'application/json': content } : {}),
      ...(endpoint.from.includes('xml') ? { 'application/xml': content } : {}),
      ...(endpoint.from.includes('form') ? { 'application/x-www-form-urlencoded': content } : {}),
    },
  }
}

interface Node {
  readonly at: readonly string[]
  readonly schema: JsonObject
  readonly required: boolean
}

/** Fields as one object; a profile may have them at some depth, and `*` is an item of a list. */
function objectOf(nodes: readonly Node[]): JsonObject {
  const items = nodes.filter(({ at }) => at[0] === '*')
  if (items.length > 0) {
    const below = items.map((node) => ({ ...node, at: node.at.slice(1) }))
    const isFlat = below.every(({ at }) => at.length === 0)
    return { type: 'array', items: isFlat ? below[0]?.schema : objectOf(below) }
  }
  const properties: JsonObject = {}
  const required: string[] = []
  for (const [name, group] of Map.groupBy(nodes, (node) => node.at[0] ?? '')) {
    const below = group.filter((node) => node.at.length > 1)
    const inner = below.map((node) => ({ ...node, at: node.at.slice(1) }))
    properties[name] = below.length > 0 ? objectOf(inner) : group[0]?.schema
    if (group.some((node) => node.required)) required.push(name)
  }
  return { type: 'object', properties, ...(required.length > 0 ? { required } : {}) }
}

/** A schema with whatever else an example of it shows: a profile's callers also send what says nothing to us. */
function withShown(schema: JsonObject, example: unknown): JsonObject {
  if (Array.isArray(example) && isObject(schema['items'])) {
    return { ...schema, items: example.reduce(withShown, schema['items']) }
  }
  if (!isObject(example) || !isObject(schema['properties'])) return schema
  const properties = { ...schema['properties'] }
  for (const [name, value] of Object.entries(example)) {
    const known = properties[name]
    properties[name] = isObject(known) ? withShown(known, value) : shapeOf(value)
  }
  return { ...schema, properties }
}

function shapeOf(value: unknown): JsonObject {
  if (Array.isArray(value))
    return { type: 'array', items: value.length > 0 ? shapeOf(value[0]) : {} }
  if (isObject(value)) return withShown({ type: 'object', properties: {} }, value)
  return Number.isInteger(value) ? { type: 'integer' } : { type: typeof value }
}
