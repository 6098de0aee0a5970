import type { DocumentedEndpoint, Method } from '../core/endpoint.ts'
import { type Documented, exampleCall, type Field, fieldsOf, hasBody, inLang } from './describe.ts'
import type { JsonObject } from './json-schema.ts'
import { components } from './openapi/components.ts'
import { hoist, schemaName } from './openapi/named.ts'
import { requestBody } from './openapi/request-body.ts'
import { responses } from './openapi/response.ts'
import { securityOf } from './openapi/security.ts'
import { sharedShapes } from './openapi/shapes.ts'
import { type Webhook, webhookItem } from './openapi/webhook.ts'

/** OpenAPI 3.1 of all surfaces, made from the same values that are mounted. Its servers are named apart. */
export function openApi(
  surfaces: readonly Documented[],
  version: string,
  webhooks: readonly Webhook[] = [],
): JsonObject {
  const paths: Record<string, JsonObject> = {}
  for (const surface of surfaces) {
    for (const endpoint of surface.endpoints) {
      const path = surface.prefix + endpoint.path
      paths[path] ??= {}
      for (const method of endpoint.methods)
        paths[path][method.toLowerCase()] = operation(surface, endpoint, method)
    }
  }
  const hooks = Object.fromEntries(webhooks.map((one) => [one.name, webhookItem(one, 'tupu')]))
  const { value, schemas } = hoist(
    { paths, webhooks: hooks },
    sharedShapes(surfaces.flatMap(({ endpoints }) => endpoints)),
  )
  return {
    openapi: '3.1.0',
    info: {
      title: 'TUPU simulator',
      version,
      description:
        'TUPU’s partner API, the WeChat platform behind it, and the control API of the simulator.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    tags: surfaces.map((surface) => ({ name: tagOf(surface), description: about[surface.name] })),
    ...value,
    components: components(surfaces, schemas),
  }
}

/** The two ways in: the default world, and any world by its name. Linters want no `localhost` in a document. */
export function serversAt(asked: string): JsonObject[] {
  const origin = asked.replace(/^(https?:\/\/)localhost(?=:|$)/, '$1127.0.0.1')
  const world = { default: 'default', description: 'The name of a world.' }
  return [
    { url: origin, description: 'In the world that the credentials of a call name, else default.' },
    { url: `${origin}/w/{world}`, description: 'In one world.', variables: { world } },
  ]
}

/** The name of a surface; of a partner's own profile with that of the profile. */
export function tagOf({ name, spelling }: Pick<Documented, 'name' | 'spelling'>): string {
  return spelling && spelling.name !== 'default' ? `${name}.${spelling.name}` : name
}

const about: Readonly<Record<string, string>> = {
  tupu: 'What the platform calls. Refusals carry an errcode, mostly with HTTP status 200.',
  wechat: 'What WeChat SDKs call. Refusals carry an errcode, with HTTP status 200.',
  sink: 'Where a platform sends SMS and emails to when it falls back. Refusals are those of the vendor whose call it is.',
  control: 'What tests and operators call. Refusals are problems (RFC 9457).',
}

function operation(
  surface: Documented,
  endpoint: DocumentedEndpoint<never>,
  method: Method,
): JsonObject {
  const fields = fieldsOf(surface, endpoint, method)
  const example = exampleCall(surface, endpoint, method)
  const proofs = (surface.spelling?.headers ?? []).map((name) => ({
    $ref: `#/components/parameters/${name}`,
  }))
  const parameters = [
    ...fields.flatMap((field) =>
      field.in === 'body' ? [] : [parameter(field, example[field.in])],
    ),
    ...proofs,
  ]
  const variant = tagOf(surface).slice(surface.name.length)
  const name = schemaName(endpoint.id + variant)
  const body = requestBody(endpoint, method, { name, fields, example: example.body })
  return {
    operationId:
      endpoint.id + variant + (method === endpoint.methods[0] ? '' : `.${method}`.toLowerCase()),
    summary: endpoint.summary.en,
    description: descriptionOf(endpoint, method),
    tags: [tagOf(surface)],
    'x-fidelity': endpoint.fidelity,
    'x-refusals': [...endpoint.refusals],
    security: securityOf(surface, endpoint),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body ? { requestBody: body } : {}),
    responses: responses(surface, endpoint, { method, name }),
  }
}

function descriptionOf(endpoint: DocumentedEndpoint<never>, method: Method): string {
  const facts = `Source: ${inLang(endpoint.source, 'en')}. Fidelity: ${endpoint.fidelity}.`
  const either = hasBody(endpoint, method) && endpoint.from.includes('query')
  return either ? `${facts} The fields may stand in the query as well.` : facts
}

function parameter(
  { in: place, at: [name], required, schema }: Field,
  examples: Readonly<Record<string, string>>,
): JsonObject {
  const { description, ...rest } = schema
  const example = examples[name]
  return {
    name,
    in: place,
    required,
    schema: rest,
    ...(description === undefined ? {} : { description }),
    ...(example === undefined ? {} : { example }),
  }
}
