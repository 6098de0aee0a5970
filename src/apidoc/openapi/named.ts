import { isObject } from '../describe.ts'
import type { JsonObject } from '../json-schema.ts'

/** The first part of the names of an endpoint's schemas: `template.send` has `TemplateSendRequest`. */
export function schemaName(id: string): string {
  return id
    .split(/[._-]/)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('')
}

/** A schema under a name of its own, for `hoist`. */
export function named(name: string, schema: JsonObject): JsonObject {
  return { $defs: { [name]: schema } }
}

/**
 * Takes what has a name out of a document, and refers to it among its components: the schemas that are `named`, and
 * whatever looks like one of the shapes. A shape's own name counts more. Throws where two schemas have one name.
 */
export function hoist(
  document: JsonObject,
  shapes: ReadonlyMap<string, JsonObject>,
): { value: JsonObject; schemas: JsonObject } {
  const names = new Map([...shapes].map(([name, schema]) => [lookOf(schema), name]))
  const found = new Map<string, JsonObject>()
  const walk = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(walk)
    // A msgid in an example is JSON already, with all its digits.
    if (!isObject(node) || 'rawJSON' in node) return node
    const [own] = isObject(node['$defs']) ? Object.entries(node['$defs']) : []
    const schema = own ? (own[1] as JsonObject) : node
    const shape = 'properties' in schema ? names.get(lookOf(schema)) : undefined
    const name = shape ?? own?.[0]
    if (name === undefined) return inside(schema)
    const { description, ...rest } = schema
    keep(name, inside(rest))
    const $ref = `#/components/schemas/${name}`
    return description === undefined ? { $ref } : { $ref, description }
  }
  const inside = (node: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(node).map(([key, inner]) => [key, walk(inner)]))
  const keep = (name: string, schema: JsonObject) => {
    const known = found.get(name)
    if (known && lookOf(known) !== lookOf(schema))
      throw new Error(`two schemas have the name ${name}`)
    found.set(name, schema)
  }
  const value = inside(document)
  const schemas = [...found].sort(([one], [other]) => (one < other ? -1 : 1))
  return { value, schemas: Object.fromEntries(schemas) }
}

/** By what schemas are compared: all but what they are there for. */
function lookOf({ description: _, ...schema }: JsonObject): string {
  return JSON.stringify(schema)
}
