import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { StartError } from '../start-error.ts'
import type { Command } from './commands.ts'
import { type ConfigDocument, readDocument } from './document.ts'
import type { Given, GivenSettings } from './given.ts'
import { isFor, settings } from './settings.ts'
import type { SettingName } from './values.ts'

const USUAL_NAMES = ['tupu-sim.config.json', 'tupu-sim.config.yaml', 'tupu-sim.config.yml']

/** Reads the named configuration file, else the one of the working directory if there is one. */
export function readConfigFile(
  cwd: string,
  named: Given | undefined,
): Promise<ConfigDocument | undefined> {
  const name = named ? String(named.value) : usualFile(cwd)
  if (name === undefined) return Promise.resolve(undefined)
  return readDocument(readText(resolve(cwd, name), name, named), name)
}

/** What a configuration file gives of a command's settings. */
export function givenByFile(document: ConfigDocument, command: Command): GivenSettings {
  const given = new Map<SettingName, Given>()
  for (const [key, value] of Object.entries(document.content)) {
    const setting = settings.find((one) => one.name === key && one.inFile)
    if (!setting || !isFor(setting, command)) continue
    const label = `${document.file}:${document.lineOf(key)} ${key}`
    given.set(setting.name, { value, place: 'file', label })
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
