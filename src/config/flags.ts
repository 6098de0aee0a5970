import { StartError } from '../start-error.ts'
import type { Command } from './commands.ts'
import { type Given, type GivenSettings, unknownName } from './given.ts'
import { isFor, type Setting, settings } from './settings.ts'
import type { SettingName } from './values.ts'

/** What stands behind the command on the command line. */
export interface Flags {
  readonly given: GivenSettings
  /** Everything behind `--`, untouched. */
  readonly rest: readonly string[] | undefined
}

/** Reads `--name value`, `--name=value`, `--switch` and `--no-switch`; the last of several wins. */
export function readFlags(command: Command, args: readonly string[]): Flags {
  const given = new Map<SettingName, Given>()
  const queue = [...args]
  for (let arg = queue.shift(); arg !== undefined; arg = queue.shift()) {
    if (arg === '--') return { given, rest: queue }
    const { flag, inline } = splitFlag(arg)
    const { setting, negative } = findSetting(command, flag)
    const value = inline ?? (setting.type === 'switch' ? 'true' : nextValue(flag, queue))
    given.set(setting.name, {
      value: negative ? 'false' : value,
      place: 'flag',
      label: `Flag ${flag}`,
    })
    if (negative && inline !== undefined)
      throw new StartError(`Flag ${flag} takes no value.`, { field: flag })
  }
  return { given, rest: undefined }
}

function splitFlag(arg: string): { flag: string; inline: string | undefined } {
  if (!arg.startsWith('-') || arg === '-') {
    const fix = 'The command comes first, each value behind its flag; see tupu-sim --help.'
    throw new StartError(`"${arg}" was not expected.`, { fix })
  }
  const equals = arg.indexOf('=')
  if (equals < 0) return { flag: arg, inline: undefined }
  return { flag: arg.slice(0, equals), inline: arg.slice(equals + 1) }
}

function findSetting(command: Command, flag: string): { setting: Setting; negative: boolean } {
  const exact = settings.find((one) => one.flag === flag)
  const positive = settings.find(
    (one) => one.type === 'switch' && one.flag === flag.replace(/^--no-/u, '--'),
  )
  const setting = exact ?? positive
  if (!setting) throw noSuchFlag(command, flag)
  if (!isFor(setting, command)) {
    const fix = `It belongs to: ${setting.commands.map((one) => `tupu-sim ${one}`).join(', ')}.`
    throw new StartError(`Flag ${flag} is not for tupu-sim ${command}.`, {
      field: setting.name,
      fix,
    })
  }
  return { setting, negative: exact === undefined }
}

function noSuchFlag(command: Command, flag: string): StartError {
  const hidden = settings.find((one) => `--${one.name.replaceAll('_', '-')}` === flag)
  if (hidden?.env) {
    const fix = `Set ${hidden.env} in the environment, or give ${flag}-file.`
    return new StartError(`Flag ${flag} would show its value in process lists.`, {
      field: hidden.name,
      fix,
    })
  }
  const known = settings.filter((one) => isFor(one, command))
  const negative = flag.startsWith('--no-') ? known.filter((one) => one.type === 'switch') : []
  const names = [
    ...known.flatMap((one) => one.flag ?? []),
    ...negative.flatMap((one) => one.flag?.replace('--', '--no-') ?? []),
  ]
  return unknownName(`Flag ${flag}`, flag, [...names, '--help', '--version'])
}

function nextValue(flag: string, queue: string[]): string {
  const value = queue[0]?.startsWith('--') ? undefined : queue.shift()
  if (value !== undefined) return value
  throw new StartError(`Flag ${flag} has no value.`, { field: flag, fix: `Write ${flag} VALUE.` })
}
