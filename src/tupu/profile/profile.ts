import type { Endpoint, FieldPlace, Method } from '../../core/endpoint.ts'
import type { Engine } from '../../core/engine.ts'
import type { SecurityScheme, Spelling } from '../../core/surface.ts'
import { spellAnswer } from './answer.ts'
import { profileData } from './data.ts'
import { type OwnPlace, type Profile, spelledField } from './spelled.ts'
import { writeCall } from './write.ts'

/** Our own contract, as it stands. */
export const default_profile: Profile = profileData.parse({ name: 'default', base: '/tupu/v1' })

/** The profile of an account; our own contract where the simulator was started without it. */
export function profileOf(
  { profiles }: Pick<Engine, 'profiles'>,
  { profile }: { readonly profile: string },
): Profile {
  return (profiles.get(profile) ?? default_profile) as Profile
}

type Mounted = Pick<Endpoint<never>, 'id' | 'methods' | 'path' | 'from'>

/** Method and path under which a profile offers a canonical endpoint, and where that reads its fields. */
export function placeOf(profile: Profile, endpoint: Mounted): Omit<Mounted, 'id'> {
  const own = profile.endpoints[endpoint.id]
  const methods = own?.method ? ([own.method] as const) : endpoint.methods
  return {
    methods,
    path: own?.path ?? endpoint.path,
    from: own ? fromOf(own, endpoint, methods[0]) : endpoint.from,
  }
}

function fromOf(own: OwnPlace, { from }: Mounted, method: Method): readonly FieldPlace[] {
  const places = [...Object.values(own.fields), ...Object.keys(own.constants)]
  const inBody = places.some((place) =>
    (typeof place === 'string' ? place : place?.at)?.startsWith('/'),
  )
  if (own.content !== undefined && method !== 'GET')
    return [...from.filter((one) => one !== 'json' && one !== 'form'), own.content]
  return method !== 'GET' && inBody && !from.includes('json') && !from.includes('form')
    ? [...from, 'json']
    : from
}

/** A profile as the documents need it. */
export function spellingOf(profile: Profile): Spelling {
  return {
    name: profile.name,
    headers: headersOf(profile),
    security: securityOf(profile),
    placeOf: (endpoint, field) => documentedPlace(profile, endpoint, field),
    success(endpoint, answer) {
      const own = profile.endpoints[endpoint]?.answers?.success ?? profile.answers.success
      if (!own) return undefined
      const { status, body } = spellAnswer(profile, { endpoint, body: answer, status: 200 })
      return { status, body }
    },
    callOf: (endpoint, input) => writeCall(profile, endpoint, input),
  }
}

/** A text that stands among the keywords has its place there. */
function documentedPlace(profile: Profile, endpoint: string, field: string): string | undefined {
  const own = spelledField(profile, endpoint, field)
  if (own) return own.at
  const keywords = spelledField(profile, endpoint, 'keywords')
  const [name] = Object.entries(keywords?.take ?? {}).find(([, taken]) => taken === field) ?? []
  if (!keywords || name === undefined) return undefined
  if (keywords.form === 'pairs') return `${keywords.at}/*/${keywords.value}`
  return keywords.form === 'wechat' ? `${keywords.at}/${name}/value` : `${keywords.at}/${name}`
}

/** Headers by which a caller proves who it is. */
function headersOf({ authentication }: Pick<Profile, 'authentication'>): readonly string[] {
  switch (authentication.kind) {
    case 'signature':
      return ['X-Tupu-Timestamp', 'X-Tupu-Nonce', 'X-Tupu-Signature']
    case 'key':
      return authentication.header === undefined ? [] : [authentication.header]
    case 'bearer':
    case 'basic':
    case 'oauth2':
      return ['authorization']
    case 'signed':
      return [authentication.at, authentication.timestamp?.at, authentication.nonce?.at].flatMap(
        (at) => (at?.startsWith('header:') ? [at.slice(7)] : []),
      )
    case 'none':
      return []
  }
}

/** Of an OAuth2 token only that it is a bearer's. What of a signature stands in a body is a field. */
function securityOf({ authentication }: Profile): Readonly<Record<string, SecurityScheme>> {
  const bearer = { partner_bearer: { type: 'http', scheme: 'bearer' } } as const
  switch (authentication.kind) {
    case 'bearer':
    case 'oauth2':
      return bearer
    case 'basic':
      return { partner_basic: { type: 'http', scheme: 'basic' } }
    case 'key': {
      const { header, query, scheme } = authentication
      if (header === 'authorization' && /^bearer$/i.test(scheme)) return bearer
      return keysAt(header === undefined ? `query:${query}` : `header:${header}`)
    }
    case 'signed':
      return keysAt(authentication.at, authentication.timestamp?.at, authentication.nonce?.at)
    default:
      return keysAt(...headersOf({ authentication }).map((name) => `header:${name}`))
  }
}

function keysAt(...places: readonly (string | undefined)[]): Record<string, SecurityScheme> {
  const found = places.flatMap((place) => {
    const [, where, name = ''] = /^(header|query):(.+)$/.exec(place ?? '') ?? []
    return where === 'header' || where === 'query' ? [{ where, name } as const] : []
  })
  return Object.fromEntries(
    found.map(({ where, name }) => [name, { type: 'apiKey', in: where, name }]),
  )
}
