import type { Kysely } from 'kysely'
import { run } from './run.ts'

const statements = `
create table phone_message (epoch INT not null, openid KEY not null, msgid KEY not null, on_phone INT not null,
  primary key (epoch, openid, msgid)) ROWS;
insert into phone_message (epoch, openid, msgid, on_phone) select epoch, openid, msgid, on_phone from template_message;
drop index template_message_openid
`

/** What an openid got lies in a table of its own: an index of the messages is written with each of them, at another place. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await run(db, statements)
}
