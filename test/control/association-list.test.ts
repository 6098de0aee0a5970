import { expect, it } from 'vitest'
import { onBoth } from '../database.ts'
import { type Http, startSim } from '../sim.ts'

interface Page {
  readonly items: readonly Record<string, unknown>[]
  readonly next_cursor: string | null
}

/** All pages of a list, one after the other. */
async function pagesOf(http: Http, list: string): Promise<Page[]> {
  const pages: Page[] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const after = cursor === undefined ? '' : `?after=${cursor}`
    const page = (await http('GET', `/_sim/v1/worlds/test/${list}${after}`)).json as unknown as Page
    pages.push(page)
    cursor = page.next_cursor
  }
  return pages
}

/** So many people there are, of whom so many are registered at both accounts: a page and a little of either. */
const everybody = 103
const registered = 52
const crowd = {
  accounts: [{ key: 'acme' }, { key: 'initech' }],
  people: [
    ...Array.from({ length: registered }, (_, n) => ({
      key: `p${n}`,
      mobile: `138001${String(n).padStart(5, '0')}`,
      registered_with: ['acme', 'initech'],
    })),
    ...Array.from({ length: everybody - registered }, (_, n) => ({ key: `stranger${n}` })),
  ],
}

onBoth('a list of a world', (database) => {
  it('has all associations of all accounts, and all people, on its pages, each once', async () => {
    const { http } = await startSim({ database, world: crowd })
    const pages = await pagesOf(http, 'associations')
    expect(pages.map(({ items }) => items.length)).toEqual([100, 2 * registered - 100])
    const all = pages.flatMap(({ items }) => items)
    expect(new Set(all.map(({ openid }) => openid)).size).toBe(2 * registered)
    const accounts = all.map(({ account }) => account)
    expect(accounts.filter((key) => key === 'initech')).toHaveLength(registered)
    const people = await pagesOf(http, 'people')
    expect(people.map(({ items }) => items.length)).toEqual([100, everybody - 100])
    const keys = people.flatMap(({ items }) => items).map(({ key }) => key)
    expect(new Set(keys)).toEqual(new Set(crowd.people.map(({ key }) => key)))
  })
})

it('associations are found by mobile and account, as association.create answered them', async () => {
  const { acme, fang, http, wang, world } = await startSim()
  const made = await wang.registers(acme)
  const list = async (query: string) =>
    (await http('GET', `/_sim/v1/worlds/test/associations?${query}`)).json
  expect(await list('mobile=138%200013%208002')).toEqual({ items: [made], next_cursor: null })
  expect(await list(`account=${acme.eid}`)).toMatchObject({
    items: expect.arrayContaining([expect.objectContaining({ mobile: fang.mobile })]),
  })
  for (const query of ['account=globex', 'mobile=13900139000'])
    expect(await list(query)).toEqual({ items: [], next_cursor: null })
  expect(await world.call('person.list')).toEqual({
    items: expect.arrayContaining([...world.people]),
    next_cursor: null,
  })
})

it('people come in pages, the last of which says so though it is full', async () => {
  const people = Array.from({ length: 100 }, (_, i) => ({ key: `p${i}` }))
  const { world } = await startSim({ world: { accounts: [], people } })
  const { items, next_cursor } = (await world.call('person.list')) as {
    items: { key: string }[]
    next_cursor: unknown
  }
  expect(items.map(({ key }) => key).sort()).toEqual(people.map(({ key }) => key).sort())
  expect(next_cursor).toBeNull()
})
