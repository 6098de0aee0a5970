import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { StartError } from '../start-error.ts'

const HOME = '.tupu-sim'

/** Whether the worlds are kept in a file of this machine. */
export function isFile(data: string): boolean {
  return data !== ':memory:' && !data.includes('://')
}

/** The folder for what the simulator keeps: the one of its data, else `.tupu-sim` here. */
export function folderOf(data: string): string {
  return isFile(data) ? dirname(resolve(data)) : resolve(HOME)
}

/**
 * Makes the folder if it is missing: for this user only, and unseen by git. One that exists belongs
 * to somebody and is left as it is.
 */
export function makeFolder(folder: string): void {
  try {
    const made = mkdirSync(folder, { recursive: true, mode: 0o700 })
    if (made !== undefined) writeFileSync(join(folder, '.gitignore'), '*\n')
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new StartError(`The folder for the data cannot be made: ${why}.`, {
      field: 'data',
      fix: 'Give --data a path that this user may write to, or use --data :memory:.',
      cause: error,
    })
  }
}

/** Writes texts by name into a folder, which is made if it is missing. */
export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  try {
    for (const [name, text] of Object.entries(files)) {
      const path = resolve(folder, name)
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, text)
    }
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    const fix = 'Give the path of a folder where this user may write.'
    throw new StartError(`The files cannot be written to ${folder}: ${why}.`, {
      field: 'out',
      fix,
      cause,
    })
  }
}
