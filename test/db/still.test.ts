import { expect, it } from 'vitest'
import { nextCount } from '../../db/counter.ts'
import type { Db } from '../../db/unit.ts'
import { onBoth } from '../database.ts'
import { openBeside } from './place.ts'

const count = (epoch: number) => (db: Db) => nextCount(db, { epoch, purpose: 'p', key: 'k' })
const read = (db: Db) => db.all(db.selectFrom('counter').select('n').where('epoch', '=', 1))

onBoth('an epoch that is kept still', (database) => {
  it('is seen as it was, and whoever changes it meanwhile is answered as ever', async () => {
    const { store } = await openBeside(database)
    await store.unit('count', ({ db }) => count(1)(db))
    const order: string[] = []
    let counted: Promise<unknown> | undefined
    await store.still(1, async (unit) => {
      expect(await unit('first', ({ db }) => read(db))).toEqual([{ n: 1 }])
      counted = store
        .unit('count', ({ db }) => count(1)(db))
        .then((n) => order.push(`counted ${n}`))
      // Another epoch, and nothing but a look.
      expect(await store.unit('other', ({ db }) => count(2)(db))).toBe(1)
      expect(await store.unit('look', ({ db }) => read(db).length)).toBe(1)
      if (database === 'postgres') await counted
      expect(await unit('again', ({ db }) => read(db))).toEqual([{ n: 1 }])
      order.push('still')
    })
    await counted
    expect(order.sort()).toEqual(['counted 2', 'still'])
    expect(await store.unit('after', ({ db }) => read(db))).toEqual([{ n: 2 }])
  })

  it('is let go when what was done with it fails', async () => {
    const { store } = await openBeside(database)
    const failed = store.still(1, async (unit) => {
      await unit('first', ({ db }) => read(db))
      throw new Error('it failed')
    })
    await expect(failed).rejects.toThrow('it failed')
    expect(await store.unit('count', ({ db }) => count(1)(db))).toBe(1)
  })
})
