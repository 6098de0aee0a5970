import { subtle } from 'node:crypto'
import { setTimeout as later } from 'node:timers/promises'
import { promisify } from 'node:util'
import { deflate } from 'node:zlib'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { busy_ms_max } from '../../db/sqlite-file.ts'
import { stopwatch } from '../../src/world/clock.ts'
import { openBeside } from './place.ts'
import { endsOf, keysOf, put } from './rows.ts'

/** What a handler may be tempted to wait for inside its unit. */
const outside = [
  { what: 'a timer', wait: () => later(1) },
  {
    what: 'the end of the turn',
    wait: () => new Promise<void>((resolve) => setImmediate(resolve)),
  },
  { what: 'a digest', wait: () => subtle.digest('SHA-256', Buffer.from('a')) },
  { what: 'a compression', wait: () => promisify(deflate)('a') },
  { what: 'what never comes', wait: () => new Promise<never>(() => {}) },
]

describe('units on SQLite', () => {
  it('share one commit when they come in one turn of the event loop', async () => {
    const { store, other } = await openBeside('sqlite')
    const counts: unknown[] = []
    const units = Array.from({ length: 40 }, (_, i) =>
      store
        .unit('write', ({ db }) => put(db, String(i)))
        .then(() => counts.push(other.rows('select count(*) as n from counter'))),
    )
    await Promise.all(units)
    expect(counts).toEqual(Array.from({ length: 40 }, () => [{ n: 40 }]))
  })

  it('have commits of their own when they come in two turns', async () => {
    const { store, other } = await openBeside('sqlite')
    await store.unit('first', ({ db }) => put(db, 'a'))
    let seen: unknown
    await store.unit('second', async ({ db }) => {
      await put(db, 'b')
      seen = other.rows('select key from counter')
    })
    expect(seen).toEqual([{ key: 'a' }])
  })

  it.each(outside)(
    'fail by name when they wait for $what, and nobody else does',
    async ({ wait }) => {
      const { store, other } = await openBeside('sqlite')
      const before = store.unit('before', ({ db }) => put(db, 'before'))
      const slow = store.unit('template.send', async ({ db }) => {
        await put(db, 'slow')
        await wait()
      })
      const after = store.unit('after', ({ db }) => put(db, 'after'))
      expect(await endsOf([before, slow, after])).toEqual([
        undefined,
        expect.stringMatching(/^failed: template.send awaited something other than the store/),
        undefined,
      ])
      expect(await keysOf(other)).toEqual(['after', 'before'])
    },
  )

  it('write nothing more when they go on after their turn', async () => {
    const { store, other } = await openBeside('sqlite')
    let wentOn: Promise<unknown> = Promise.resolve()
    const slow = store.unit('slow', async ({ db, undo }) => {
      const rest = later(1).then(() => endsOf([put(db, 'late'), undo()]))
      wentOn = rest
      await rest
    })
    await expect(slow).rejects.toThrow('slow awaited')
    expect(await wentOn).toEqual([
      expect.stringMatching(/^failed: slow /),
      expect.stringMatching(/^failed: slow/),
    ])
    await store.unit('next', ({ db }) => put(db, 'next'))
    expect(await keysOf(other)).toEqual(['next'])
  })

  it('do not block the queue, however many of them never end', async () => {
    const { store, other } = await openBeside('sqlite')
    const units = Array.from({ length: 6 }, (_, i) =>
      store.unit(`unit ${i}`, async ({ db }) => {
        await put(db, String(i))
        if (i % 2 === 0) await new Promise<never>(() => {})
        return i
      }),
    )
    const stuck = expect.stringContaining('awaited something other')
    expect(await endsOf(units)).toEqual([stuck, 1, stuck, 3, stuck, 5])
    expect(await keysOf(other)).toEqual(['1', '3', '5'])
  })

  it('all fail when the commit that they share fails', async () => {
    const { store, other } = await openBeside('sqlite')
    await store.unit('tables', async ({ db }) => {
      await sql`create table parent (id integer primary key)`.execute(db)
      await sql`create table child (parent integer references parent (id) deferrable initially deferred)`.execute(
        db,
      )
    })
    const units = ['a', 'b', 'c'].map((key) =>
      store.unit(key, async ({ db }) => {
        await put(db, key)
        if (key === 'b') await sql`insert into child values (1)`.execute(db)
      }),
    )
    const lost = expect.stringMatching(/^failed: FOREIGN KEY/)
    expect(await endsOf(units)).toEqual([lost, lost, lost])
    await store.unit('next', ({ db }) => put(db, 'next'))
    expect(await keysOf(other)).toEqual(['next'])
  })

  it('fail together when the disk is full, and those after them are kept', async () => {
    const { store, other } = await openBeside('sqlite')
    const [first] = await other.rows('pragma page_count')
    const pages = Number(first?.['page_count'])
    await store.unit('limit', ({ db }) => sql.raw(`pragma max_page_count = ${pages}`).execute(db))
    const lost = expect.stringMatching(/^failed: database or disk is full/)
    const ends = endsOf([
      store.unit('small', ({ db }) => put(db, 'small')),
      store.unit('large', async ({ db }) => {
        await put(db, 'x'.repeat(100_000)).catch(() => {})
        await put(db, 'after all').catch(() => {})
      }),
      store.unit('after', ({ db }) => put(db, 'after')),
    ])
    expect(await ends).toEqual([lost, lost, undefined])
    expect(await keysOf(other)).toEqual(['after'])
    await store.unit('next', ({ db }) => put(db, 'next'))
    expect(await keysOf(other)).toEqual(['after', 'next'])
  })

  it('fail while another program has the file locked, and go on when it lets go', async () => {
    const { store, other } = await openBeside('sqlite')
    other.rows('begin immediate')
    const started = stopwatch()
    const units = ['a', 'b', 'c', 'd', 'e'].map((key) => store.unit(key, ({ db }) => put(db, key)))
    const locked = 'failed: database is locked'
    expect(await endsOf(units)).toEqual([locked, locked, locked, locked, locked])
    // The first waits for the lock, then all who came meanwhile together; not each.
    expect(started()).toBeLessThan(3 * busy_ms_max * 1000)
    other.rows('rollback')
    await store.unit('next', ({ db }) => put(db, 'next'))
    expect(await keysOf(other)).toEqual(['next'])
  })
})
