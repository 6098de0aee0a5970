import { type Fault, StartError } from '../../start-error.ts'
import { tupuEndpoints } from '../surface.ts'
import { profileData } from './data.ts'
import { default_profile, placeOf } from './profile.ts'
import { readShipped } from './shipped.ts'
import type { OwnPlace, Profile } from './spelled.ts'

/** The default profile and those given at the start, or a `StartError` that says what is wrong with one. */
export function readProfiles(given: readonly unknown[]): Profile[] {
  const profiles = [default_profile]
  for (const [i, one] of given.entries()) {
    const data = typeof one === 'string' ? readShipped(one) : one
    const read = profileData.safeParse(data)
    if (!read.success) {
      const [issue] = read.error.issues
      const field = ['profiles', i, ...(issue?.path ?? [])].join('.')
      throw new StartError(
        `The partner profile ${i} cannot be used: ${field}: ${issue?.message}.`,
        {
          field,
          fix: 'Correct it, or list all errors with tupu-sim profile check; /docs says what a profile may express.',
        },
      )
    }
    const profile = withToken(read.data)
    const [fault] = [...twinFaults(profile, profiles), ...placeFaults(profile)]
    if (fault) {
      const field = ['profiles', i, fault.field].filter((part) => part !== '').join('.')
      throw new StartError(`The partner profile ${profile.name} ${fault.reason}.`, {
        field,
        fix: `${capital(fault.fix)}.`,
      })
    }
    profiles.push(profile)
  }
  return profiles
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** What RFC 6749 says of how a token is asked for, where the profile says something else. */
function withToken(profile: Profile): Profile {
  if (profile.authentication.kind !== 'oauth2') return profile
  const { fields, ...own } = profile.endpoints['partner_token.issue'] ?? usual_token
  const eid = fields['eid'] ?? '/client_id'
  const token: OwnPlace = { answers: usual_token.answers, ...own, fields: { ...fields, eid } }
  return { ...profile, endpoints: { ...profile.endpoints, 'partner_token.issue': token } }
}

const usual_token: OwnPlace = profileData.parse({
  name: 'token',
  base: '/token',
  endpoints: {
    'partner_token.issue': {
      answers: {
        success: {
          body: {
            access_token: '{access_token}',
            token_type: '{token_type}',
            expires_in: '{expires_in}',
          },
        },
        refusal: { status: 400, body: { error: 'invalid_request', error_description: '{errmsg}' } },
        by_errcode: {
          100001: { status: 401, body: { error: 'invalid_client' } },
          100003: { status: 401, body: { error: 'invalid_client' } },
        },
      },
    },
  },
}).endpoints['partner_token.issue'] as OwnPlace

/** One base below another would hide the one or the other. */
function twinFaults({ name, base }: Profile, others: readonly Profile[]): Fault[] {
  const isBelow = (path: string, above: string) => `${path}/`.startsWith(`${above}/`)
  const twin = others.find((other) => {
    return name === other.name || isBelow(base, other.base) || isBelow(other.base, base)
  })
  if (!twin) return []
  const reason = `(${base}) has the name or base path of ${twin.name} (${twin.base})`
  return [
    { field: '', reason, fix: 'give each profile its own name and base path, none below another' },
  ]
}

/** Two endpoints at one address, or one whose path field is nowhere, could never be called. */
export function placeFaults(profile: Profile): Fault[] {
  const addresses = new Map<string, string>()
  return tupuEndpoints.flatMap((endpoint) => {
    const { id } = endpoint
    if (profile.endpoints[id] === null) return []
    const field = `endpoints.${id}`
    const { methods, path } = placeOf(profile, endpoint)
    const pointers = profile.endpoints[id]?.fields ?? {}
    const missing = namesIn(endpoint.path).find((name) => {
      return !namesIn(path).includes(name) && pointers[name] === undefined
    })
    if (missing !== undefined) {
      const reason = `does not say where ${id} finds ${missing}`
      return [{ field, reason, fix: `put {${missing}} into its path, or name its field` }]
    }
    return methods.flatMap((method) => {
      const address = `${method} ${path.replace(/\{\w+\}/g, '{}')}`
      const other = addresses.get(address)
      addresses.set(address, other ?? id)
      if (other === undefined) return []
      const reason = `has ${other} and ${id} at one address, ${method} ${path}`
      return [{ field, reason, fix: 'give each endpoint its own method or path' }]
    })
  })
}

function namesIn(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '')
}
