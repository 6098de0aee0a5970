import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import type { Db } from '../../db/unit.ts'
import { openBeside } from './place.ts'
import { endsOf, keysOf, put } from './rows.ts'

async function pidOf(db: Db): Promise<number> {
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db)
  return rows[0]?.pid ?? 0
}

describe('a connection to PostgreSQL', () => {
  it('that the server ends fails the unit that asks it, and no other', async () => {
    const { store, other } = await openBeside('postgres')
    const ended = store.unit('ended', async ({ db }) => {
      await put(db, 'a')
      await sql`select pg_terminate_backend(pg_backend_pid())`.execute(db)
    })
    await expect(ended).rejects.toThrow(/terminating connection|has ended its connection/)
    await store.unit('next', ({ db }) => put(db, 'b'))
    expect(await keysOf(other)).toEqual(['b'])
  })

  it('that the server ends fails its unit by name, also one that waits for something else', async () => {
    const { store, other } = await openBeside('postgres')
    const late = Promise.withResolvers<unknown[]>()
    const stuck = store.unit('stuck', async ({ db, undo }) => {
      await put(db, 'a')
      const pid = await pidOf(db)
      await other.rows(`select pg_terminate_backend(${pid}, 5000)`)
      await new Promise<void>((resolve) => setImmediate(resolve))
      late.resolve(endsOf([put(db, 'b'), undo()]))
      await new Promise<never>(() => {})
    })
    await expect(stuck).rejects.toThrow('stuck: PostgreSQL has ended its connection')
    for (const end of await late.promise) expect(end).toMatch(/^failed: /)
    await store.unit('next', ({ db }) => put(db, 'c'))
    expect(await keysOf(other)).toEqual(['c'])
  })

  it('is ended by the server when its unit has asked for nothing during a minute', async () => {
    const { store } = await openBeside('postgres')
    const { rows } = await store.unit('look', ({ db }) =>
      sql`select current_setting('idle_in_transaction_session_timeout') as so_long`.execute(db),
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
      store.unit('write', async ({ db }) => {
        await put(db, String(i))
        return pidOf(db)
      }),
    )
    expect(new Set(await Promise.all(units)).size).toBeLessThanOrEqual(10)
    expect(await keysOf(other)).toHaveLength(60)
  })

  it('keeps nothing of a unit that goes on after a failed statement as if it had not happened', async () => {
    const { store, other } = await openBeside('postgres')
    const careless = store.unit('careless', async ({ db }) => {
      await put(db, 'a')
      await sql`select 1 from nowhere`.execute(db).catch(() => {})
      return 'answered'
    })
    await expect(careless).rejects.toThrow('careless went on after a statement had failed')
    expect(await keysOf(other)).toEqual([])
  })
})
