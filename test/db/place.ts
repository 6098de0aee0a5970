import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import pg from 'pg'
import { onTestFinished } from 'vitest'
import { openStore } from '../../db/open.ts'
import type { Store } from '../../db/unit.ts'
import { type DatabaseName, freshDatabase, postgresUrl } from '../database.ts'

/** An empty folder of a test's own; it is gone when the test is over. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tupu-sim-db-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Where an empty database of a test's own is or will be: a file, or a PostgreSQL database. */
export function emptyPlace(database: DatabaseName): Promise<string> {
  return database === 'sqlite'
    ? Promise.resolve(join(emptyFolder(), 'sim.db'))
    : freshDatabase('postgres')
}

type Row = Readonly<Record<string, unknown>>

/** A connection beside the store's: sees what is committed, and nothing else. */
export interface Beside {
  /** Answers at once on SQLite: nothing can happen in between. */
  rows(sql: string): readonly Row[] | Promise<readonly Row[]>
}

/** Connects beside whoever has the database open. */
export async function beside(data: string): Promise<Beside> {
  if (data.startsWith('postgres://')) return besidePostgres(data)
  const sqlite = new Sqlite(data, { timeout: 0 })
  onTestFinished(() => {
    sqlite.close()
  })
  return {
    rows(sql) {
      const statement = sqlite.prepare<[], Row>(sql)
      if (statement.reader) return statement.all()
      statement.run()
      return []
    },
  }
}

async function besidePostgres(data: string): Promise<Beside> {
  const client = new pg.Client(data)
  // The database may be dropped first when the test is over.
  client.on('error', () => {})
  await client.connect()
  onTestFinished(() => client.end())
  return { rows: async (sql) => (await client.query<Row>(sql)).rows }
}

/** A store on an empty database of a test's own, and a connection beside it. */
export async function openBeside(
  database: DatabaseName,
): Promise<{ data: string; store: Store; other: Beside }> {
  const data = await emptyPlace(database)
  const store = await openStore(data)
  onTestFinished(() => store.close())
  return { data, store, other: await beside(data) }
}

/** A PostgreSQL database of a test's own that has no tables yet. */
export async function emptyDatabase(more = ''): Promise<string> {
  const name = `d_${randomUUID().replaceAll('-', '')}`
  await onServer(`create database ${name} ${more}`)
  onTestFinished(() => onServer(`drop database ${name} with (force)`))
  return `${await postgresUrl()}/${name}`
}

/** One whose own order of texts is that of a dictionary. */
export function dictionaryDatabase(): Promise<string> {
  return emptyDatabase("template template0 locale_provider icu icu_locale 'en-US'")
}

async function onServer(sql: string): Promise<void> {
  const client = new pg.Client(`${await postgresUrl()}/postgres`)
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
