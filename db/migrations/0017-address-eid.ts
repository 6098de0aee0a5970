import { hash } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import { run } from './run.ts'

const before = `
drop index address_mobile;
drop index address_subject;
alter table address rename to address_before;
create table address (epoch INT not null, email KEY not null, mobile KEY not null, eid KEY not null,
  subject KEY not null, primary key (epoch, email, mobile, eid)) ROWS
`

const after = `
drop table address_before;
create index address_mobile on address (epoch, mobile, email);
create index address_subject on address (epoch, subject)
`

/** An address says by which account it was named, so that one that is known already is found without a key of its subject. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await run(db, before)
  const accounts = await sql<Account>`select w.epoch, w.world, w.seed, a.eid
    from world w join account a on a.epoch = w.epoch`.execute(db)
  for (const account of accounts.rows) await moveAddresses(db, account)
  await run(db, after)
}

interface Account {
  readonly epoch: number
  readonly world: string
  readonly seed: string
  readonly eid: string
}

interface Address {
  readonly email: string
  readonly mobile: string
  readonly subject: string
}

const page_rows = 1000

async function moveAddresses(db: Kysely<unknown>, account: Account): Promise<void> {
  const { epoch, world, seed, eid } = account
  for (let last = { email: '', mobile: '', subject: '' }; ; ) {
    const { rows } = await sql<Address>`select email, mobile, subject from address_before
      where epoch = ${epoch} and (email, mobile, subject) > (${last.email}, ${last.mobile}, ${last.subject})
      order by email, mobile, subject limit ${page_rows}`.execute(db)
    for (const { email, mobile, subject } of rows) {
      const whose = [world, seed, 'subject', 'mobile', eid, mobile]
      if (subject !== hash('sha256', JSON.stringify(whose), 'hex').slice(0, 24)) continue
      await sql`insert into address (epoch, email, mobile, eid, subject)
        values (${epoch}, ${email}, ${mobile}, ${eid}, ${subject})`.execute(db)
    }
    if (rows.length < page_rows) return
    last = rows.at(-1) ?? last
  }
}
