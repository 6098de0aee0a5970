import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { nextCount } from '../../db/counter.ts'
import { openStore } from '../../db/open.ts'
import type { Unit } from '../../db/unit.ts'
import { onBoth } from '../database.ts'
import { gate } from './gate.ts'
import { beside, emptyPlace, openBeside } from './place.ts'
import { endsOf, keysOf, put } from './rows.ts'

onBoth('a unit of work', (database) => {
  it('answers only when what it wrote is there for everybody', async () => {
    const { store, other } = await openBeside(database)
    const seen = await store
      .unit('write', ({ db }) => {
        put(db, 'a')
        return 'written'
      })
      .then(async (answer) => ({ answer, keys: await keysOf(other) }))
    expect(seen).toEqual({ answer: 'written', keys: ['a'] })
  })

  it('shows nothing to others before it ends', async () => {
    const { store, other } = await openBeside(database)
    let seen: unknown
    const look = async () => {
      seen = await keysOf(other)
    }
    const door = database === 'postgres' ? await gate(other, 1, look) : undefined
    await store.unit('write', ({ db }) => {
      put(db, 'a')
      if (door) door.pass(db)
      else seen = other.rows("select key from counter where purpose = 'test'")
    })
    expect(seen).toEqual([])
  })

  it('leaves nothing when it throws, while its neighbours stay', async () => {
    const { store, other } = await openBeside(database)
    const write = (key: string, fails: boolean) =>
      store.unit(key, ({ db }) => {
        put(db, key)
        put(db, `${key} again`)
        if (fails) throw new Error(`${key} had enough`)
        return key
      })
    const ends = await endsOf([write('a', false), write('b', true), write('c', false)])
    expect(ends).toEqual(['a', 'failed: b had enough', 'c'])
    expect(await keysOf(other)).toEqual(['a', 'a again', 'c', 'c again'])
  })

  it('takes back by undo what was written before, and keeps what is written after', async () => {
    const { store, other } = await openBeside(database)
    await store.unit('write', ({ db, undo }) => {
      undo()
      put(db, 'a')
      undo()
      put(db, 'b')
      undo()
      undo()
      put(db, 'a')
      put(db, 'c')
    })
    expect(await keysOf(other)).toEqual(['a', 'c'])
  })

  it('reads what it wrote itself, and no more of it after undo', async () => {
    const { store } = await openBeside(database)
    const at = { epoch: 1, purpose: 'test', key: 'a' }
    const counts = await store.unit('count', ({ db, undo }) => {
      const before = [nextCount(db, at), nextCount(db, at)]
      undo()
      return [...before, nextCount(db, at)]
    })
    expect(counts).toEqual([1, 2, 1])
  })

  it('fails by a failed statement, and leaves nothing', async () => {
    const { store, other } = await openBeside(database)
    const failing = store.unit('write', ({ db }) => {
      put(db, 'a')
      db.all(sql`select 1 from nowhere`)
    })
    await expect(failing).rejects.toThrow('nowhere')
    await store.unit('next', ({ db }) => put(db, 'b'))
    expect(await keysOf(other)).toEqual(['b'])
  })

  it('cannot wait for anything: whatever its work would await fails it by name', async () => {
    const { store, other } = await openBeside(database)
    const slow = store.unit('template.send', async ({ db }) => {
      put(db, 'a')
      await Promise.resolve()
    })
    await expect(slow).rejects.toThrow('template.send waits: a unit ends where it began')
    expect(await keysOf(other)).toEqual([])
  })

  it('keeps what was written before a seal, whatever is undone afterwards', async () => {
    const { store, other } = await openBeside(database)
    await store.unit('write', ({ db, undo, seal }) => {
      put(db, 'a')
      seal()
      put(db, 'b')
      undo()
      put(db, 'c')
      undo()
      put(db, 'd')
    })
    expect(await keysOf(other)).toEqual(['a', 'd'])
  })

  it('is over when it has ended: what is left of its work can write and undo nothing', async () => {
    const { store, other } = await openBeside(database)
    let kept: Unit | undefined
    await store.unit('early', (unit) => {
      kept = unit
      put(unit.db, 'a')
    })
    const late = kept
    if (!late) throw new Error('the unit did not run')
    expect(() => put(late.db, 'b')).toThrow('early: its unit is over')
    expect(() => late.undo()).toThrow('early: its unit is over')
    await store.unit('next', ({ db }) => {
      put(db, 'c')
      expect(() => late.undo()).toThrow('early: its unit is over')
    })
    expect(await keysOf(other)).toEqual(['a', 'c'])
  })

  it('fails when its commit fails, and those after it do not', async () => {
    const { store, other } = await openBeside(database)
    await store.unit('tables', ({ db }) => {
      db.all(sql`create table parent (id integer primary key)`)
      db.all(
        sql`create table child (parent integer references parent (id) deferrable initially deferred)`,
      )
    })
    const orphan = store.unit('orphan', ({ db }) => {
      put(db, 'a')
      db.all(sql`insert into child values (1)`)
      return 'answered'
    })
    await expect(orphan).rejects.toThrow(/foreign key/i)
    expect(await keysOf(other)).toEqual([])
    await store.unit('next', ({ db }) => put(db, 'b'))
    expect(await keysOf(other)).toEqual(['b'])
  })

  it('counts without gaps and twins, however many count at once', async () => {
    const { store } = await openBeside(database)
    const at = { epoch: 1, purpose: 'test', key: 'a' }
    const counts = await Promise.all(
      Array.from({ length: 30 }, () => store.unit('count', ({ db }) => nextCount(db, at))),
    )
    expect(counts.sort((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1))
  })

  it('is waited for by close', async () => {
    const data = await emptyPlace(database)
    const store = await openStore(data)
    const units = ['a', 'b', 'c'].map((key) =>
      store.unit(key, ({ db }) => {
        put(db, key)
        return key
      }),
    )
    const [ends] = await Promise.all([endsOf(units), store.close()])
    expect(ends).toEqual(['a', 'b', 'c'])
    expect(await keysOf(await beside(data))).toEqual(['a', 'b', 'c'])
    await expect(store.unit('late', ({ db }) => put(db, 'd'))).rejects.toThrow()
  })
})
