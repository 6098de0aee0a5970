import type { Kysely } from 'kysely'
import { run } from './run.ts'

const statements = `
alter table message add column lost_msgid KEY
`

/** A message knows what WeChat made of it though the answer was lost: so it tells what stands on the phone. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await run(db, statements)
}
