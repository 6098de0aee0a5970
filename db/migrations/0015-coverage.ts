import type { Kysely } from 'kysely'
import { run } from './run.ts'

const statements = `
create table coverage (world KEY not null, outcome KEY not null, hits INT not null, primary key (world, outcome)) ROWS
`

/** How often a platform has met each outcome, by world and over all of them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await run(db, statements)
}
