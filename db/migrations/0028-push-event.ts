import type { Kysely } from 'kysely'
import { run } from './run.ts'

const statements = `
create index push_event on push (epoch, event, push);
create index push_openid on push (epoch, openid, push)
`

/** Pushes are found by what they tell, and of whom. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await run(db, statements)
}
