import { describe, expect, it, onTestFinished } from 'vitest'
import { openStore } from '../../db/open.ts'
import { announcementText, topics } from '../../db/topic.ts'
import type { Store, Unit } from '../../db/unit.ts'
import { onBoth } from '../database.ts'
import { type Beside, emptyPlace, openBeside } from './place.ts'
import { endsOf, put } from './rows.ts'

/** What a store's listener has heard; `anything` where it may have been that. */
function hearing(store: Store): string[] {
  const heard: string[] = []
  store.listen((announced) => heard.push(...(announced?.map(announcementText) ?? ['anything'])))
  return heard
}

/** Two processes' stores on one PostgreSQL database, of which the first leads, and a connection beside them. */
async function openTwo(): Promise<{ one: Store; two: Store; other: Beside }> {
  const { store: one, data, other } = await openBeside('postgres')
  const two = await openStore(data)
  onTestFinished(() => two.close())
  return { one, two, other }
}

const announcing = (person: string) => (unit: Unit) => unit.db.announce(1, topics.phone(person))

onBoth('what a unit announces', (database) => {
  it('is heard when it has committed, in its order', async () => {
    const { store } = await openBeside(database)
    const heard = hearing(store)
    await store.unit('both', ({ db }) => {
      db.announce(1, topics.phone('first'))
      put(db, 'a')
      db.announce(2, topics.phone('second'))
      expect(heard).toEqual([])
    })
    await expect.poll(() => heard).toEqual(['1 phone first', '2 phone second'])
  })

  it('is not heard when the unit fails, and of what was undone only what was sealed before', async () => {
    const { store } = await openBeside(database)
    const heard = hearing(store)
    const failing = store.unit('failing', ({ db }) => {
      db.announce(1, topics.phone('failed'))
      throw new Error('it had enough')
    })
    expect(await endsOf([failing])).toEqual(['failed: it had enough'])
    await store.unit('undone', ({ db, undo, seal }) => {
      db.announce(1, topics.phone('before'))
      undo()
      db.announce(1, topics.phone('sealed'))
      seal()
      db.announce(1, topics.phone('after'))
      undo()
    })
    await store.unit('last', announcing('last'))
    await expect.poll(() => heard).toEqual(['1 phone sealed', '1 phone last'])
  })
})

describe('what is announced on PostgreSQL', () => {
  it('is heard by another process, once, however many units say it', async () => {
    const { one, two } = await openTwo()
    const heard = hearing(two)
    await Promise.all(Array.from({ length: 50 }, () => one.unit('same', announcing('same'))))
    await one.unit('last', announcing('last'))
    await expect.poll(() => heard).toContain('1 phone last')
    // The first went out at once; the others, and the last, together in a few.
    expect(heard.filter((text) => text === '1 phone same').length).toBeLessThan(50)
    expect(new Set(heard)).toEqual(new Set(['1 phone same', '1 phone last']))
  })

  it('is heard in parts when it is more than PostgreSQL takes in one', async () => {
    const { one, two } = await openTwo()
    const heard = hearing(two)
    const names = Array.from({ length: 400 }, (_, i) => `${i} ${'x'.repeat(30)}`)
    await one.unit('many', ({ db }) => {
      for (const name of names) db.announce(1, topics.phone(name))
    })
    await expect.poll(() => heard).toHaveLength(names.length)
    expect(heard).toEqual(names.map((name) => `1 phone ${name}`))
  })

  it('may have been anything while the connection was lost, and is heard again afterwards', async () => {
    const { one, two, other } = await openTwo()
    const heard = hearing(two)
    await other.rows(
      "select pg_terminate_backend(pid, 5000) from pg_stat_activity where query like 'select pg_try%' and pid <> pg_backend_pid()",
    )
    await expect.poll(() => heard, { timeout: 10_000 }).toContain('anything')
    await expect
      .poll(
        async () => {
          await one.unit('again', announcing('again'))
          return heard
        },
        { timeout: 10_000 },
      )
      .toContain('1 phone again')
  })
})

describe('of several processes on one PostgreSQL database', () => {
  const leaders = (...stores: Store[]) => stores.map(({ leads }) => leads)

  it('one leads, and the other when that one is closed', async () => {
    const data = await emptyPlace('postgres')
    const one = await openStore(data)
    const two = await openStore(data)
    onTestFinished(() => two.close())
    expect(leaders(one, two)).toEqual([true, false])
    const heard = hearing(two)
    await one.close()
    await expect.poll(() => two.leads, { timeout: 10_000 }).toBe(true)
    expect(heard).toContain('anything')
  })

  it('one leads when the server has ended the connection of the first', async () => {
    const { one, two, other } = await openTwo()
    await other.rows(
      "select pg_terminate_backend(pid, 5000) from pg_locks where locktype = 'advisory' and objid = 2",
    )
    await expect
      .poll(() => leaders(one, two).filter((leads) => leads), { timeout: 10_000 })
      .toHaveLength(1)
  })
})
