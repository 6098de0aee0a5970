import { type Documented, exampleAnswer, exampleCall, fieldsOf } from '../apidoc/describe.ts'
import { refusedAnswers } from '../apidoc/error-docs.ts'
import { type JsonObject, jsonSchemaOf } from '../apidoc/json-schema.ts'
import { requestBody } from '../apidoc/openapi/request-body.ts'
import { openApi } from '../apidoc/openapi.ts'
import type { DocumentedEndpoint } from '../core/endpoint.ts'
import { hasAnswers } from '../tupu/profile/answer.ts'
import type { Profile } from '../tupu/profile/spelled.ts'
import { tupuSurface } from '../tupu/surface.ts'
import { checks } from './checks/checks.ts'
import { pactOf } from './pact.ts'

/** The partner contract as a profile spells it, for other tools: files by their name in a folder. */
export function exportContract(profile: Profile, version: string): Record<string, string> {
  const surface = tupuSurface(profile)
  const documented = {
    ...surface,
    endpoints: surface.endpoints as unknown as DocumentedEndpoint<never>[],
  }
  const files: Record<string, unknown> = {
    'openapi.json': openApi([documented as never], version),
    'checks.json': checks.map(asData),
    'pact.json': pactOf(profile, version),
  }
  for (const endpoint of documented.endpoints) {
    Object.assign(files, schemasOf(documented as never, endpoint, !hasAnswers(profile)))
    files[`examples/${endpoint.id}.json`] = exampleFile(documented as never, endpoint)
  }
  return Object.fromEntries(
    Object.entries(files).map(([name, value]) => [name, `${JSON.stringify(value, null, 2)}\n`]),
  )
}

type Endpoint = DocumentedEndpoint<never>

/** What is sent, as it stands on the wire; of our own answers, what comes back. A profile's answers are templates, and in the examples. */
function schemasOf(
  surface: Documented,
  endpoint: Endpoint,
  isOurs: boolean,
): Record<string, JsonObject> {
  const { id, answer, methods } = endpoint
  const fields = fieldsOf(surface, endpoint, methods[0])
  const sent = requestBody(endpoint, methods[0], { name: 'sent', fields, example: {} })
  const [content] = Object.values((sent?.['content'] ?? {}) as Record<string, { schema: Named }>)
  const file = (what: string, schema: JsonObject) => ({
    [`schemas/${id}.${what}.json`]: schemaFile(`${id}, ${what}`, schema),
  })
  return {
    ...(content ? file('request', content.schema.$defs.sentRequest) : {}),
    ...(isOurs && typeof answer !== 'string' ? file('answer', jsonSchemaOf(answer, 'output')) : {}),
  }
}

/** A schema under the name that it was given. */
interface Named {
  readonly $defs: { readonly sentRequest: JsonObject }
}

function exampleFile(surface: Documented, endpoint: Endpoint): JsonObject {
  const [method] = endpoint.methods
  const { path: names, query, header: headers, body } = exampleCall(surface, endpoint, method)
  const refusals = refusedAnswers(surface, endpoint).map(({ entry, status, body }) => {
    return { errcode: entry.code, status, body }
  })
  const path = surface.prefix + endpoint.path
  return {
    request: { method, path, names, query, headers, body },
    answer: exampleAnswer(surface, endpoint),
    refusals,
  }
}

function schemaFile(title: string, schema: JsonObject): JsonObject {
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', title, ...schema }
}

/** A check as JSON can say it: what a text must match stands as its pattern. */
function asData(check: (typeof checks)[number]): unknown {
  return JSON.parse(
    JSON.stringify(check, (_, value: unknown) =>
      value instanceof RegExp ? { matches: value.source } : value,
    ),
  )
}
