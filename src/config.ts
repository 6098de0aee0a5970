import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Command } from './config/commands.ts'
import type { ConfigDocument } from './config/document.ts'
import { type Env, readEnv } from './config/env.ts'
import { givenByFile, readConfigFile } from './config/file.ts'
import { readFlags } from './config/flags.ts'
import type { Given } from './config/given.ts'
import { defaultFor, type Place, settings } from './config/settings.ts'
import { type SettingName, Values } from './config/values.ts'
import { contentFaults, printable } from './config-fault.ts'
import { type Fault, faultError, StartError } from './start-error.ts'

export { type Command, commands } from './config/commands.ts'
export {
  defaultFor,
  isFor,
  type Place,
  type Setting,
  settings,
} from './config/settings.ts'
export type { SettingName, Values } from './config/values.ts'

/** What a command was asked for and the surroundings in which it was. */
export interface ConfigSource {
  command: Command
  /** What stands behind the command. */
  args?: readonly string[]
  env?: Env
  cwd?: string
}

/** All settings of one run. */
export interface Config {
  readonly values: Values
  /** Where each value that is no default was given. */
  readonly places: Partial<Record<SettingName, Place>>
  /** Everything behind `--`: the program that `exec` runs. */
  readonly rest: readonly string[] | undefined
  readonly file: ConfigDocument | undefined
}

/** Reads all settings: flag before environment before configuration file before default. */
export async function loadConfig(source: ConfigSource): Promise<Config> {
  const { command, args = [], env = process.env, cwd = process.cwd() } = source
  const flags = readFlags(command, args)
  const fromEnv = readEnv(command, env)
  const file = await readConfigFile(cwd, flags.given.get('config') ?? fromEnv.get('config'))
  if (file) refuseFaults(file, contentFaults(file.content, command))
  const fromFile = file ? givenByFile(file, command) : []
  const given = new Map([...fromFile, ...fromEnv, ...flags.given])
  useOneToken(given, cwd)
  const places = Object.fromEntries([...given].map(([name, { place }]) => [name, place]))
  return { values: parseValues(given, command), places, rest: flags.rest, file }
}

/** Starts what makes the worlds of the file; faults that only then come to light are named with their lines. */
export async function startBy<T>({ file }: Config, start: () => Promise<T>): Promise<T> {
  try {
    return await start()
  } catch (error) {
    if (file && error instanceof StartError) refuseFaults(file, error.faults ?? [])
    throw error
  }
}

/** Throws what is wrong in a file, by its lines. */
function refuseFaults({ file, lineOf }: ConfigDocument, faults: readonly Fault[]): void {
  if (faults.length === 0) return
  const placed = faults.map((fault) => ({ ...fault, file, line: lineOf(fault.field) }))
  throw faultError(placed.toSorted((a, b) => a.line - b.line))
}

/** The environment for a program that we start: ours and what it must know of the simulator. */
export function environmentWith(block: Env, env: Env = process.env): Record<string, string> {
  const merged: Record<string, string> = {}
  for (const [name, value] of Object.entries({ ...env, ...block })) {
    if (value !== undefined) merged[name] = value
  }
  for (const name of ['NO_PROXY', 'no_proxy']) {
    const hosts = [env[name], block['NO_PROXY']].filter((part) => part)
    if (env[name] && block['NO_PROXY']) merged[name] = hosts.join(',')
  }
  return merged
}

/** Whether what is printed is kept in the log of a build, where no secret belongs. */
export function isContinuousIntegration(env: Env = process.env): boolean {
  return env['CI'] !== undefined && env['CI'] !== '' && env['CI'] !== 'false'
}

/** Whether whoever looks at a terminal wants it in colours: see no-color.org. */
export function wantsColor(env: Env = process.env): boolean {
  return !env['NO_COLOR'] && env['TERM'] !== 'dumb'
}

/** The token itself or the file that holds it: whichever was given in the place that comes first. */
function useOneToken(given: Map<SettingName, Given>, cwd: string): void {
  const file = given.get('control_token_file')
  const token = given.get('control_token')
  if (!file) return
  if (token && file.place === 'env') {
    const fix = 'Unset one of the two.'
    throw new StartError('TUPU_SIM_CONTROL_TOKEN and TUPU_SIM_CONTROL_TOKEN_FILE are both set.', {
      field: 'control_token',
      fix,
    })
  }
  if (token && file.place === 'file') return
  given.set('control_token', {
    ...file,
    value: readToken(file, cwd),
    label: `The content of ${file.value}`,
  })
}

function readToken(file: Given, cwd: string): string {
  try {
    return readFileSync(resolve(cwd, String(file.value)), 'utf8').trim()
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new StartError(`${file.label} names a file that cannot be read: ${why}.`, {
      field: 'control_token_file',
      fix: 'Give the path of a file that contains only the token.',
      cause: error,
    })
  }
}

function parseValues(given: ReadonlyMap<SettingName, Given>, command: Command): Values {
  const raw = settings.map((setting) => {
    const { name } = setting
    return [name, given.has(name) ? given.get(name)?.value : defaultFor(setting, command)]
  })
  const parsed = Values.safeParse(Object.fromEntries(raw))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const name = settings.find((one) => one.name === issue?.path[0])?.name
  const one = name && given.get(name)
  if (!one) throw parsed.error
  const is = hidden[name]?.(issue?.code) ?? printable(one.value)
  throw new StartError(`${one.label} is ${is}.`, {
    field: name,
    ...(issue && { fix: issue.message }),
  })
}

/** What is wrong with what is secret, and not shown. */
const hidden: Partial<Record<SettingName, (code: string | undefined) => string>> = {
  control_token: faultOfToken,
  aes_key: () => 'no key',
  partner_secret: () => 'no secret',
}

function faultOfToken(code: string | undefined): string {
  return code === 'too_small' ? 'too short for a secret' : 'no token that can be sent'
}
