import type { Kysely } from 'kysely'
import { run } from './run.ts'

const statements = `
create table js_ticket (epoch INT not null, appid KEY not null, type KEY not null, ticket text not null, issued_at INT not null,
  expires_at INT not null, primary key (epoch, appid, type)) ROWS;
create index js_ticket_living on js_ticket (epoch, expires_at);
alter table official_account add column js_domains text;
create table short_link (epoch INT not null, short_key KEY not null, appid KEY not null, long_data text not null, created_at INT not null,
  expires_at INT not null, primary key (epoch, short_key)) ROWS;
create index short_link_appid on short_link (epoch, appid, expires_at)
`

/** What pages and links of an official account need: tickets by which pages are signed, hosts that may use them, short links. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await run(db, statements)
}
