import type { Kysely } from 'kysely'
import { run } from './run.ts'

const statements = `
drop index session_expires;
create index session_expires on session (epoch, expires_at);
drop index nonce_expires;
create index nonce_expires on nonce (epoch, expires_at);
create index web_token_refreshable on web_token (epoch, refresh_expires_at)
`

/** What has expired is found in each epoch by itself. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await run(db, statements)
}
