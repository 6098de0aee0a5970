import { readFileSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { Kysely, PostgresDialect, SqliteDialect } from 'kysely'
import { Migrator } from 'kysely/migration'
import pg from 'pg'
import { expect, it } from 'vitest'
import { z } from 'zod'
import * as foundation from '../../db/migrations/0001-foundation.ts'
import { migrations } from '../../db/migrations/index.ts'
import { openStore } from '../../db/open.ts'
import { application_id } from '../../db/sqlite-file.ts'
import { createSimulator } from '../../src/simulator.ts'
import { type DatabaseName, onBoth } from '../database.ts'
import { dump, revealed, startErasing, whenErased } from '../journal/erasure.ts'
import { first_instant, httpOf } from '../sim.ts'
import { type Beside, beside, emptyDatabase, emptyFolder } from './place.ts'
import { refusalOf } from './refusal.ts'

function anywhere(database: DatabaseName): Promise<string> | string {
  return database === 'sqlite' ? `${emptyFolder()}/sim.db` : emptyDatabase()
}

const shape = {
  sqlite: 'select type, name, sql from sqlite_master order by type, name',
  postgres: `select table_name, column_name, data_type, collation_name, is_nullable, column_default
    from information_schema.columns where table_schema = 'public' order by table_name, column_name`,
}

function connect(data: string): Kysely<Record<string, Record<string, unknown>>> {
  if (data.startsWith('postgres:')) {
    const pool = new pg.Pool({ connectionString: data })
    return new Kysely({ dialect: new PostgresDialect({ pool }) })
  }
  const database = new Sqlite(data)
  database.pragma(`application_id = ${application_id}`)
  return new Kysely({ dialect: new SqliteDialect({ database }) })
}

const cells = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.null(), z.object({ base64: z.base64() })]),
)
const fixture = new URL('../cases/first-version.json', import.meta.url)

/** What the first version left: a world with one message that arrived and one that could not. */
async function makeFirstVersion(data: string): Promise<void> {
  const db = connect(data)
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve({ '0001-foundation': foundation }) },
  })
  await migrator.migrateToLatest()
  const tables = z
    .record(z.string(), z.array(cells))
    .parse(JSON.parse(readFileSync(fixture, 'utf8')))
  for (const [table, rows] of Object.entries(tables)) {
    for (const row of rows) {
      const values = Object.entries(row).map(([column, value]) => [
        column,
        typeof value === 'object' && value !== null ? Buffer.from(value.base64, 'base64') : value,
      ])
      await db.insertInto(table).values(Object.fromEntries(values)).execute()
    }
  }
  await db.destroy()
}

const mobile = '13900139000'
const exchangeList = z.object({
  items: z.array(
    z.looseObject({
      seq: z.int(),
      trace: z.string(),
      request: z.looseObject({ body: z.string() }),
    }),
  ),
})

/** Takes from a database what the fourth version had not: exchanges said then what they have in common, each by itself. */
async function makeFourth(other: Beside, database: DatabaseName): Promise<void> {
  const key = database === 'sqlite' ? 'integer primary key' : 'bigint primary key'
  const seq = database === 'sqlite' ? 'seq & 4294967295' : 'seq'
  const bytes = database === 'sqlite' ? 'blob' : 'bytea'
  const txid = database === 'sqlite' ? '' : ', txid bigint not null default 0'
  for (const statement of [
    'alter table exchange rename to exchange_after',
    'drop index exchange_trace',
    ...(database === 'sqlite' ? [] : ['drop index exchange_epoch']),
    `create table exchange (seq ${key}, epoch bigint not null, trace text not null, direction text not null,
      surface text not null, endpoint text not null, method text not null, url text not null, request_headers text not null,
      request_body ${bytes} not null, status bigint not null, response_headers text not null, response_body ${bytes} not null,
      decision text not null, at bigint not null, real_at bigint not null, bytes bigint not null ${txid})`,
    `insert into exchange (seq, epoch, trace, direction, surface, endpoint, method, url, request_headers, request_body, status,
        response_headers, response_body, decision, at, real_at, bytes)
      select ${seq}, e.epoch, trace, direction, surface, endpoint, method, coalesce(e.url, h.url),
        coalesce(e.request_headers, '{}'), request_body, status, coalesce(e.response_headers, '{}'), response_body,
        case decision when '' then '[]' else decision end, at, real_at, bytes
      from exchange_after e join exchange_head h on h.epoch = e.epoch and h.head = e.head`,
    'create index exchange_epoch on exchange (epoch, seq)',
    'create index exchange_trace on exchange (trace)',
    'drop table exchange_after',
    'drop table exchange_head',
    'drop table phone_message',
    'drop table nonce',
    'drop table contact',
    'drop table chat_message',
    'drop table push',
    'drop table address',
    'drop table coverage',
    'drop table drill',
    'drop table association_import',
    'drop table js_ticket',
    'drop table short_link',
    'drop table website_app',
    'drop table website_login',
    'drop table conditional_menu',
    'alter table menu drop column origin',
    'alter table person drop column platform',
    'alter table person drop column double_redirect',
    'alter table official_account drop column js_domains',
    'drop table fault',
    'drop index callback_swapped',
    'alter table callback drop column swapped',
    'create index template_message_openid on template_message (epoch, openid, msgid)',
    'drop index web_token_refreshable',
    'drop index session_expires',
    'create index session_expires on session (expires_at)',
    ...['access_token', 'web_token', 'scene_code'].map((table) => `drop index ${table}_living`),
    ...['template_appid', 'callback_eid', 'callback_state'].map((name) => `drop index ${name}`),
    'alter table account drop column accepted_at',
    'drop index person_unionid',
    'alter table person drop column unionid',
    'alter table official_account drop column miniprograms',
    'alter table official_account drop column report_location',
    ...['url', 'mode', 'verified'].map(
      (name) => `alter table official_account drop column server_${name}`,
    ),
    'drop index message_forgotten',
    'alter table message drop column lost_msgid',
    'drop table snapshot',
    'drop table media',
    'drop table interaction',
    'drop table subscription',
    'drop table subscription_template',
    'drop table tag',
    'drop table tagging',
    'drop index follower_blacklisted',
    'alter table follower drop column blacklisted_at',
    "delete from kysely_migration where name > '0004-subject'",
  ])
    await other.rows(statement)
}

/** Takes from a database what the third version had not; `terms`: of an erasure that it left. */
async function makeThird(other: Beside, terms: string): Promise<void> {
  const [world] = await other.rows("select epoch from world where world = 'test'")
  for (const statement of [
    'drop table exchange_subject',
    'drop index association_change_mobile',
    'alter table association_change drop column mobile_key',
    'drop index session_mobile',
    'alter table session drop column mobile_key',
    'drop table erasure',
    `create table erasure (epoch bigint not null, erasure text not null, terms text not null,
      message_after text not null, seq_before bigint not null, created_at bigint not null, primary key (epoch, erasure))`,
    `insert into erasure values (${world?.['epoch']}, '1', '${terms}', '', 9007199254740991, 0)`,
    "delete from kysely_migration where name = '0004-subject'",
  ])
    await other.rows(statement)
}

onBoth('migrations', (database) => {
  it('change nothing when they run again', async () => {
    const data = await anywhere(database)
    const shapes: unknown[] = []
    for (let times = 0; times < 3; times++) {
      await (await openStore(data)).close()
      const other = await beside(data)
      shapes.push([
        await other.rows(shape[database]),
        await other.rows('select * from kysely_migration'),
      ])
    }
    const whole = [
      expect.arrayContaining([expect.anything()]),
      Object.keys(migrations).map(() => ({})),
    ]
    expect(shapes[0]).toMatchObject(whole)
    expect(shapes[1]).toEqual(shapes[0])
    expect(shapes[2]).toEqual(shapes[0])
  })

  it('keep what a database of the first version holds, and go on from there', async () => {
    const data = await anywhere(database)
    await makeFirstVersion(data)
    await using sim = await createSimulator({ data })
    expect(await sim.call('message.list', { world: 'test' })).toMatchObject({
      items: [
        {
          line: '保存',
          msgid_str: '4328228630036480064',
          state: 'delivered',
          client_msg_id: 'order-1',
        },
        { text: 'lost', state: 'refused', answer: { errcode: 100011 } },
      ],
    })
    expect(await sim.call('exchange.list', { world: 'test', surface: 'tupu' })).toMatchObject({
      items: [{ status: 200, request: { body: expect.stringContaining('保存') } }],
    })
    const send = (body: object) =>
      httpOf(sim)('POST', '/tupu/v1/messages', {
        eid: 'acme-tb5pugbc',
        mobile: '+8613800138002',
        ...body,
      })
    const again = await send({ message: '保存', client_msg_id: 'order-1' })
    expect(again.json).toMatchObject({ errcode: 0, msgid_str: '4328228630036480064' })
    const next = await send({ message: '再来' })
    expect(next.json).toMatchObject({ errcode: 0, msgid_str: '4328228630036480128' })
  })

  it('give what was sent before keys, by which a withdrawal finds it, and accounts their first message', async () => {
    const { sim, world, acme, platform, data, other } = await startErasing(database)
    const gone = { mobile: '13900139001', message: '陈小文' }
    await platform.sends(acme, gone)
    await platform.sends(acme, { mobile, name: '陈大文', message: '太早了，陈大文' })
    const { openid } = await world.register(mobile, { name: '陈大文', email: 'chen@example.com' })
    await platform.sends(acme, { mobile, message: '欢迎，陈大文' })
    await sim.close()
    const terms = { appid: acme.appid, openid: 'o', eids: [acme.eid], awaited: [] }
    const mobiles = [{ value: `+86${gone.mobile}`, scope: 'everywhere' }]
    await makeFourth(other, database)
    await makeThird(other, JSON.stringify({ ...terms, mobiles }))
    await using again = await createSimulator({ data })
    await whenErased(other)
    expect(await other.rows('select email, eid from address')).toEqual([
      { email: 'chen@example.com', eid: acme.eid },
    ])
    await again.call('association.withdraw', { world: 'test', openid })
    const left = [...(await dump(other)), ...(await revealed(httpOf(again)))].filter(({ text }) =>
      /大文|小文|chen@|139.?0013/.test(text),
    )
    expect(left).toEqual([])
    const at = Date.parse(first_instant)
    const accepted = await other.rows(`select key from account where accepted_at = ${at}`)
    expect(accepted).toEqual([{ key: 'acme' }])
  })

  it('keep exchanges as they were, and go on counting them', async () => {
    const { sim, acme, platform, data, other } = await startErasing(database)
    await platform.sends(acme, { mobile, message: '第一' })
    const list = async (of: Pick<typeof sim, 'call'>) =>
      exchangeList.parse(await of.call('exchange.list', { world: 'test', surface: 'tupu' })).items
    const before = await list(sim)
    await sim.close()
    await makeFourth(other, database)
    await using again = await createSimulator({ data })
    const after = await list(again)
    expect(after.map(({ trace, request }) => [trace, request.body])).toEqual(
      before.map(({ trace, request }) => [trace, request.body]),
    )
    await httpOf(again)('POST', '/tupu/v1/messages', { eid: acme.eid, mobile, message: '第二' })
    const [newest, ...older] = await list(again)
    expect(older).toEqual(after)
    expect(newest?.seq).toBeGreaterThan(Number(older[0]?.seq))
  })

  it('refuse what a newer version wrote, and leave it as it is', async () => {
    const data = await anywhere(database)
    await (await openStore(data)).close()
    const other = await beside(data)
    await other.rows("insert into kysely_migration values ('9999-tomorrow', '2030-01-01')")
    const before = [
      await other.rows(shape[database]),
      await other.rows('select * from kysely_migration'),
    ]
    const error = await refusalOf(data)
    expect(error.message).toMatch(
      / was written by a newer version of the simulator \(it knows the migration 9999-tomorrow\)\.$/,
    )
    expect(error.message).not.toContain('postgres:postgres@')
    expect(error).toMatchObject({
      field: 'data',
      fix: 'use that version, or choose another --data',
    })
    expect([
      await other.rows(shape[database]),
      await other.rows('select * from kysely_migration'),
    ]).toEqual(before)
  })

  it('leave nothing of themselves when they fail halfway', async () => {
    const data = await anywhere(database)
    const db = connect(data)
    await db.schema.createTable('person').addColumn('theirs', 'text').execute()
    await db.destroy()
    await refusalOf(data)
    const tables =
      database === 'sqlite'
        ? "select name from sqlite_master where type = 'table'"
        : "select tablename as name from pg_tables where schemaname = 'public'"
    const names = (await (await beside(data)).rows(tables)).map((row) => row['name'])
    expect(names.filter((name) => !String(name).startsWith('kysely_'))).toEqual(['person'])
  })
})
