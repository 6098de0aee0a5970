import type { Kysely } from 'kysely'
import { run } from './run.ts'

const statements = `
create table association_import (epoch INT not null, import_id KEY not null, account KEY not null, state text not null,
  bytes_total INT not null, bytes_done INT not null, created INT not null, updated INT not null, refused INT not null,
  report text not null, begun_at INT not null, told_at INT not null, primary key (epoch, import_id)) ROWS
`

/** Files of registrations that are being read, or were. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await run(db, statements)
}
