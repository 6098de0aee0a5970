import { type Kysely, SqliteAdapter, sql } from 'kysely'

type Words = Readonly<Record<string, string>>

/**
 * What the databases call differently. KEY: text that both order by bytes. INT: 64 bits. ROWS: how a table with text keys is
 * stored, and PLAIN one with another. TXID: by which transaction a row was written, where several processes write.
 */
const words: Readonly<Record<'sqlite' | 'postgres', Words>> = {
  sqlite: {
    KEY: 'text',
    INT: 'integer',
    BYTES: 'blob',
    ROWS: 'strict, without rowid',
    PLAIN: 'strict',
    TXID: '',
  },
  postgres: {
    KEY: 'text collate "C"',
    INT: 'bigint',
    BYTES: 'bytea',
    ROWS: '',
    PLAIN: '',
    TXID: ', txid bigint not null default pg_current_xact_id()::text::bigint',
  },
}

export function isSqlite(db: Kysely<unknown>): boolean {
  return db.getExecutor().adapter instanceof SqliteAdapter
}

/** Runs statements, of which each but the last ends with a semicolon at the end of a line. `own`: words of a migration's own. */
export async function run(
  db: Kysely<unknown>,
  statements: string,
  own: Partial<typeof words> = {},
): Promise<void> {
  const dialect = isSqlite(db) ? 'sqlite' : 'postgres'
  const known = { ...words[dialect], ...own[dialect] }
  for (const statement of statements.split(';\n')) {
    await sql.raw(statement.replace(/\b[A-Z_]+\b/g, (word) => known[word] ?? word)).execute(db)
  }
}
