import { z } from 'zod'
import { faultsIn } from './config/fault.ts'
import { type Fault, StartError } from './start-error.ts'
import { meaningFaults } from './tupu/profile/check.ts'
import { profileData } from './tupu/profile/data.ts'
import { readProfiles } from './tupu/profile/list.ts'
import { readShipped, shipped_profiles } from './tupu/profile/shipped.ts'

/** All that a list of profiles shows to be wrong. A name stands for a profile that comes with the package. */
export function profilesFaults(value: unknown): Fault[] {
  const read: unknown = Array.isArray(value) ? value.map(shippedOrSame) : value
  const names = Array.isArray(read) ? read.flatMap((one, i) => nameFault(one, `profiles.${i}`)) : []
  const faults = names.length > 0 ? names : faultsIn(z.array(profileData), read, 'profiles')
  return faults.length > 0 ? faults : startFaults(read)
}

/** All that is wrong with one profile, by the way to it: also what can be used and would not do what is meant. */
export function profileFaults(given: unknown): Fault[] {
  const data = shippedOrSame(given)
  if (typeof data === 'string') return nameFault(data, '')
  const faults = faultsIn(profileData, data, 'profile')
  const here = faults.length > 0 ? faults : startFaults([data])
  const own = here.map((fault) => ({
    ...fault,
    field: fault.field.replace(/^(profile|profiles\.0)(\.|$)/, ''),
  }))
  if (own.length > 0) return own
  const [, profile] = readProfiles([data])
  return profile ? meaningFaults(profile) : []
}

const shippedOrSame = (one: unknown) => (typeof one === 'string' ? readShipped(one) : one)

function nameFault(one: unknown, field: string): Fault[] {
  if (typeof one !== 'string') return []
  const fix = `name one of ${shipped_profiles.join(', ')}, or write the profile itself`
  return [{ field, reason: `no profile is called ${one}`, fix }]
}

/** What shows only when all of them are there. */
function startFaults(value: unknown): Fault[] {
  try {
    readProfiles(value as unknown[])
    return []
  } catch (error) {
    if (!(error instanceof StartError)) throw error
    const { field = 'profiles', message, fix = '' } = error
    return [{ field, reason: asClause(message), fix: asClause(fix) }]
  }
}

/** A sentence as a part of a longer one. */
export function asClause(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/u, '')
}
