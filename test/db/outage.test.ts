import Sqlite from 'better-sqlite3'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { OutageError, outageOf } from '../../db/outage.ts'
import { gate } from './gate.ts'
import { openBeside } from './place.ts'
import { put } from './rows.ts'

const coded = (code: string, more: object = {}) => Object.assign(new Error('x'), { code, ...more })

describe('an error of a database', () => {
  it.each([
    { error: new Sqlite.SqliteError('x', 'SQLITE_FULL'), kind: 'full' },
    { error: new Sqlite.SqliteError('x', 'SQLITE_IOERR_WRITE'), kind: 'full' },
    { error: new Sqlite.SqliteError('x', 'SQLITE_IOERR_SHMSIZE'), kind: 'full' },
    { error: new Sqlite.SqliteError('x', 'SQLITE_IOERR_FSYNC'), kind: 'away' },
    { error: new Sqlite.SqliteError('x', 'SQLITE_BUSY'), kind: 'away' },
    { error: new Sqlite.SqliteError('x', 'SQLITE_BUSY_SNAPSHOT'), kind: 'away' },
    { error: new Sqlite.SqliteError('x', 'SQLITE_READONLY_DBMOVED'), kind: 'away' },
    { error: new Sqlite.SqliteError('x', 'SQLITE_CANTOPEN'), kind: 'away' },
    { error: coded('53100'), kind: 'full' },
    { error: coded('53300'), kind: 'away' },
    { error: coded('57P01'), kind: 'away' },
    { error: coded('08006'), kind: 'away' },
    { error: coded('25006'), kind: 'away' },
    { error: coded('28P01', { severity: 'FATAL' }), kind: 'away' },
    { error: coded('ECONNREFUSED'), kind: 'away' },
    { error: coded('ENOTFOUND'), kind: 'away' },
    { error: new Error('Connection terminated unexpectedly'), kind: 'away' },
    { error: new Error('timeout exceeded when trying to connect'), kind: 'away' },
    { error: new Sqlite.SqliteError('x', 'SQLITE_CONSTRAINT_UNIQUE'), kind: undefined },
    { error: new Sqlite.SqliteError('x', 'SQLITE_ERROR'), kind: undefined },
    { error: new Sqlite.SqliteError('x', 'SQLITE_CORRUPT'), kind: undefined },
    { error: coded('42601', { severity: 'ERROR' }), kind: undefined },
    { error: coded('ERR_INVALID_URL'), kind: undefined },
    { error: coded('ENOENT'), kind: undefined },
    { error: new TypeError('x is not a function'), kind: undefined },
    { error: 'a text', kind: undefined },
  ])('is an outage, or a mistake of the program: $error.code $error.message: $kind', (row) => {
    expect(outageOf(row.error)?.kind).toBe(row.kind)
  })
})

describe('a unit that fails by an outage', () => {
  const endOf = (unit: Promise<unknown>) =>
    unit.then(
      () => 'kept',
      (error: unknown) => (error instanceof OutageError ? error.outage.kind : error),
    )

  it('says so where the disk is full', async () => {
    const { store, other } = await openBeside('sqlite')
    const [first] = await other.rows('pragma page_count')
    const pages = Number(first?.['page_count'])
    await store.unit('limit', ({ db }) => db.write(sql.raw(`pragma max_page_count = ${pages}`)))
    const large = store.unit('large', ({ db }) => put(db, 'x'.repeat(100_000)))
    expect(await endOf(large)).toBe('full')
  })

  it('says so where another program has the file locked', async () => {
    const { store, other } = await openBeside('sqlite')
    other.rows('begin immediate')
    expect(await endOf(store.unit('small', ({ db }) => put(db, 'a')))).toBe('away')
    other.rows('rollback')
    expect(await endOf(store.unit('small', ({ db }) => put(db, 'a')))).toBe('kept')
  })

  it('says so where the server ends its connection, in a statement or before one', async () => {
    const { store, other } = await openBeside('postgres')
    const ended = store.unit('ended', ({ db }) =>
      db.all(sql`select pg_terminate_backend(pg_backend_pid())`),
    )
    expect(await endOf(ended)).toBe('away')
    const door = await gate(other, 1, () =>
      Promise.resolve(
        other.rows(`select pg_terminate_backend(pid, 5000) from pg_locks
          where locktype = 'advisory' and objid = 42 and not granted`),
      ),
    )
    expect(await endOf(store.unit('stuck', ({ db }) => door.pass(db)))).toBe('away')
    await door.opened
  })
})
