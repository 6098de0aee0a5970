import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { insertClaim } from '../../db/claim.ts'
import type { Db } from '../../db/unit.ts'
import { endEpoch, insertEpoch } from '../../db/world.ts'
import { gate } from './gate.ts'
import { openBeside } from './place.ts'
import { endsOf, keysOf, put } from './rows.ts'

function find(db: Db, key: string): number | undefined {
  return db.first(db.selectFrom('counter').select('n').where('key', '=', key))?.n
}

describe('units on PostgreSQL', () => {
  it('run at the same time; of two that make the same row the later one begins anew and finds it', async () => {
    const { store, other } = await openBeside('postgres')
    const { pass } = await gate(other, 2)
    const make = () =>
      store.unit('make', ({ db }) => {
        const found = find(db, 'a')
        pass(db)
        if (found !== undefined) return 'found'
        put(db, 'a')
        return 'made'
      })
    expect((await Promise.all([make(), make()])).sort()).toEqual(['found', 'made'])
  })

  it('begin anew also when their work took the conflict for a bug and undid it', async () => {
    const { store, other } = await openBeside('postgres')
    const { pass } = await gate(other, 2)
    const bugs: string[] = []
    const make = (name: string) =>
      store.unit(name, ({ db, undo }) => {
        const found = find(db, 'a')
        pass(db)
        try {
          if (found === undefined) put(db, 'a')
        } catch {
          undo()
          bugs.push(name)
        }
        put(db, `record of ${name}`)
      })
    await Promise.all([make('one'), make('two')])
    expect(bugs).toEqual([])
    expect(await keysOf(other)).toEqual(['a', 'record of one', 'record of two'])
  })

  it('all get through, however many want the same row at once', async () => {
    const { store, other } = await openBeside('postgres')
    const { pass } = await gate(other, 10)
    const take = () =>
      store.unit('take', ({ db }) => {
        const rows = db.all(db.selectFrom('counter').select('key'))
        pass(db)
        const key = String(rows.length)
        put(db, key)
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
    const again = store.unit('second', ({ db }) => {
      put(db, 'b')
      put(db, 'a')
    })
    await expect(again).rejects.toThrow('duplicate key')
    expect(await keysOf(other)).toEqual(['a'])
  })

  it('begin anew when they wait for each other', async () => {
    const { store, other } = await openBeside('postgres')
    await store.unit('rows', ({ db }) => {
      put(db, 'a')
      put(db, 'b')
    })
    const { pass } = await gate(other, 2)
    const add = (first: string, second: string) =>
      store.unit(first, ({ db }) => {
        const raise = (key: string) => db.all(sql`update counter set n = n + 1 where key = ${key}`)
        raise(first)
        pass(db)
        raise(second)
      })
    await Promise.all([add('a', 'b'), add('b', 'a')])
    expect(await other.rows('select key, n::int from counter order by key')).toEqual([
      { key: 'a', n: 3 },
      { key: 'b', n: 3 },
    ])
  })

  it('give every world an epoch of its own, however many begin at once', async () => {
    const { store, other } = await openBeside('postgres')
    const { pass } = await gate(other, 10)
    const epochs = Array.from({ length: 16 }, (_, i) =>
      store.unit('world', ({ db }) => {
        find(db, 'nothing')
        pass(db)
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
    const { pass } = await gate(other, 2)
    const reset = () =>
      store.unit('reset', ({ db }) => {
        const living = db.one(db.selectFrom('epoch').select('epoch').where('ended_at', 'is', null))
        pass(db)
        endEpoch(db, living.epoch, 1)
        return insertEpoch(db, 'w')
      })
    const drawn = await Promise.all([reset(), reset()])
    expect(drawn.sort()).toEqual([first + 1, first + 2])
    expect(await other.rows('select epoch::int from epoch where ended_at is null')).toEqual([
      { epoch: first + 2 },
    ])
  })

  it('claim an id for one world only, while the other claim is not yet committed', async () => {
    const { store, other } = await openBeside('postgres')
    const { pass } = await gate(other, 2)
    const claim = (world: string) =>
      store.unit('claim', ({ db }) => {
        pass(db)
        return insertClaim(db, { kind: 'eid', value: 'acme-1', world })
      })
    const holders = await Promise.all([claim('a'), claim('b')])
    expect(new Set(holders).size).toBe(1)
  })
})
