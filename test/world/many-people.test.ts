import { expect, it } from 'vitest'
import type { WorldInput } from '../../src/world-handle.ts'
import { onBoth, onEither } from '../database.ts'
import { startSim } from '../sim.ts'

/** More than are made at once: what the last ones are in the way of a first. */
const many = 45

const people = Array.from({ length: many }, (_, i) => ({
  ...(i % 3 === 0 ? {} : { key: `key-${i}` }),
  mobile: `138001${String(i).padStart(5, '0')}`,
  registered_with: ['acme'],
}))

const body = {
  name: 'many',
  seed: 'many',
  clock: { mode: 'frozen', now: '2026-01-05T01:00:00Z' },
  accounts: [{ key: 'acme' }],
  people,
} as const satisfies WorldInput

onBoth('a world of many people', (database) => {
  it('is whole when it is answered, and a reset makes it anew', async () => {
    const { sim } = await startSim({ database })
    const world = await sim.world(body)
    expect(world.people).toHaveLength(many)
    expect(world.people.filter(({ openids }) => openids['acme'] === undefined)).toEqual([])
    expect(new Set(world.people.map(({ key }) => key)).size).toBe(many)
    const before = JSON.stringify(await world.call('world.export'))
    await world.reset()
    const after = JSON.stringify(await world.call('world.export'))
    expect(after).toBe(before.replace('"resets":0', '"resets":1'))
    const { items } = (await world.call('exchange.list')) as { items: object[] }
    expect(items).toMatchObject([{ endpoint: 'world.reset', status: 200 }])
  })

  it('keeps nobody waiting who calls meanwhile', async () => {
    const { sim, platform, acme, wang } = await startSim({ database })
    const order: string[] = []
    const made = sim.world(body).then(() => order.push('made'))
    const sent = platform.sends(acme, { mobile: wang.mobile }).then(() => order.push('sent'))
    await Promise.all([made, sent])
    expect(order).toEqual(['sent', 'made'])
  })
})

onEither('a world of many people', (database) => {
  it('is not there when one of them is refused, however late', async () => {
    const { http, sim } = await startSim({ database })
    const wrong = people.map((person, i) =>
      i === 40 ? { ...person, follows: ['nowhere'] } : person,
    )
    const refused = await http('POST', '/_sim/v1/worlds', { ...body, people: wrong })
    expect(refused).toMatchObject({ status: 422, json: { field: 'people.40.follows.0' } })
    expect(await http('GET', '/_sim/v1/worlds/many')).toMatchObject({ status: 404 })
    const trace = refused.headers.get('x-sim-trace')
    const found = await sim.call('exchange.list', { world: 'default', trace })
    expect(found).toMatchObject({ items: [{ endpoint: 'world.create', status: 422 }] })
    expect((await sim.world(body)).people).toHaveLength(many)
  })
})
