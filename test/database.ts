import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { beforeAll, describe, inject, onTestFinished } from 'vitest'

/** Where a test's data lives. */
export type DatabaseName = 'sqlite' | 'postgres'
export const databases: readonly DatabaseName[] = ['sqlite', 'postgres']

/** An empty, migrated database of a test's own; it is gone when the test is over, or whatever else `ends` it. */
export async function freshDatabase(
  name: DatabaseName,
  ends: (drop: () => Promise<void>) => unknown = onTestFinished,
): Promise<string> {
  if (name === 'sqlite') return ':memory:'
  const url = await postgresUrl()
  const database = `t_${randomUUID().replaceAll('-', '')}`
  await query(url, `create database ${database} template tupu_template strategy file_copy`)
  ends(() => query(url, `drop database ${database} with (force)`))
  return `${url}/${database}`
}

let url: Promise<string> | undefined

/** Where the run's one PostgreSQL is, which begins when it is asked for. */
export function postgresUrl(): Promise<string> {
  url ??= fetch(inject('postgresStarter')).then(async (answer) => {
    const text = await answer.text()
    if (!answer.ok) throw new Error(`PostgreSQL does not start: ${text}`)
    return text
  })
  return url
}

async function query(url: string, sql: string): Promise<void> {
  const client = new pg.Client(`${url}/postgres`)
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

/** Tests of what a dialect can change, always on both databases: order, races, locks, counters, what a column holds. */
export function onBoth(name: string, tests: (database: DatabaseName) => void): void {
  describe.each(databases)(`${name} (%s)`, (database) => {
    if (database === 'postgres') beforeAll(async () => void (await postgresUrl()))
    tests(database)
  })
}

/** Tests of what no dialect touches, on either database: SQLite will do. `npm run test:all` has them on both. */
export function onEither(name: string, tests: (database: DatabaseName) => void): void {
  if (process.env['TEST_DATABASES'] === 'all') onBoth(name, tests)
  else describe(name, () => tests('sqlite'))
}
