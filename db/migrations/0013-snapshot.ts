import type { Kysely } from 'kysely'
import { run } from './run.ts'

const statements = `
create table snapshot (world KEY not null, name KEY not null, epoch INT not null, state text not null, at INT not null,
  clock_mode text not null, rows INT not null, bytes INT not null, created_at INT not null, version INT not null,
  primary key (world, name)) ROWS;
create index snapshot_epoch on snapshot (epoch)
`

/** Named states of a world, whose rows have epochs of their own. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await run(db, statements)
}
