import type { Kysely } from 'kysely'
import { run } from './run.ts'

const statements = `
create table drill (epoch INT not null, drill KEY not null, places text not null, started_at INT not null, ends_at INT not null,
  next_act INT not null, due_at INT, primary key (epoch, drill)) ROWS;
create index drill_due on drill (epoch, due_at, drill) where due_at is not null
`

/** Bad days that a world has, or had. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await run(db, statements)
}
