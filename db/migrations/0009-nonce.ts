import type { Kysely } from 'kysely'
import { run } from './run.ts'

const statements = `
create table nonce (epoch INT not null, nonce KEY not null, expires_at INT not null, primary key (epoch, nonce)) ROWS;
create index nonce_expires on nonce (expires_at)
`

/** Nonces of signed calls, each good once. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await run(db, statements)
}
