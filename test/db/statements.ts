import Sqlite from 'better-sqlite3'
import pg from 'pg'
import { onTestFinished, vi } from 'vitest'
import type { DatabaseName } from '../database.ts'

interface Recorded {
  readonly texts: Readonly<Record<DatabaseName, ReadonlySet<string>>>
  readonly stop: () => void
}

/** Every statement that each database's driver is given in this process until it stops, each text once. */
export function recordStatements(): Recorded {
  const texts = { sqlite: new Set<string>(), postgres: new Set<string>() }
  const keepIn = (database: DatabaseName) => (text: string) => {
    if (isOurs(text)) texts[database].add(text)
  }
  const spies = [spyOnSqlite(keepIn('sqlite')), spyOnPostgres(keepIn('postgres'))]
  const stop = () => {
    for (const spy of spies) spy.mockRestore()
  }
  onTestFinished(stop)
  return { texts, stop }
}

/** Neither what begins and ends transactions, nor what a database is asked about itself. */
function isOurs(text: string): boolean {
  return (
    /^\s*(select|insert|update|delete|with)\b/i.test(text) &&
    !/\b(kysely_|sqlite_|pg_|information_schema)/i.test(text)
  )
}

function spyOnSqlite(keep: (text: string) => void) {
  const { prepare } = Sqlite.prototype
  return vi.spyOn(Sqlite.prototype, 'prepare').mockImplementation(function (
    this: Sqlite.Database,
    text: string,
  ) {
    keep(text)
    return prepare.call(this, text)
  })
}

function spyOnPostgres(keep: (text: string) => void) {
  const query = pg.Client.prototype.query as (...parameters: unknown[]) => unknown
  return vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (
    this: pg.Client,
    ...parameters: unknown[]
  ) {
    const { text } = Object(parameters[0]) as { readonly text?: unknown }
    if (typeof text === 'string') keep(text)
    return query.apply(this, parameters)
  })
}
