import { hash } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import { run } from './run.ts'

const statements = `
create table exchange_subject (epoch INT not null, subject KEY not null, trace KEY not null, message KEY,
  primary key (epoch, subject, trace)) ROWS;
create index exchange_subject_trace on exchange_subject (epoch, trace) where message is null;
alter table association_change add column mobile_key KEY;
create index association_change_mobile on association_change (epoch, mobile_key) where mobile_key is not null;
alter table session add column mobile_key KEY;
create index session_mobile on session (epoch, mobile_key) where mobile_key is not null;
alter table erasure rename to erasure_before;
create table erasure (epoch INT not null, erasure KEY not null, work text not null, created_at INT not null,
  primary key (epoch, erasure)) ROWS
`

/**
 * Rows know whose they are by keyed hashes, by which a withdrawal finds them. What was sent before is given its keys here;
 * what else was journalled before has none, because nothing but its text says whom it concerns.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await run(db, statements)
  const worlds = await sql<World>`select epoch, world, seed from world`.execute(db)
  for (const world of worlds.rows) {
    await keyMessages(db, world)
    await keyErasures(db, world)
  }
  await sql`drop table erasure_before`.execute(db)
}

interface World {
  readonly epoch: number
  readonly world: string
  readonly seed: string
}

interface Message {
  readonly message: string
  readonly trace: string
  readonly eid: string
  readonly msgid: string | null
  readonly mobile: string
  readonly openid: string | null
}

const page_rows = 1000

/** Messages that no template message leads to: refused ones, and those that a WeChat somewhere was sent. */
async function keyMessages(db: Kysely<unknown>, world: World): Promise<void> {
  const { epoch } = world
  const accounts = await sql<{ eid: string; appid: string | null }>`
    select eid, appid from account where epoch = ${epoch}`.execute(db)
  const appids = new Map(accounts.rows.map(({ eid, appid }) => [eid, appid ?? '']))
  for (let after = ''; ; ) {
    const { rows } =
      await sql<Message>`select message, trace, eid, msgid, mobile, openid from message
      where epoch = ${epoch} and message > ${after} order by message limit ${page_rows}`.execute(db)
    for (const row of rows) {
      const { openid, mobile, eid } = row
      const isTold = openid !== null && row.msgid !== null && (await isLocal(db, epoch, row.msgid))
      if (isTold || (openid === null && !/^\+\d+$/.test(mobile))) continue
      const whose = openid === null ? ['mobile', eid, mobile] : ['openid', appids.get(eid), openid]
      await sql`insert into exchange_subject (epoch, subject, trace, message)
        values (${epoch}, ${keyOf(world, whose)}, ${row.trace}, ${row.message}) on conflict do nothing`.execute(
        db,
      )
    }
    const last = rows.at(-1)
    if (!last || rows.length < page_rows) return
    after = last.message
  }
}

async function isLocal(db: Kysely<unknown>, epoch: number, msgid: string): Promise<boolean> {
  const { rows } = await sql`select msgid from template_message
    where epoch = ${epoch} and msgid = ${msgid}`.execute(db)
  return rows.length > 0
}

/** Erasures that a stop has cut off begin anew, by keys. */
async function keyErasures(db: Kysely<unknown>, world: World): Promise<void> {
  const { epoch } = world
  const { rows } = await sql<{ erasure: string; terms: string; created_at: number }>`
    select erasure, terms, created_at from erasure_before where epoch = ${epoch}`.execute(db)
  for (const { erasure, terms, created_at } of rows) {
    const { appid, openid, eids, mobiles, awaited } = JSON.parse(terms)
    const numbers = mobiles.map(({ value }: { value: string }) => value)
    const whose = eids.flatMap((eid: string) =>
      numbers.map((mobile: string) => ['mobile', eid, mobile]),
    )
    const subjects = [['openid', appid, openid], ...whose].map((parts) => keyOf(world, parts))
    const work = { openid, subjects, msgid_after: '', msgid_until: null, awaited }
    await sql`insert into erasure (epoch, erasure, work, created_at)
      values (${epoch}, ${erasure}, ${JSON.stringify(work)}, ${created_at})`.execute(db)
  }
}

function keyOf({ world, seed }: World, whose: readonly unknown[]): string {
  return hash('sha256', JSON.stringify([world, seed, 'subject', ...whose]), 'hex').slice(0, 24)
}
