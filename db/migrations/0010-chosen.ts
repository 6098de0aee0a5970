import type { Kysely } from 'kysely'
import { run } from './run.ts'

const statements = `
alter table person add column unionid KEY;
create unique index person_unionid on person (epoch, unionid) where unionid is not null;
update person set key = person where key like 'mobile %';
alter table official_account add column miniprograms text;
alter table official_account add column report_location text not null default 'off';
create index message_forgotten on message (epoch, created_at, message) where erased_at is not null and remembered is not null;
delete from call_count
`

/**
 * Ids that people choose, and settings of an official account. Keys of people hold no mobile any more; whose messages were
 * erased is remembered by their hashes for a while; calls are counted by the world's clock and not by the machine's.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await run(db, statements)
}
