import { StartError } from '../../start-error.ts'
import { tupuEndpoints } from '../surface.ts'
import { profileData } from './data.ts'
import { default_profile, type Profile, placeOf } from './profile.ts'

/** The default profile and those given at the start, or a `StartError` that says what is wrong with one. */
export function readProfiles(given: readonly unknown[]): Profile[] {
  const profiles = [default_profile]
  for (const [i, data] of given.entries()) {
    const read = profileData.safeParse(data)
    if (!read.success) {
      const [issue] = read.error.issues
      const field = ['profiles', i, ...(issue?.path ?? [])].join('.')
      throw new StartError(
        `The partner profile ${i} cannot be used: ${field}: ${issue?.message}.`,
        {
          field,
          fix: 'Correct it; /docs says what a profile may express.',
        },
      )
    }
    const profile: Profile = read.data
    refuseTwin(profile, profiles, `profiles.${i}`)
    refusePlaces(profile, `profiles.${i}.endpoints`)
    profiles.push(profile)
  }
  return profiles
}

/** One base below another would hide the one or the other. */
function refuseTwin(profile: Profile, others: readonly Profile[], field: string): void {
  const { name, base } = profile
  const isBelow = (path: string, above: string) => `${path}/`.startsWith(`${above}/`)
  const twin = others.find((other) => {
    return name === other.name || isBelow(base, other.base) || isBelow(other.base, base)
  })
  if (!twin) return
  throw new StartError(
    `The partner profile ${name} (${base}) has the name or base path of ${twin.name} (${twin.base}).`,
    { field, fix: 'Give each profile its own name and base path, none below another.' },
  )
}

/** Two endpoints at one address, or one whose path field is nowhere, could never be called. */
function refusePlaces(profile: Profile, field: string): void {
  const addresses = new Map<string, string>()
  for (const endpoint of tupuEndpoints) {
    const { id } = endpoint
    const { methods, path } = placeOf(profile, endpoint)
    const pointers = profile.endpoints[id]?.fields ?? {}
    const missing = namesIn(endpoint.path).find((name) => {
      return !namesIn(path).includes(name) && pointers[name] === undefined
    })
    if (missing !== undefined) {
      throw new StartError(
        `The partner profile ${profile.name} does not say where ${id} finds ${missing}.`,
        { field: `${field}.${id}`, fix: `Put {${missing}} into its path, or name its field.` },
      )
    }
    for (const method of methods) {
      const address = `${method} ${path.replace(/\{\w+\}/g, '{}')}`
      const other = addresses.get(address)
      if (other === undefined) addresses.set(address, id)
      else {
        throw new StartError(
          `The partner profile ${profile.name} has ${other} and ${id} at one address, ${method} ${path}.`,
          { field: `${field}.${id}`, fix: 'Give each endpoint its own method or path.' },
        )
      }
    }
  }
}

function namesIn(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '')
}
