import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import Sqlite from 'better-sqlite3'
import { Kysely, SqliteAdapter, SqliteDialect } from 'kysely'
import { BadDatabaseError } from './bad-database.ts'
import { Checkpoints } from './checkpoints.ts'
import { Lane } from './lane.ts'
import { migrate } from './migrate.ts'
import { application_id, busy_ms_max, explain, refuseForeign } from './sqlite-file.ts'
import type { Store } from './unit.ts'

let emptyImage: Buffer | undefined

/** A database in memory. All after the first of a process begin as copies of the first one's empty image. */
export async function openMemory(): Promise<Store> {
  if (!emptyImage) {
    const first = new Sqlite(':memory:')
    await migrate(asKysely(first), ':memory:')
    emptyImage = first.serialize()
    first.close()
  }
  const sqlite = new Sqlite(emptyImage)
  setUp(sqlite)
  return asStore(new Lane(sqlite), { sqlite, place: ':memory:' })
}

/** A database in a file, owned by this process alone. */
export async function openFile(path: string): Promise<Store> {
  const file = resolve(path)
  let owner: Sqlite.Database | undefined
  let sqlite: Sqlite.Database | undefined
  try {
    refuseForeign(file)
    mkdirSync(dirname(file), { recursive: true })
    owner = own(file)
    sqlite = new Sqlite(file, { timeout: busy_ms_max })
    sqlite.pragma('journal_mode = wal')
    sqlite.pragma(`application_id = ${application_id}`)
    sqlite.pragma('synchronous = normal')
    setUp(sqlite)
    await migrate(asKysely(sqlite), file)
    const lane = new Lane(sqlite)
    return asStore(lane, {
      sqlite,
      place: file,
      owner,
      checkpoints: new Checkpoints(file, sqlite, lane),
    })
  } catch (error) {
    sqlite?.close()
    owner?.close()
    throw explain(error, file)
  }
}

function asStore(
  lane: Lane,
  of: {
    sqlite: Sqlite.Database
    place: string
    owner?: Sqlite.Database
    checkpoints?: Checkpoints
  },
): Store {
  const { sqlite, place, owner, checkpoints } = of
  return {
    dialect: 'sqlite',
    place,
    unit(label, work) {
      checkpoints?.countUnit()
      return lane.unit(label, work)
    },
    async close() {
      // What is under way goes first; a lock in the way of the last commit keeps nothing open.
      await lane.unit('close', async () => {}).catch(() => {})
      await checkpoints?.close()
      sqlite.close()
      owner?.close()
    },
  }
}

function setUp(sqlite: Sqlite.Database): void {
  sqlite.pragma('temp_store = memory')
  // The system's own cache serves as well: four times as much brought nothing at 1,000 and 1,000,000 associations.
  sqlite.pragma('cache_size = -4000')
  sqlite.pragma('foreign_keys = on')
}

function asKysely(sqlite: Sqlite.Database): Kysely<unknown> {
  const dialect = new SqliteDialect({ database: sqlite })
  dialect.createAdapter = () => new OneTransaction()
  return new Kysely({ dialect })
}

/** Migrations run in one transaction: a process killed in the middle of one leaves nothing of it. */
class OneTransaction extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

/**
 * Holds a lock that dies with the process, however it dies. Beside it stands who holds it, so that the second
 * process can say.
 */
function own(file: string): Sqlite.Database {
  let lock: Sqlite.Database | undefined
  try {
    lock = new Sqlite(`${file}-owner`, { timeout: 0 })
    lock.exec('begin exclusive')
    writeFileSync(`${file}-owner.txt`, `process ${process.pid}\n`, { mode: 0o600 })
    return lock
  } catch (error) {
    lock?.close()
    if (!isBusy(error)) throw error
    throw new BadDatabaseError({
      reason: `${file} is in use by the simulator of ${readOwner(file)}`,
      fix: 'stop that one, or choose another --data',
      cause: error,
    })
  }
}

function readOwner(file: string): string {
  try {
    return readFileSync(`${file}-owner.txt`, 'utf8').trim()
  } catch {
    return 'another process'
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY')
}
