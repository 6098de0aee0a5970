import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { z } from 'zod'
import { describeSimulator } from '../http/port-owner.ts'
import { StartError } from '../start-error.ts'

const Content = z.object({ url: z.url() })

/**
 * Makes sure that nobody takes an old file for ours: one left from an accident is removed, one of a
 * simulator that still runs is a reason not to start.
 */
export async function claimReadyFile(file: string): Promise<void> {
  const url = readUrl(file)
  const owner = url === undefined ? undefined : await describeSimulator(url)
  if (owner === undefined) return removeReadyFile(file)
  throw new StartError(`The ready file ${file} is that of ${owner} at ${url}.`, {
    field: 'ready_file',
    fix: 'Stop that one, or give another path.',
  })
}

/** Removes the file that says that a simulator is ready. */
export function removeReadyFile(file: string): void {
  try {
    rmSync(resolve(file), { force: true })
  } catch (error) {
    throw unwritable(file, error)
  }
}

/** Writes the file in one step: whoever waits for it never sees half of it. Only this user reads it. */
export function writeReadyFile(file: string, content: object): void {
  const path = resolve(file)
  const draft = join(dirname(path), `.tupu-sim-ready-${process.pid}`)
  try {
    rmSync(draft, { force: true })
    writeFileSync(draft, `${JSON.stringify(content)}\n`, { mode: 0o600, flag: 'wx' })
    renameSync(draft, path)
  } catch (error) {
    rmSync(draft, { force: true })
    throw unwritable(file, error)
  }
}

function readUrl(file: string): string | undefined {
  try {
    return Content.parse(JSON.parse(readFileSync(resolve(file), 'utf8'))).url
  } catch {
    return undefined
  }
}

function unwritable(file: string, error: unknown): StartError {
  const why = error instanceof Error ? error.message : String(error)
  return new StartError(`The ready file ${file} cannot be written: ${why}.`, {
    field: 'ready_file',
    fix: 'Give a path in a folder that this user may write to.',
    cause: error,
  })
}
