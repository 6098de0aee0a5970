import type { Kysely } from 'kysely'
import { run } from './run.ts'

const statements = `
create table chat_message (epoch INT not null, msgid KEY not null, appid KEY not null, openid KEY not null, sender text not null,
  type text not null, parts text not null, on_phone INT not null, sent_at INT not null, primary key (epoch, msgid)) ROWS
`

/** What an official account and a person say to each other besides template messages. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await run(db, statements)
}
