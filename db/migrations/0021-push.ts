import type { Kysely } from 'kysely'
import { run } from './run.ts'

const statements = `
alter table official_account add column server_url text;
alter table official_account add column server_mode text not null default 'plain';
alter table official_account add column server_verified INT not null default 0;
create table push (epoch INT not null, push KEY not null, appid KEY not null, openid KEY not null, trace KEY not null, event text not null,
  msgid KEY, elements text not null, state text not null, tries INT not null, tries_left INT not null, due_at INT, created_at INT not null,
  last_at INT, last_status INT, last_error text, answer text, swapped INT not null default 0, primary key (epoch, push)) ROWS;
create index push_due on push (epoch, due_at, push) where due_at is not null;
create index push_appid on push (epoch, appid, push);
create index push_state on push (epoch, state, push);
create index push_msgid on push (epoch, msgid) where msgid is not null;
create index push_swapped on push (epoch, appid) where swapped = 1
`

/** Where WeChat pushes what happens at an official account, and each push. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await run(db, statements)
}
