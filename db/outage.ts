import Sqlite from 'better-sqlite3'
import { codeOf } from './postgres-address.ts'
import type { Store } from './unit.ts'

/** Why a database takes nothing at present, through no mistake of the program: no room is left, or it cannot be reached. */
export interface Outage {
  readonly kind: 'full' | 'away'
  readonly reason: string
  readonly fix: string
}

/** A unit of which nothing was kept because of an outage. */
export class OutageError extends Error {
  readonly outage: Outage

  constructor(outage: Outage, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause })
    this.name = 'OutageError'
    this.outage = outage
  }
}

/** The same store, whose units fail by `OutageError` where they fail by an outage. */
export function namingOutages(store: Store): Store {
  return {
    dialect: store.dialect,
    address: store.address,
    listen: (listener) => store.listen(listener),
    get leads() {
      return store.leads
    },
    close: () => store.close(),
    async unit(label, work) {
      try {
        return await store.unit(label, work)
      } catch (error) {
        const outage = outageOf(error)
        throw outage ? new OutageError(outage, error) : error
      }
    },
  }
}

/** The outage by which something failed that asked a database, and nothing else. Undefined: it failed by itself. */
export function outageOf(error: unknown): Outage | undefined {
  if (error instanceof OutageError) return error.outage
  if (!(error instanceof Error)) return undefined
  if (error instanceof Sqlite.SqliteError) {
    return sqlite_outages.find(([codes]) => codes.test(error.code))?.[1]
  }
  const code = codeOf(error)
  if (code === '53100') return full
  const isAway = away_codes.test(code) || ('severity' in error && ends.has(error.severity))
  return isAway || away_messages.test(error.message) ? unreachable : undefined
}

const full: Outage = {
  kind: 'full',
  reason: 'no room is left where the data lies: the disk is full, or a quota or limit is reached',
  fix: 'free some space there, then send it again; the simulator goes on by itself',
}
const unreachable: Outage = {
  kind: 'away',
  reason: 'PostgreSQL cannot be reached, or takes nothing at present',
  fix: 'see to the server or the way to it, then send it again; the simulator goes on by itself',
}

/** By the code that SQLite gives; the first that fits. */
const sqlite_outages: readonly (readonly [RegExp, Outage])[] = [
  // A disk that is full has a code of its own; a quota and a limit on the size of files are told by the write that failed.
  [/^SQLITE_(FULL|IOERR_(WRITE|SHMSIZE))/, full],
  [
    /^SQLITE_(BUSY|LOCKED|PROTOCOL)/,
    {
      kind: 'away',
      reason: 'another program has the database locked',
      fix: 'close that program, or send it again when it has finished; the simulator goes on by itself',
    },
  ],
  [
    /^SQLITE_(IOERR|CANTOPEN)/,
    {
      kind: 'away',
      reason: 'the disk with the data cannot be read or written',
      fix: 'see to the disk, then send it again; start the simulator anew if the file was away',
    },
  ],
  [
    /^SQLITE_READONLY/,
    {
      kind: 'away',
      reason: 'the database cannot be written any more',
      fix: 'give file, folder and disk back to the user of the simulator; start it anew if the file was moved',
    },
  ],
]

/** The system's of a connection, and SQLSTATEs: connection, resources, the server's stop, a server that only reads. */
const away_codes =
  /^(E(CONN\w+|TIMEDOUT|PIPE|HOST\w+|NET\w+|NOTFOUND|AI_\w+|ADDRNOTAVAIL|MFILE|NFILE)|08...|53...|57P0.|25006)$/
/** By these the server ends the connection, whatever the code. */
const ends = new Set<unknown>(['FATAL', 'PANIC'])
/** What the driver says without a code, and our own unit of a connection that was ended. */
const away_messages =
  /^Connection terminated|^timeout (exceeded|expired)|is not queryable$|PostgreSQL has ended its connection$/
