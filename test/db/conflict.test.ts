import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { insertClaim } from '../../db/claim.ts'
import type { Db } from '../../db/unit.ts'
import { endEpoch, insertEpoch } from '../../db/world.ts'
import { openBeside } from './place.ts'
import { endsOf, keysOf, put } from './rows.ts'

/** Lets all who come pass together, once so many have come; whoever comes later passes at once. */
function gate(size: number): () => Promise<void> {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  let came = 0
  return () => {
    came++
    if (came >= size) open()
    return opened
  }
}

async function find(db: Db, key: string): Promise<number | undefined> {
  const row = await db.selectFrom('counter').select('n').where('key', '=', key).executeTakeFirst()
  return row?.n
}

describe('units on PostgreSQL', () => {
  it('run at the same time; of two that make the same row the later one begins anew and finds it', async () => {
    const { store } = await openBeside('postgres')
    const meet = gate(2)
    let runs = 0
    const make = () =>
      store.unit('make', async ({ db }) => {
        runs++
        const found = await find(db, 'a')
        await meet()
        if (found !== undefined) return 'found'
        await put(db, 'a')
        return 'made'
      })
    expect((await Promise.all([make(), make()])).sort()).toEqual(['found', 'made'])
    expect(runs).toBe(3)
  })

  it('begin anew also when their work took the conflict for a bug and undid it', async () => {
    const { store, other } = await openBeside('postgres')
    const meet = gate(2)
    const bugs: string[] = []
    const make = (name: string) =>
      store.unit(name, async ({ db, undo }) => {
        const found = await find(db, 'a')
        await meet()
        try {
          if (found === undefined) await put(db, 'a')
        } catch {
          await undo()
          bugs.push(name)
        }
        await put(db, `record of ${name}`)
      })
    await Promise.all([make('one'), make('two')])
    expect(bugs).toEqual([])
    expect(await keysOf(other)).toEqual(['a', 'record of one', 'record of two'])
  })

  it('all get through, however many want the same row at once', async () => {
    const { store } = await openBeside('postgres')
    const meet = gate(10)
    const take = () =>
      store.unit('take', async ({ db }) => {
        const rows = await db.selectFrom('counter').select('key').execute()
        await meet()
        const key = String(rows.length)
        await put(db, key)
        return key
      })
    const taken = await endsOf(Array.from({ length: 20 }, take))
    expect(taken.sort((a, b) => Number(a) - Number(b))).toEqual(
      Array.from({ length: 20 }, (_, i) => String(i)),
    )
  })

  it('give up after a few tries when the row is there for good', async () => {
    const { store, other } = await openBeside('postgres')
    await store.unit('first', ({ db }) => put(db, 'a'))
    let runs = 0
    const again = store.unit('second', async ({ db }) => {
      runs++
      await put(db, 'b')
      await put(db, 'a')
    })
    await expect(again).rejects.toThrow('duplicate key')
    expect(runs).toBe(5)
    expect(await keysOf(other)).toEqual(['a'])
  })

  it('begin anew when they wait for each other', async () => {
    const { store, other } = await openBeside('postgres')
    await store.unit('rows', async ({ db }) => {
      await put(db, 'a')
      await put(db, 'b')
    })
    const meet = gate(2)
    const add = (first: string, second: string) =>
      store.unit(first, async ({ db }) => {
        const raise = (key: string) =>
          sql`update counter set n = n + 1 where key = ${key}`.execute(db)
        await raise(first)
        await meet()
        await raise(second)
      })
    await Promise.all([add('a', 'b'), add('b', 'a')])
    expect(await other.rows('select key, n::int from counter order by key')).toEqual([
      { key: 'a', n: 3 },
      { key: 'b', n: 3 },
    ])
  })

  it('give every world an epoch of its own, however many begin at once', async () => {
    const { store } = await openBeside('postgres')
    const meet = gate(10)
    const epochs = Array.from({ length: 16 }, (_, i) =>
      store.unit('world', async ({ db }) => {
        await find(db, 'nothing')
        await meet()
        return insertEpoch(db, `w${i}`)
      }),
    )
    const drawn = await endsOf(epochs)
    expect(drawn.sort((a, b) => Number(a) - Number(b))).toEqual(
      Array.from({ length: 16 }, (_, i) => i + 1),
    )
  })

  it('end an epoch once: whoever comes second begins anew and sees that it ended', async () => {
    const { store, other } = await openBeside('postgres')
    const first = await store.unit('world', ({ db }) => insertEpoch(db, 'w'))
    const meet = gate(2)
    const reset = () =>
      store.unit('reset', async ({ db }) => {
        const living = await db
          .selectFrom('epoch')
          .select('epoch')
          .where('ended_at', 'is', null)
          .executeTakeFirstOrThrow()
        await meet()
        await endEpoch(db, living.epoch, 1)
        return insertEpoch(db, 'w')
      })
    const drawn = await Promise.all([reset(), reset()])
    expect(drawn.sort()).toEqual([first + 1, first + 2])
    expect(await other.rows('select epoch::int from epoch where ended_at is null')).toEqual([
      { epoch: first + 2 },
    ])
  })

  it('claim an id for one world only, while the other claim is not yet committed', async () => {
    const { store } = await openBeside('postgres')
    const meet = gate(2)
    const claim = (world: string) =>
      store.unit('claim', async ({ db }) => {
        await meet()
        return insertClaim(db, { kind: 'eid', value: 'acme-1', world })
      })
    const holders = await Promise.all([claim('a'), claim('b')])
    expect(new Set(holders).size).toBe(1)
  })
})
