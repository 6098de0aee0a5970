import type { Command } from './config/commands.ts'
import { unknownField } from './config/fault.ts'
import { isFor, type Setting, settings } from './config/settings.ts'
import { Values } from './config/values.ts'
import { maskSecretFields } from './journal/mask.ts'
import { asClause, profilesFaults } from './profile-fault.ts'
import type { Fault } from './start-error.ts'
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
  if (name === 'profiles') return profilesFaults(value)
  const read = Values.shape[name].safeParse(value)
  if (read.success) return []
  const fix = read.error.issues[0]?.message ?? ''
  return [{ field: name, reason: `it is ${printable(value)}`, fix: asClause(fix) }]
}
