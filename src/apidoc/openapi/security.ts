import type { DocumentedEndpoint } from '../../core/endpoint.ts'
import type { Documented } from '../describe.ts'
import type { JsonObject } from '../json-schema.ts'

const query_token = { type: 'apiKey', in: 'query', name: 'access_token' } as const

/** How calls of WeChat and of the control API prove who makes them, by the credential of their endpoints. */
const schemes = {
  access_token: { ...query_token, description: 'A token from token.get or stable_token.get.' },
  web_token: { ...query_token, description: 'A token from oauth.exchange or oauth.refresh.' },
  control_token: {
    type: 'http',
    scheme: 'bearer',
    description: 'Required if the server has a control token.',
  },
} as const

/** All ways to prove who calls these surfaces. */
export function securitySchemes(surfaces: readonly Pick<Documented, 'spelling'>[]): JsonObject {
  const description = 'Required if the account has a partner secret.'
  const ofPartners = surfaces
    .flatMap(({ spelling }) => Object.entries(spelling?.security ?? {}))
    .map(([name, scheme]) => [name, { ...scheme, description }])
  return { ...schemes, ...Object.fromEntries(ofPartners) }
}

/** What an operation asks for; an empty choice where it may be left out, none where fields say who calls. */
export function securityOf(
  { table, spelling }: Documented,
  { credential }: DocumentedEndpoint<never>,
): JsonObject[] {
  if (!table) return [{}, { control_token: [] }]
  if (credential === 'access_token' || credential === 'web_token') return [{ [credential]: [] }]
  const names = Object.keys(spelling?.security ?? {})
  return names.length > 0 ? [{}, allOf(names)] : []
}

/** All of them together. */
export function allOf(names: readonly string[]): JsonObject {
  return Object.fromEntries(names.map((name) => [name, []]))
}
