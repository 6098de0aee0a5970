import { type Kysely, sql } from 'kysely'
import { isSqlite } from './run.ts'

/** Their rows are wider than a twentieth of a page: a tree of keys that holds them whole is deep, and each new row changes much of it. */
const wide = ['message', 'template_message'] as const

/**
 * Of a new SQLite file the wide tables keep their rows in order of arrival, and an index of the keys beside. A file with rows
 * stays as it is: it answers alike, and to write it anew would take minutes.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  if (!isSqlite(db)) return
  for (const table of wide) {
    const { rows } = await sql`select 1 from ${sql.table(table)} limit 1`.execute(db)
    if (rows.length > 0) continue
    const made = await sql<{ sql: string }>`select sql from sqlite_master
      where tbl_name = ${table} and sql is not null order by type desc`.execute(db)
    await sql`drop table ${sql.table(table)}`.execute(db)
    for (const { sql: text } of made.rows) {
      await sql.raw(text.replace(/strict, without rowid$/, 'strict')).execute(db)
    }
  }
}
