import type { Endpoint, FieldPlace, Method } from '../../core/endpoint.ts'
import type { Engine } from '../../core/engine.ts'
import type { Spelling } from '../../core/surface.ts'
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
function headersOf({ authentication }: Profile): readonly string[] {
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
