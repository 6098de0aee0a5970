import type { Kysely } from 'kysely'
import { run } from './run.ts'

const statements = `
create table contact (epoch INT not null, contact KEY not null, channel text not null, mobile KEY, email KEY,
  "from" text not null, subject text not null, text text not null, html text, trace KEY not null, at INT not null,
  primary key (epoch, contact)) ROWS;
create index contact_mobile on contact (epoch, mobile, contact) where mobile is not null;
create index contact_email on contact (epoch, email, contact) where email is not null;
create index contact_trace on contact (epoch, trace);
create table address (epoch INT not null, email KEY not null, mobile KEY not null, primary key (epoch, email, mobile)) ROWS;
create index address_mobile on address (epoch, mobile, email);
insert into address (epoch, email, mobile) select distinct epoch, lower(trim(email)), mobile from association where email <> ''
`

/** What platforms send by SMS and e-mail, and which addresses belong to which mobile: those of associations are known already. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await run(db, statements)
}
