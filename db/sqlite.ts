import { resolve } from 'node:path'
import Sqlite from 'better-sqlite3'
import { Kysely, SqliteAdapter, SqliteDialect } from 'kysely'
import { Checkpoints } from './checkpoints.ts'
import { giveBackMemory, takeMemory } from './memory.ts'
import { migrate } from './migrate.ts'
import { findLastMsgid } from './phone-message.ts'
import { application_id, busy_ms_max, explain, refuseForeign } from './sqlite-file.ts'
import { nameOf, own, realFile } from './sqlite-owner.ts'
import type { Store } from './unit.ts'
import { UnitQueue } from './unit-queue.ts'

/** A database in memory. All after the first of a process begin as empty as that one was. */
export async function openMemory(): Promise<Store> {
  const make = async (first: Sqlite.Database) => {
    await migrate(asKysely(first), ':memory:')
    informPlanner(first)
  }
  const sqlite = await takeMemory({ make, setUp })
  return asStore(new UnitQueue(sqlite), { sqlite, address: ':memory:' })
}

/** A database in a file, owned by this process alone. */
export async function openFile(path: string): Promise<Store> {
  const address = resolve(path)
  let name = address
  let owner: Sqlite.Database | undefined
  let sqlite: Sqlite.Database | undefined
  try {
    const file = realFile(address)
    name = nameOf(address, file)
    refuseForeign(file, name)
    owner = own(file, name)
    sqlite = new Sqlite(file, { timeout: busy_ms_max })
    // Of new files; what is there already keeps its own.
    sqlite.pragma('page_size = 8192')
    sqlite.pragma('journal_mode = wal')
    sqlite.pragma(`application_id = ${application_id}`)
    sqlite.pragma('synchronous = normal')
    setUp(sqlite)
    await migrate(asKysely(sqlite), name)
    informPlanner(sqlite)
    fileWhatWasLeft(sqlite)
    // The queue waits for another program by itself, and stops nobody meanwhile.
    sqlite.pragma('busy_timeout = 0')
    const queue = new UnitQueue(sqlite)
    return asStore(queue, {
      sqlite,
      address,
      owner,
      checkpoints: new Checkpoints(file, sqlite, queue),
    })
  } catch (error) {
    sqlite?.close()
    owner?.close()
    throw explain(error, name)
  }
}

function asStore(
  queue: UnitQueue,
  of: {
    sqlite: Sqlite.Database
    address: string
    owner?: Sqlite.Database
    checkpoints?: Checkpoints
  },
): Store {
  const { sqlite, address, owner, checkpoints } = of
  return {
    dialect: 'sqlite',
    address,
    unit(label, work) {
      checkpoints?.countUnit()
      return queue.unit(label, work)
    },
    still: (epoch, work) => queue.still(epoch, work),
    isStill: (epoch) => queue.isStill(epoch),
    listen(listener) {
      queue.listener = listener
    },
    // One process owns the file.
    leads: true,
    async close() {
      // What is under way goes first; a lock in the way of the last commit keeps nothing open.
      if (queue.isClosed) return
      const isFiled = await isAllFiled(queue)
      await checkpoints?.close()
      if (owner && isFiled) sqlite.pragma(`user_version = ${filed}`)
      queue.close()
      if (checkpoints) sqlite.close()
      else giveBackMemory(sqlite)
      owner?.close()
    },
  }
}

function isAllFiled(queue: UnitQueue): Promise<boolean> {
  const asked = queue.unit('close', ({ db }) => findLastMsgid(db, nobody))
  return asked.then(
    () => true,
    () => false,
  )
}

/** Asks for the phones of nobody, so that what was not filed yet is. */
const nobody = { epoch: 0, openid: '' }
/** What a file says of itself: whether all messages are filed under their openids. */
const filed = 0
const at_work = 1

/** A process that was killed has not filed the latest messages. */
function fileWhatWasLeft(sqlite: Sqlite.Database): void {
  if (sqlite.pragma('user_version', { simple: true }) !== filed) {
    for (const table of ['template_message', 'chat_message'])
      sqlite.exec(`insert into phone_message (epoch, openid, msgid, on_phone)
        select epoch, openid, msgid, on_phone from ${table} as t where not exists (
          select 1 from phone_message as p where p.epoch = t.epoch and p.openid = t.openid and p.msgid = t.msgid)`)
  }
  sqlite.pragma(`user_version = ${at_work}`)
}

function setUp(sqlite: Sqlite.Database): void {
  sqlite.pragma('temp_store = memory')
  // The system's own cache serves as well: four times as much brought nothing at 1,000 and 1,000,000 associations.
  sqlite.pragma('cache_size = -4000')
  sqlite.pragma('foreign_keys = on')
}

interface Index {
  readonly tbl: string
  readonly idx: string
  /** Names, joined by blanks. */
  readonly columns: string
}

/** Of so many rows that SQLite is told of each table, so many have the same epoch, or the same account besides. */
const planned = { rows: 1_000_000, epoch: 10, account: 2, other: 100 }

/**
 * Tells SQLite that an epoch has many rows, an account of it nearly as many, and that other columns tell them apart. Knowing
 * nothing, it takes an epoch for ten rows and would rather walk it by the key than look a row up by an index.
 */
function informPlanner(sqlite: Sqlite.Database): void {
  // Nothing else makes the table of what is known; this one is the smallest.
  sqlite.exec('analyze kysely_migration; delete from sqlite_stat1')
  const insert = sqlite.prepare('insert into sqlite_stat1 (tbl, idx, stat) values (?, ?, ?)')
  const indexes = sqlite.prepare<
    [],
    Index
  >(`select t.name as tbl, group_concat(c.name, ' ') as columns,
      case i.origin when 'pk' then t.name else i.name end as idx
    from sqlite_master t, pragma_index_list(t.name) i, pragma_index_info(i.name) c
    where t.type = 'table' and t.name not like 'sqlite_%' and t.name not like 'kysely_%' group by t.name, i.name`)
  for (const { tbl, idx, columns } of indexes.all()) {
    const names = columns.split(' ')
    let rows = planned.rows
    const same = names.map((name, i) => {
      const kind = name === 'epoch' ? name : /^(?:appid|eid)$/.test(name) ? 'account' : 'other'
      rows = i === names.length - 1 ? 1 : Math.max(10, rows / planned[kind])
      return rows
    })
    // Of an index whose second column is not asked for, nobody shall try all values.
    insert.run(tbl, idx, [planned.rows, ...same, 'noskipscan'].join(' '))
  }
  sqlite.exec('analyze sqlite_schema')
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
