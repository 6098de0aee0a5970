import { z } from 'zod'
import { ask } from './ask.ts'

/** The part of JSON Schema that our documents use. */
export interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: boolean | Schema
  readonly items?: Schema
  readonly format?: string
  readonly pattern?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly default?: unknown
}

/** A field outside of the body. */
export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly schema: Schema
  readonly example?: unknown
}

/** One operation of the document. */
export interface Operation {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly parameters: readonly Parameter[]
  /** Undefined when it takes no body. */
  readonly body: { readonly schema: Schema; readonly example?: unknown } | undefined
  /** The media types of each documented status, and of `default`. */
  readonly answers: Readonly<Record<string, readonly string[]>>
}

const anything = z.record(z.string(), z.unknown())
const schema = z.custom<Schema>((value) => typeof value === 'object' && value !== null)
const withRef = z.object({ $ref: z.string() })
const parameter = z.object({
  name: z.string(),
  in: z.enum(['path', 'query', 'header']),
  schema,
  example: z.unknown().optional(),
})
const content = z.record(z.string(), z.object({ schema, example: z.unknown().optional() }))
const operation = z.object({
  operationId: z.string(),
  parameters: z.array(z.union([withRef, parameter])).default([]),
  requestBody: z.object({ content }).optional(),
  responses: z.record(z.string(), z.union([withRef, z.object({ content: anything.optional() })])),
})
const document = z.object({
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.record(z.string(), anything),
})

/** Reads what a running program says of itself. */
export async function readOperations(url: string): Promise<Operation[]> {
  const { text } = await ask(`${url}/openapi.json`)
  const { paths, components } = document.parse(JSON.parse(text))
  const resolve = (one: unknown): unknown => {
    const [, kind = '', name = ''] = /^#\/components\/(\w+)\/(.+)$/.exec(refOf(one) ?? '') ?? []
    return kind === '' ? one : components[kind]?.[name]
  }
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, found]) => {
      const body = found.requestBody?.content['application/json']
      return {
        id: found.operationId,
        method: method.toUpperCase(),
        path,
        parameters: found.parameters.map((one) => parameter.parse(resolve(one))),
        body: body && { ...body, schema: schema.parse(resolve(body.schema)) },
        answers: Object.fromEntries(
          Object.entries(found.responses).map(([status, one]) => [status, typesOf(resolve(one))]),
        ),
      }
    }),
  )
}

function refOf(one: unknown): string | undefined {
  return withRef.safeParse(one).data?.$ref
}

function typesOf(response: unknown): string[] {
  const read = z.object({ content: anything.optional() }).parse(response)
  return Object.keys(read.content ?? {})
}
