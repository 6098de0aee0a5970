import { z } from 'zod'
import type { Command } from './config/commands.ts'
import { faultsIn, unknownField } from './config/fault.ts'
import { isFor, type Setting, settings } from './config/settings.ts'
import { Values } from './config/values.ts'
import { maskSecretFields } from './journal/mask.ts'
import { type Fault, StartError } from './start-error.ts'
import { profileData } from './tupu/profile/data.ts'
import { readProfiles } from './tupu/profile/list.ts'
import { worldFaults } from './world-list.ts'

const SHOWN_LENGTH_MAX = 80
/** By which a JSON file names its schema to editors. */
const SCHEMA_KEY = '$schema'

/** All that a configuration file shows to be wrong, as far as a command reads it; check-config reads all. */
export function contentFaults(
  content: Readonly<Record<string, unknown>>,
  command: Command,
): Fault[] {
  return Object.entries(content).flatMap(([key, value]) => {
    const setting = settings.find((one) => one.name === key && one.inFile)
    if (!setting) return key === SCHEMA_KEY ? [] : [noSuchKey(key)]
    const counts = command === 'check-config' || isFor(setting, command)
    return counts ? valueFaults(setting, value) : []
  })
}

/** A value as errors repeat it: short, and without secrets. */
export function printable(value: unknown): string {
  const text = maskSecretFields(JSON.stringify(value) ?? String(value))
  return text.length > SHOWN_LENGTH_MAX ? `${text.slice(0, SHOWN_LENGTH_MAX)}…` : text
}

function noSuchKey(key: string): Fault {
  if (key === 'rules') {
    return { field: key, reason: 'a list of rules is not built yet', fix: 'leave it out' }
  }
  const elsewhere = settings.find((one) => one.name === key)
  if (!elsewhere) {
    const names = settings.filter((one) => one.inFile).map((one) => one.name)
    return unknownField(key, key, names)
  }
  const ways = [elsewhere.flag, elsewhere.env].filter((way) => way !== undefined).join(' or ')
  return { field: key, reason: 'it cannot be set in a file', fix: `use ${ways}` }
}

function valueFaults({ name }: Setting, value: unknown): Fault[] {
  if (name === 'worlds') return worldFaults(value)
  if (name === 'profiles') return profileFaults(value)
  const read = Values.shape[name].safeParse(value)
  if (read.success) return []
  const fix = read.error.issues[0]?.message ?? ''
  return [{ field: name, reason: `it is ${printable(value)}`, fix: asClause(fix) }]
}

function profileFaults(value: unknown): Fault[] {
  const faults = faultsIn(z.array(profileData), value, 'profiles')
  if (faults.length > 0) return faults
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
function asClause(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/u, '')
}
