import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import type { Db } from '../../db/unit.ts'
import { openBeside } from './place.ts'
import { endsOf, keysOf, put } from './rows.ts'

function pidOf(db: Db): number {
  return db.one(sql<{ pid: number }>`select pg_backend_pid() as pid`).pid
}

describe('a connection to PostgreSQL', () => {
  it('that the server ends fails the unit that asks it, and no other', async () => {
    const { store, other } = await openBeside('postgres')
    const ended = store.unit('ended', ({ db }) => {
      put(db, 'a')
      db.all(sql`select pg_terminate_backend(pg_backend_pid())`)
    })
    await expect(ended).rejects.toThrow(/terminating connection|has ended its connection/)
    await store.unit('next', ({ db }) => put(db, 'b'))
    expect(await keysOf(other)).toEqual(['b'])
  })

  it('is ended by the server when its unit has asked for nothing during a minute', async () => {
    const { store } = await openBeside('postgres')
    const rows = await store.unit('look', ({ db }) =>
      db.all(sql`select current_setting('idle_in_transaction_session_timeout') as so_long`),
    )
    expect(rows).toEqual([{ so_long: '1min' }])
  })

  it('that is lost while idle is replaced', async () => {
    const { store, other } = await openBeside('postgres')
    const pid = await store.unit('first', ({ db }) => pidOf(db))
    await other.rows(`select pg_terminate_backend(${pid}, 5000)`)
    const ends = await endsOf(
      ['a', 'b', 'c'].map((key) => store.unit(key, ({ db }) => put(db, key))),
    )
    expect(ends.filter((end) => end === undefined).length).toBeGreaterThanOrEqual(2)
    await store.unit('next', ({ db }) => put(db, 'next'))
    expect(await keysOf(other)).toContain('next')
  })

  it('is shared: 60 units at once need ten of them', async () => {
    const { store, other } = await openBeside('postgres')
    const units = Array.from({ length: 60 }, (_, i) =>
      store.unit('write', ({ db }) => {
        put(db, String(i))
        return pidOf(db)
      }),
    )
    expect(new Set(await Promise.all(units)).size).toBeLessThanOrEqual(10)
    expect(await keysOf(other)).toHaveLength(60)
  })
})
