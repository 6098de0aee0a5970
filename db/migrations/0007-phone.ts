import { type Kysely, SqliteAdapter, sql } from 'kysely'

/** KEY: text that both databases order by bytes. INT: 64 bits. ROWS: how a table with text keys is stored. */
const statements = `
create table phone_message (epoch INT not null, openid KEY not null, msgid KEY not null, on_phone INT not null,
  primary key (epoch, openid, msgid)) ROWS;
insert into phone_message (epoch, openid, msgid, on_phone) select epoch, openid, msgid, on_phone from template_message;
drop index template_message_openid
`

const sqlite_words = { KEY: 'text', INT: 'integer', ROWS: 'strict, without rowid' }
const postgres_words = { KEY: 'text collate "C"', INT: 'bigint', ROWS: '' }

/** What an openid got lies in a table of its own: an index of the messages is written with each of them, at another place. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const words = db.getExecutor().adapter instanceof SqliteAdapter ? sqlite_words : postgres_words
  for (const statement of statements.split(';\n')) {
    const text = statement.replace(/\b(KEY|INT|ROWS)\b/g, (word) => {
      return words[word as keyof typeof words]
    })
    await sql.raw(text).execute(db)
  }
}
