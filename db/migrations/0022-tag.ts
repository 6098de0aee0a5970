import type { Kysely } from 'kysely'
import { run } from './run.ts'

const statements = `
create table tag (epoch INT not null, appid KEY not null, id INT not null, name KEY not null, created_at INT not null,
  primary key (epoch, appid, id)) ROWS;
create unique index tag_name on tag (epoch, appid, name);
create table tagging (epoch INT not null, openid KEY not null, id INT not null, appid KEY not null, tagged_at INT not null,
  primary key (epoch, openid, id)) ROWS;
create index tagging_tag on tagging (epoch, appid, id, openid);
alter table follower add column blacklisted_at INT;
create index follower_blacklisted on follower (epoch, appid, openid) where blacklisted_at is not null
`

/** An account's tags, the followers that have them, and those whom it has put on its blacklist. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await run(db, statements)
}
