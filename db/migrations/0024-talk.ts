import type { Kysely } from 'kysely'
import { run } from './run.ts'

const statements = `
create table media (epoch INT not null, media_id KEY not null, n INT not null, appid KEY not null, kind text not null, type text not null,
  content BYTES not null, size INT not null, uploaded_at INT not null, expires_at INT not null,
  primary key (epoch, media_id)) ROWS;
create index media_expires on media (epoch, expires_at);
create index media_n on media (epoch, n);
create table interaction (epoch INT not null, openid KEY not null, kind KEY not null, at INT not null, sends_left INT not null,
  primary key (epoch, openid, kind)) ROWS
`

/** What accounts have uploaded for a while, and what people did that lets an account write to them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await run(db, statements)
}
