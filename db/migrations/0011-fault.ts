import type { Kysely } from 'kysely'
import { run } from './run.ts'

const statements = `
create table fault (epoch INT not null, fault KEY not null, given text not null, plan text not null, fits INT not null, hits INT not null,
  created_at INT not null, primary key (epoch, fault)) ROWS;
alter table callback add column swapped INT not null default 0;
create index callback_swapped on callback (epoch, eid) where swapped = 1
`

/** Faults, and callbacks that wait behind the next one. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await run(db, statements)
}
