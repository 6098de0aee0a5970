import { z } from 'zod'
import { createSimulator, type SimulatorOptions } from '../src/simulator.ts'
import { httpOf } from './sim.ts'

/** What OpenAPI 3.1 allows, as far as we use it: whatever else stands in the document is a mistake. */
const JsonSchema = z.record(z.string(), z.unknown())
const Ref = z.strictObject({ $ref: z.string().startsWith('#/components/') })
const Header = z.strictObject({ description: z.string().optional(), schema: JsonSchema })
const Media = z.strictObject({
  schema: JsonSchema.optional(),
  example: z.unknown().optional(),
  examples: z
    .record(z.string(), z.strictObject({ summary: z.string().optional(), value: z.unknown() }))
    .optional(),
})
const Content = z.record(z.string().regex(/^[a-z]+\/[a-z+.-]+$/), Media)
const Response = z.strictObject({
  description: z.string().min(1),
  headers: z.record(z.string(), z.union([Ref, Header])).optional(),
  content: Content.optional(),
})
const Parameter = z.strictObject({
  name: z.string().min(1),
  in: z.enum(['path', 'query', 'header']),
  required: z.boolean(),
  schema: JsonSchema,
  description: z.string().min(1).optional(),
  example: z.unknown().optional(),
})
const OperationShape = z.strictObject({
  operationId: z.string().regex(/^[a-z][\w.-]*$/),
  summary: z.string().min(1),
  description: z.string().min(1),
  tags: z.array(z.string()).length(1),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  parameters: z.array(z.union([Ref, Parameter])).optional(),
  requestBody: z.strictObject({ required: z.boolean(), content: Content }).optional(),
  responses: z.record(z.string().regex(/^([1-5]\d\d|default)$/), z.union([Ref, Response])),
  'x-fidelity': z.enum(['documented', 'reported', 'assumed']),
  'x-refusals': z.array(z.int()),
})
const methods = ['get', 'post', 'put', 'patch', 'delete'] as const
const PathItem = z.partialRecord(z.enum(methods), OperationShape)
const WebhookShape = OperationShape.omit({ 'x-fidelity': true, 'x-refusals': true })
  .extend({
    parameters: z.array(Parameter),
    requestBody: z.strictObject({ required: z.literal(true), content: Content }),
    responses: z.strictObject({ '2XX': z.strictObject({ description: z.string().min(1) }) }),
  })
  .strict()
const Server = z.strictObject({
  url: z.string(),
  description: z.string(),
  variables: z
    .record(z.string(), z.strictObject({ default: z.string(), description: z.string() }))
    .optional(),
})

/** The document of a simulator. */
export const OpenApi = z.strictObject({
  openapi: z.literal('3.1.0'),
  info: z.strictObject({
    title: z.string().min(1),
    version: z.string().regex(/^\d+\.\d+\.\d+/),
    description: z.string().min(1),
    license: z.strictObject({ name: z.string(), identifier: z.string() }),
  }),
  tags: z.array(z.strictObject({ name: z.string(), description: z.string().min(1) })),
  paths: z.record(z.string().startsWith('/'), PathItem),
  webhooks: z.record(z.string(), z.strictObject({ post: WebhookShape })),
  components: z.strictObject({
    schemas: z.record(z.string(), JsonSchema),
    headers: z.record(z.string(), Header),
    parameters: z.record(z.string(), Parameter),
    responses: z.record(z.string(), Response),
    securitySchemes: z.record(
      z.string(),
      z.discriminatedUnion('type', [
        z.strictObject({ type: z.literal('http'), scheme: z.string(), description: z.string() }),
        z.strictObject({
          type: z.literal('apiKey'),
          in: z.enum(['query', 'header']),
          name: z.string(),
          description: z.string(),
        }),
      ]),
    ),
  }),
  servers: z.array(Server),
})
export type OpenApi = z.output<typeof OpenApi>

/** One operation with where it is. */
export interface Operation extends z.output<typeof OperationShape> {
  readonly path: string
  readonly method: string
}

/** The document as a simulator serves it, as text. */
export async function fetchOpenApi(options: SimulatorOptions = {}, path = '/openapi.json') {
  await using sim = await createSimulator(options)
  return (await httpOf(sim)('GET', path)).text
}

/** All operations, in the order of the document. */
export function operationsOf({ paths }: OpenApi): Operation[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method]
      return operation ? [{ ...operation, path, method: method.toUpperCase() }] : []
    }),
  )
}

/** Every `$ref` in a value, however deep. */
export function refsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    key === '$ref' && typeof inner === 'string' ? [inner] : refsIn(inner),
  )
}

/** What a reference of the document points to. */
export function resolve(document: OpenApi, ref: string): unknown {
  let value: unknown = document
  for (const part of ref.slice(2).split('/')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined
    value = Object.entries(value).find(([key]) => key === part)?.[1]
  }
  return value
}

/** A schema of the document as something that checks values. */
export function checkerOf(document: OpenApi, schema: unknown): z.ZodType {
  const inlined = inline(document, schema)
  return z.fromJSONSchema(inlined)
}

function inline(document: OpenApi, value: unknown): z.core.JSONSchema.JSONSchema {
  const walk = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(walk)
    if (typeof node !== 'object' || node === null) return node
    // JSON.parse has rounded it: what is left is a number.
    if ('format' in node && node.format === 'int64') return { type: 'number' }
    if ('$ref' in node && typeof node.$ref === 'string') return walk(resolve(document, node.$ref))
    return Object.fromEntries(Object.entries(node).map(([key, inner]) => [key, walk(inner)]))
  }
  return walk(value) as z.core.JSONSchema.JSONSchema
}
