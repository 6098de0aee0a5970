import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { StartError } from '../start-error.ts'
import { randomToken } from '../world/seed.ts'
import { folderOf, makeFolder } from './folder.ts'

const FILE = 'control-token'
const OTHERS = 0o077

/** A token that nobody gave: which one it is and where it is kept. */
export interface GeneratedToken {
  readonly token: string
  readonly file: string
}

/** The control token beside the data, made at the first start and the same at the next. */
export function generatedToken(data: string): GeneratedToken {
  const folder = folderOf(data)
  makeFolder(folder)
  const file = join(folder, FILE)
  try {
    return { token: createToken(file) ?? readToken(file), file }
  } catch (error) {
    if (error instanceof StartError) throw error
    const why = error instanceof Error ? error.message : String(error)
    throw new StartError(`The control token cannot be kept in ${file}: ${why}.`, {
      field: 'control_token',
      fix: 'Give one in TUPU_SIM_CONTROL_TOKEN or with --control-token-file.',
      cause: error,
    })
  }
}

/** Writes a new token, or does nothing when there is a file. */
function createToken(file: string): string | undefined {
  const token = randomToken()
  try {
    writeFileSync(file, `${token}\n`, { mode: 0o600, flag: 'wx' })
    return token
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return undefined
    throw error
  }
}

/** A file that others can read or may have laid there is no secret. */
function readToken(file: string): string {
  const { mode, uid } = statSync(file)
  const ours = process.getuid === undefined || uid === process.getuid()
  const secret = process.platform === 'win32' || (mode & OTHERS) === 0
  const token = readFileSync(file, 'utf8').trim()
  if (ours && secret && token) return token
  throw new StartError(`The control token in ${file} may be known to others, or is empty.`, {
    field: 'control_token',
    fix: 'Remove the file. The next start then creates a new one.',
  })
}
