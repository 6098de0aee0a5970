import fc from 'fast-check'
import { expect, it, onTestFinished } from 'vitest'
import { nextCount } from '../../db/counter.ts'
import { listEpochRows } from '../../db/epoch.ts'
import { findExchange, insertExchange } from '../../db/exchange.ts'
import { openStore } from '../../db/open.ts'
import { insertFollower, insertPerson, listFollowers, listPeople } from '../../db/person.ts'
import type { Store } from '../../db/unit.ts'
import { countWorlds } from '../../db/world.ts'
import { type DatabaseName, onBoth } from '../database.ts'
import { dictionaryDatabase, openBeside } from './place.ts'
import { exchange, listExchanges } from './rows.ts'

/** A store whose server, if it has one, sorts texts like a dictionary: the order must come from us. */
async function openSorting(database: DatabaseName): Promise<Store> {
  const store = await openStore(database === 'sqlite' ? ':memory:' : await dictionaryDatabase())
  onTestFinished(() => store.close())
  return store
}

function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}

const mixed = [
  ...['a', 'B', 'b', 'A', '_', '-', '~', '0', '10', '2', '', ' a', 'ab', 'a b'],
  ...['\u00e9', 'e\u0301', '王', '李', '\uff5a', '😀'],
]
/** Text that both databases can hold. */
const text = fc.string({ unit: 'binary', maxLength: 12 }).filter((value) => !value.includes('\0'))

function person(epoch: number, key: string) {
  return { epoch, person: key, key, name: key, mobile: null, created_at: 0 }
}

onBoth('stores', (database) => {
  it('sort keys by their bytes, whatever their language', async () => {
    const store = await openSorting(database)
    let epoch = 0
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.oneof(text, fc.constantFrom(...mixed)), { maxLength: 12 }),
        async (keys) => {
          epoch++
          const [people, rows] = await store.unit('sort', ({ db }) => {
            for (const key of keys) insertPerson(db, person(epoch, key))
            const at = { table: 'person', epoch, after: undefined } as const
            const { items } = listEpochRows(db, at, { rows_max: 100, bytes_max: 10_000 })
            return [listPeople(db, epoch, 100), items]
          })
          const expected = [...keys].sort(byBytes)
          expect(people.map((row) => row.person)).toEqual(expected)
          expect(rows.map((row) => row['person'])).toEqual(expected)
        },
      ),
      { numRuns: database === 'sqlite' ? 100 : 25, examples: [[mixed]] },
    )
  })

  it('go on after a key by its bytes, too', async () => {
    const store = await openSorting(database)
    const openids = await store.unit('walk', ({ db }) => {
      for (const openid of mixed) {
        insertFollower(db, {
          epoch: 1,
          openid,
          appid: 'wx',
          person: openid,
          state: 'following',
          followed_at: 5,
        })
      }
      const walked: string[] = []
      for (let after: string | undefined = undefined; ; ) {
        const at = { epoch: 1, appid: 'wx', limit: 3 }
        const page = listFollowers(
          db,
          after === undefined ? at : { ...at, after: { openid: after, followed_at: 5 } },
        )
        walked.push(...page.map(({ openid }) => openid))
        after = walked.at(-1)
        if (page.length < 3) return walked
      }
    })
    expect(openids).toEqual([...mixed].sort(byBytes))
  })

  it('give back the bytes and texts that they got', async () => {
    const { store } = await openBeside(database)
    const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array))
    await fc.assert(
      fc.asyncProperty(bytes, bytes, text, async (request_body, response_body, url) => {
        const trace = `trace ${url}`
        const found = await store.unit('bytes', ({ db }) => {
          insertExchange(db, exchange({ request_body, response_body, url, trace }))
          const [listed] = listExchanges(db, { epoch: 1, before: undefined, after: 0, limit: 1 })
          return findExchange(db, 1, listed?.seq ?? 0)
        })
        expect(found).toMatchObject({ request_body, response_body, url, trace })
      }),
      {
        numRuns: database === 'sqlite' ? 100 : 40,
        examples: [[Buffer.from([0, 255, 0]), Buffer.from('\0'), '\'"\\%_\n']],
      },
    )
  })

  it('give back whole numbers as numbers, large ones too', async () => {
    const { store } = await openBeside(database)
    const at = 2_051_222_399_999
    const row = await store.unit('numbers', ({ db }) => {
      insertExchange(db, exchange({ at, real_at: Number.MAX_SAFE_INTEGER }))
      const count = nextCount(db, { epoch: 1, purpose: 'test', key: 'a' })
      const [listed] = listExchanges(db, { epoch: 1, before: undefined, after: 0, limit: 1 })
      const found = findExchange(db, 1, listed?.seq ?? 0)
      return { found, count, worlds: countWorlds(db) }
    })
    expect(row).toMatchObject({
      found: { at, real_at: Number.MAX_SAFE_INTEGER, status: 200 },
      count: 1,
      worlds: 0,
    })
    expect(row.found?.seq).toBeTypeOf('number')
  })
})
