import { type Kysely, SqliteAdapter, sql } from 'kysely'

/** KEY: text that both databases order by bytes. INT: 64 bits. ROWS: how a table with text keys is stored. */
const statements = `
create table nonce (epoch INT not null, nonce KEY not null, expires_at INT not null, primary key (epoch, nonce)) ROWS;
create index nonce_expires on nonce (expires_at)
`

const sqlite_words = { KEY: 'text', INT: 'integer', ROWS: 'strict, without rowid' }
const postgres_words = { KEY: 'text collate "C"', INT: 'bigint', ROWS: '' }

/** Nonces of signed calls, each good once. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const words = db.getExecutor().adapter instanceof SqliteAdapter ? sqlite_words : postgres_words
  for (const statement of statements.split(';\n')) {
    const text = statement.replace(/\b(KEY|INT|ROWS)\b/g, (word) => {
      return words[word as keyof typeof words]
    })
    await sql.raw(text).execute(db)
  }
}
