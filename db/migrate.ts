import { type Kysely, sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import { BadDatabaseError } from './bad-database.ts'
import { migrations } from './migrations/index.ts'

/** Brings a database to the newest shape; a database that is newer than this program is refused. */
export async function migrate(db: Kysely<unknown>, address: string): Promise<void> {
  const unknown = (await namesInDatabase(db)).filter((name) => !(name in migrations))
  if (unknown.length > 0) {
    throw new BadDatabaseError({
      reason: `${address} was written by a newer version of the simulator (it knows the migration ${unknown.join(', ')})`,
      fix: 'use that version, or choose another --data',
    })
  }
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve({ ...migrations }) },
  })
  const { error } = await migrator.migrateToLatest()
  if (error) throw error
}

async function namesInDatabase(db: Kysely<unknown>): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some((table) => table.name === 'kysely_migration')) return []
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db)
  return rows.map((row) => row.name)
}
