import { hash } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import { run } from './run.ts'

const statements = `
create table contact (epoch INT not null, contact KEY not null, channel text not null, mobile KEY, email KEY,
  "from" text not null, subject text not null, text text not null, html text, trace KEY not null, at INT not null,
  primary key (epoch, contact)) ROWS;
create index contact_mobile on contact (epoch, mobile, contact) where mobile is not null;
create index contact_email on contact (epoch, email, contact) where email is not null;
create index contact_trace on contact (epoch, trace);
create table address (epoch INT not null, email KEY not null, mobile KEY not null, subject KEY not null,
  primary key (epoch, email, mobile, subject)) ROWS;
create index address_mobile on address (epoch, mobile, email);
create index address_subject on address (epoch, subject)
`

/** What platforms send by SMS and e-mail, and which addresses belong to which mobile: those of associations are known already. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await run(db, statements)
  const accounts = await sql<Account>`select w.epoch, w.world, w.seed, a.eid, a.appid
    from world w join account a on a.epoch = w.epoch where a.appid is not null`.execute(db)
  for (const account of accounts.rows) await nameAddresses(db, account)
}

interface Account {
  readonly epoch: number
  readonly world: string
  readonly seed: string
  readonly eid: string
  readonly appid: string
}

const page_rows = 1000

async function nameAddresses(db: Kysely<unknown>, account: Account): Promise<void> {
  const { epoch, world, seed, eid, appid } = account
  for (let after = ''; ; ) {
    const { rows } = await sql<{ openid: string; mobile: string; email: string }>`
      select openid, mobile, lower(trim(email)) as email from association
      where epoch = ${epoch} and appid = ${appid} and openid > ${after} order by openid limit ${page_rows}`.execute(
      db,
    )
    for (const { mobile, email } of rows.filter((row) => row.email !== '')) {
      const whose = [world, seed, 'subject', 'mobile', eid, mobile]
      const subject = hash('sha256', JSON.stringify(whose), 'hex').slice(0, 24)
      await sql`insert into address (epoch, email, mobile, subject)
        values (${epoch}, ${email}, ${mobile}, ${subject}) on conflict do nothing`.execute(db)
    }
    const last = rows.at(-1)
    if (!last || rows.length < page_rows) return
    after = last.openid
  }
}
