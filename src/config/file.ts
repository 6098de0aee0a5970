import { existsSync, readFileSync } from 'node:fs'
import { extname, resolve } from 'node:path'
import { z } from 'zod'
import { StartError } from '../start-error.ts'
import { type Given, type GivenSettings, unknownName } from './given.ts'
import { type Command, settings } from './settings.ts'
import type { SettingName } from './values.ts'

const USUAL_NAMES = ['tupu-sim.config.json', 'tupu-sim.config.yaml', 'tupu-sim.config.yml']
const Mapping = z.record(z.string(), z.unknown())

/** Reads the named configuration file, else the one of the working directory if there is one. */
export async function readConfigFile(
  command: Command,
  cwd: string,
  named: Given | undefined,
): Promise<GivenSettings> {
  const name = named ? String(named.value) : usualFile(cwd)
  if (name === undefined) return new Map()
  const given = new Map<SettingName, Given>()
  for (const [key, value] of Object.entries(await parseFile(cwd, name, named))) {
    const setting = settings.find((one) => one.name === key && one.inFile)
    if (!setting) throw noSuchKey(key, name)
    const label = `Key "${key}" in ${name}`
    if (setting.commands.includes(command)) given.set(setting.name, { value, place: 'file', label })
  }
  return given
}

function usualFile(cwd: string): string | undefined {
  const [first, second] = USUAL_NAMES.filter((name) => existsSync(resolve(cwd, name)))
  if (second === undefined) return first
  throw new StartError(`There are two configuration files, ${first} and ${second}.`, {
    field: 'config',
    fix: 'Keep one of them, or name the one that counts with --config.',
  })
}

function noSuchKey(key: string, name: string): StartError {
  const label = `Key "${key}" in ${name}`
  const elsewhere = settings.find((one) => one.name === key)
  if (elsewhere) {
    const ways = [elsewhere.flag, elsewhere.env].filter((way) => way !== undefined).join(' or ')
    return new StartError(`${label} cannot be set in a file.`, { field: key, fix: `Use ${ways}.` })
  }
  const names = settings.filter((one) => one.inFile).map((one) => one.name)
  return unknownName(label, key, names)
}

async function parseFile(cwd: string, name: string, named: Given | undefined) {
  const text = readText(resolve(cwd, name), name, named)
  const content = await parseText(text, name)
  // An empty YAML file is null: a file whose lines are all commented out is no mistake.
  const mapping = Mapping.safeParse(content ?? {})
  if (mapping.success) return mapping.data
  const fix = 'Write one setting per line, as in: port: 8878.'
  throw new StartError(`${name} does not hold settings by name.`, { field: 'config', fix })
}

function readText(path: string, name: string, named: Given | undefined): string {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/u, '')
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    const label = named ? `${named.label} names ${name}, which` : `Configuration file ${name}`
    const fix = 'Give the path of a file that this user may read.'
    throw new StartError(`${label} cannot be read: ${why}.`, { field: 'config', fix, cause: error })
  }
}

async function parseText(text: string, name: string): Promise<unknown> {
  const json = extname(name) === '.json'
  try {
    if (json) return JSON.parse(text)
    const { parse } = await import('yaml')
    return parse(text, { logLevel: 'error' })
  } catch (error) {
    const [why] = (error instanceof Error ? error.message : String(error)).split('\n')
    const fix = `Correct the file: it is read as ${json ? 'JSON' : 'YAML'}.`
    throw new StartError(`${name} cannot be understood: ${why}.`, {
      field: 'config',
      fix,
      cause: error,
    })
  }
}
