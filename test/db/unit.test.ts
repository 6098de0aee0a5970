import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { openStore } from '../../db/open.ts'
import type { Unit } from '../../db/unit.ts'
import { nextCount } from '../../db/world.ts'
import { onBoth } from '../database.ts'
import { beside, emptyPlace, openBeside } from './place.ts'
import { endsOf, keysOf, put } from './rows.ts'

onBoth('a unit of work', (database) => {
  it('answers only when what it wrote is there for everybody', async () => {
    const { store, other } = await openBeside(database)
    const seen = await store
      .unit('write', async ({ db }) => {
        await put(db, 'a')
        return 'written'
      })
      .then(async (answer) => ({ answer, keys: await keysOf(other) }))
    expect(seen).toEqual({ answer: 'written', keys: ['a'] })
  })

  it('shows nothing to others before it ends', async () => {
    const { store, other } = await openBeside(database)
    let seen: unknown
    await store.unit('write', async ({ db }) => {
      await put(db, 'a')
      if (database === 'postgres') seen = await keysOf(other)
      else seen = other.rows("select key from counter where purpose = 'test'")
    })
    expect(seen).toEqual([])
  })

  it('leaves nothing when it throws, while its neighbours stay', async () => {
    const { store, other } = await openBeside(database)
    const write = (key: string, fails: boolean) =>
      store.unit(key, async ({ db }) => {
        await put(db, key)
        await put(db, `${key} again`)
        if (fails) throw new Error(`${key} had enough`)
        return key
      })
    const ends = await endsOf([write('a', false), write('b', true), write('c', false)])
    expect(ends).toEqual(['a', 'failed: b had enough', 'c'])
    expect(await keysOf(other)).toEqual(['a', 'a again', 'c', 'c again'])
  })

  it('takes back by undo what was written before, and keeps what is written after', async () => {
    const { store, other } = await openBeside(database)
    await store.unit('write', async ({ db, undo }) => {
      await undo()
      await put(db, 'a')
      await undo()
      await put(db, 'b')
      await undo()
      await undo()
      await put(db, 'a')
      await put(db, 'c')
    })
    expect(await keysOf(other)).toEqual(['a', 'c'])
  })

  it('reads what it wrote itself, and no more of it after undo', async () => {
    const { store } = await openBeside(database)
    const at = { epoch: 1, purpose: 'test', key: 'a' }
    const counts = await store.unit('count', async ({ db, undo }) => {
      const before = [await nextCount(db, at), await nextCount(db, at)]
      await undo()
      return [...before, await nextCount(db, at)]
    })
    expect(counts).toEqual([1, 2, 1])
  })

  it('goes on after a failed statement, once that is undone', async () => {
    const { store, other } = await openBeside(database)
    await store.unit('write', async ({ db, undo }) => {
      await put(db, 'a')
      await expect(sql`select 1 from nowhere`.execute(db)).rejects.toThrow('nowhere')
      await undo()
      await put(db, 'b')
    })
    expect(await keysOf(other)).toEqual(['b'])
  })

  it('is over when it has ended: what is left of its work can write and undo nothing', async () => {
    const { store, other } = await openBeside(database)
    let kept: Unit | undefined
    await store.unit('early', async (unit) => {
      kept = unit
      await put(unit.db, 'a')
    })
    const late = kept
    if (!late) throw new Error('the unit did not run')
    await expect(put(late.db, 'b')).rejects.toThrow('early: its unit is over')
    await expect(late.undo()).rejects.toThrow('early: its unit is over')
    await store.unit('next', async ({ db }) => {
      await put(db, 'c')
      await expect(late.undo()).rejects.toThrow('early: its unit is over')
    })
    expect(await keysOf(other)).toEqual(['a', 'c'])
  })

  it('fails when its commit fails, and those after it do not', async () => {
    const { store, other } = await openBeside(database)
    await store.unit('tables', async ({ db }) => {
      await sql`create table parent (id integer primary key)`.execute(db)
      await sql`create table child (parent integer references parent (id) deferrable initially deferred)`.execute(
        db,
      )
    })
    const orphan = store.unit('orphan', async ({ db }) => {
      await put(db, 'a')
      await sql`insert into child values (1)`.execute(db)
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
      store.unit(key, async ({ db }) => {
        await put(db, key)
        return key
      }),
    )
    const [ends] = await Promise.all([endsOf(units), store.close()])
    expect(ends).toEqual(['a', 'b', 'c'])
    expect(await keysOf(await beside(data))).toEqual(['a', 'b', 'c'])
    await expect(store.unit('late', ({ db }) => put(db, 'd'))).rejects.toThrow()
  })
})
