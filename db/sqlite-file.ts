import { closeSync, openSync, readSync, statSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { BadDatabaseError } from './bad-database.ts'

/** `TUPU` in ASCII: marks a SQLite file as ours. */
export const application_id = 0x54555055
/** How long another program's lock is waited for. */
export const busy_ms_max = 1000

/** Refuses what is no SQLite file of ours, without changing a byte in it or beside it. */
export function refuseForeign(file: string, name: string): void {
  const found = statSync(file, { throwIfNoEntry: false })
  if (!found) return
  if (!found.isFile()) {
    throw new BadDatabaseError({
      reason: `${name} is ${found.isDirectory() ? 'a folder' : 'no file'}`,
      fix: 'name a file in --data; it is made when it is missing',
    })
  }
  if (found.size === 0) return
  const { id, isEmpty } = hasLog(file) ? readMark(file) : readHeader(file, name)
  if (id === application_id || (id === 0 && isEmpty)) return
  throw new BadDatabaseError({
    reason: `${name} is a SQLite file of another program`,
    fix: 'choose another --data; nothing was changed in it',
  })
}

/** Whose a file is, and whether it has no tables. */
interface Mark {
  readonly id: number
  readonly isEmpty: boolean
}

/** Part of it may stand in a log beside it, when its program is at work or was killed. */
function hasLog(file: string): boolean {
  return ['-wal', '-journal'].some((end) => {
    const found = statSync(file + end, { throwIfNoEntry: false })
    return found !== undefined && found.size > 0
  })
}

function readMark(file: string): Mark {
  const sqlite = new Sqlite(file, { readonly: true, timeout: busy_ms_max })
  try {
    const tables = sqlite.prepare('select count(*) from sqlite_master').pluck().get()
    const id = sqlite.pragma('application_id', { simple: true })
    return { id: Number(id), isEmpty: tables === 0 }
  } catch (error) {
    // Somebody's unfinished transaction would have to be rolled back: ours never needs that.
    if (error instanceof Sqlite.SqliteError && error.code === 'SQLITE_READONLY_ROLLBACK')
      return { id: 0, isEmpty: false }
    throw error
  } finally {
    sqlite.close()
  }
}

const header_bytes = 108
const magic = 'SQLite format 3\0'
/** Where the file format puts them: the mark, the kind of the first page, how many entries it has. */
const id_at = 68
const kind_at = 100
const entries_at = 103
const leaf = 13

/** A connection, even one that only reads, would leave files beside the database. */
function readHeader(file: string, name: string): Mark {
  const header = Buffer.alloc(header_bytes)
  const handle = openSync(file, 'r')
  try {
    readSync(handle, header, 0, header_bytes, 0)
  } finally {
    closeSync(handle)
  }
  if (header.toString('latin1', 0, magic.length) !== magic) {
    throw new BadDatabaseError({
      reason: `${name} is no SQLite file`,
      fix: 'choose another --data; nothing was changed in it',
    })
  }
  const isEmpty = header[kind_at] === leaf && header.readUInt16BE(entries_at) === 0
  return { id: header.readUInt32BE(id_at), isEmpty }
}

const no_room = {
  reason: 'has no room left on its disk',
  fix: 'free some space, or choose another --data',
}
const sqlite_reasons: Readonly<Record<string, { reason: string; fix: string }>> = {
  SQLITE_NOTADB: {
    reason: 'is no SQLite file',
    fix: 'choose another --data; nothing was changed in it',
  },
  SQLITE_CORRUPT: {
    reason: 'is damaged',
    fix: 'restore it from a copy, or move it away to start anew',
  },
  SQLITE_CANTOPEN: {
    reason: 'cannot be opened',
    fix: 'check that it is a file that you may read and write',
  },
  SQLITE_READONLY: {
    reason: 'cannot be written',
    fix: 'check its permissions and those of its folder',
  },
  SQLITE_BUSY: {
    reason: 'is locked by another program',
    fix: 'close that program, or choose another --data',
  },
  SQLITE_FULL: no_room,
  // A quota, or a limit on the size of files. The first code that fits is taken.
  SQLITE_IOERR_WRITE: no_room,
  SQLITE_IOERR_SHMSIZE: no_room,
  SQLITE_IOERR: {
    reason: 'cannot be read or written',
    fix: 'see to its disk, or choose another --data',
  },
}

/** Says why a file cannot be used, when it is the file's fault. */
export function explain(error: unknown, file: string): unknown {
  if (error instanceof BadDatabaseError) return error
  if (error instanceof Sqlite.SqliteError) {
    const found = Object.entries(sqlite_reasons).find(([code]) => error.code.startsWith(code))
    const { reason, fix } = found?.[1] ?? {
      reason: `cannot be used (${error.message})`,
      fix: 'restore it from a copy, or choose another --data',
    }
    return new BadDatabaseError({ reason: `${file} ${reason}`, fix, cause: error })
  }
  if (!(error instanceof Error) || !('code' in error)) return error
  if (error.code === 'ENOSPC' || error.code === 'EDQUOT') {
    return new BadDatabaseError({
      reason: `${file} ${no_room.reason}`,
      fix: no_room.fix,
      cause: error,
    })
  }
  return new BadDatabaseError({
    reason: `${file} cannot be opened (${error.message})`,
    fix: 'check the path, and that you may write there',
    cause: error,
  })
}

/** Whether another program has the file locked. */
export function isBusy(error: unknown): boolean {
  return error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY')
}
