import {
  chmodSync,
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import Sqlite from 'better-sqlite3'
import { BadDatabaseError } from './bad-database.ts'
import { isBusy } from './sqlite-file.ts'

/** Read and written by the user of the process alone: a database holds mobiles, names and secrets. */
const private_mode = 0o600

/**
 * The file itself behind a name: symbolic links are followed, also to where there is nothing yet. Lock and log stand
 * beside it, so that whoever comes by another name finds them.
 */
export function realFile(path: string): string {
  try {
    return realpathSync.native(path)
  } catch (error) {
    if (!isMissing(error)) throw error
  }
  mkdirSync(dirname(path), { recursive: true })
  const folder = realpathSync.native(dirname(path))
  const file = join(folder, basename(path))
  if (!lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink()) return file
  return realFile(resolve(folder, readlinkSync(file)))
}

/** What a database is called: its path, and where a link leads. */
export function nameOf(path: string, file: string): string {
  return path === file ? path : `${path} (a link to ${file})`
}

/**
 * Holds a lock on a database that dies with the process, however it dies. Beside it stands who holds it, so that the second
 * process can say. `name` is what people call the file.
 */
export function own(file: string, name: string): Sqlite.Database {
  refuseHardLink(file, name)
  const before = readOwner(file)
  const lock = tryLock(file)
  if (!lock) throw inUse(name, before.process)
  try {
    keepPrivate(file)
    for (const beside of ['-wal', '-shm']) if (existsSync(file + beside)) narrow(file + beside)
    const { ino } = statSync(file)
    // Each time at the start would cost some writes; a file that was here before was not moved since.
    if (before.ino !== String(ino)) refuseMoved(file, name)
    keepPrivate(`${file}-owner.txt`)
    writeFileSync(`${file}-owner.txt`, `process ${process.pid}\nfile ${ino}\n`)
    return lock
  } catch (error) {
    lock.close()
    throw error
  }
}

/** Undefined: somebody else has it. */
function tryLock(file: string): Sqlite.Database | undefined {
  keepPrivate(`${file}-owner`)
  const lock = new Sqlite(`${file}-owner`, { timeout: 0 })
  try {
    lock.exec('begin exclusive')
    return lock
  } catch (error) {
    lock.close()
    if (isBusy(error)) return undefined
    throw error
  }
}

function inUse(name: string, owner: string): BadDatabaseError {
  return new BadDatabaseError({
    reason: `${name} is in use by the simulator of ${owner}`,
    fix: 'stop that one, or choose another --data',
  })
}

/** A file with two names would get two logs, each of which knows nothing of what the other has. */
function refuseHardLink(file: string, name: string): void {
  const found = statSync(file, { throwIfNoEntry: false })
  if (!found || found.nlink < 2) return
  const other = otherNameOf(file, found)
  if (other !== undefined && isHeld(other)) {
    const { process: owner } = readOwner(other)
    throw inUse(`${name}, which is also ${other} (a hard link),`, owner)
  }
  const also = other === undefined ? '' : `, ${other}`
  throw new BadDatabaseError({
    reason: `${name} has a second name (hard link)${also}, under which another process could write to it unseen`,
    fix: 'remove one of the names while no simulator runs on it, or copy the file and name the copy in --data',
  })
}

/** Looked for where it is found most often. */
function otherNameOf(file: string, { dev, ino }: Stats): string | undefined {
  return readdirSync(dirname(file))
    .map((entry) => join(dirname(file), entry))
    .find((path) => {
      const found = path === file ? undefined : lstatSync(path, { throwIfNoEntry: false })
      return found?.dev === dev && found.ino === ino
    })
}

function isHeld(file: string): boolean {
  if (!existsSync(`${file}-owner`)) return false
  const lock = tryLock(file)
  lock?.close()
  return lock === undefined
}

/**
 * A file that was moved while its simulator runs has left lock and log under its old name. SQLite itself holds a lock on the
 * file as long as a log is open, by which such a simulator is found: no connection can leave the mode of a log then.
 */
function refuseMoved(file: string, name: string): void {
  // With the log beside it the file has stayed where it was, or came as a whole.
  if (statSync(file).size === 0 || bytesOf(`${file}-wal`) > 0) return
  const sqlite = new Sqlite(file, { timeout: 0 })
  try {
    sqlite.pragma('journal_mode = delete')
  } catch (error) {
    if (!isBusy(error)) throw error
    throw new BadDatabaseError({
      reason: `${name} is in use under another name, as if it had been moved while its simulator runs`,
      fix: 'stop that one, move the file back, and move it after a clean stop; or choose another --data',
      cause: error,
    })
  } finally {
    sqlite.close()
    // An attempt that fails leaves one behind.
    if (bytesOf(`${file}-wal`) === 0) rmSync(`${file}-wal`, { force: true })
  }
}

function bytesOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}

/** Makes a file that only we may read, or takes a wider one from the others when it is ours. */
function keepPrivate(file: string): void {
  try {
    closeSync(openSync(file, 'wx', private_mode))
    // Whatever the umask left of it.
    chmodSync(file, private_mode)
  } catch (error) {
    // Not opened: closing it would take the locks of this process from it.
    if (!hasCode(error, 'EEXIST')) throw error
    narrow(file)
  }
}

function narrow(file: string): void {
  const { mode, uid } = statSync(file)
  if ((mode & 0o077) !== 0 && uid === process.getuid?.()) chmodSync(file, mode & 0o700)
}

/** Who holds a database, or held it last, and which file that was. */
function readOwner(file: string): { process: string; ino: string | undefined } {
  try {
    const [owner = '', ...lines] = readFileSync(`${file}-owner.txt`, 'utf8').trim().split('\n')
    return { process: owner, ino: /^file (\d+)$/m.exec(lines.join('\n'))?.[1] }
  } catch {
    return { process: 'another process', ino: undefined }
  }
}

function isMissing(error: unknown): boolean {
  return hasCode(error, 'ENOENT')
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
