import { describe, expect } from 'vitest'
import { storyOf } from '../src/fixtures.ts'
import { it } from '../src/vitest.ts'
import type { WorldHandle } from '../src/world-handle.ts'

/** What a platform does, by the environment that it was started with. */
async function send({ env }: WorldHandle, mobile: string, path = 'messages'): Promise<unknown> {
  const body = JSON.stringify({ eid: env['TUPU_EID'], mobile, message: '欢迎加入' })
  const response = await fetch(`${env['TUPU_BASE_URL']}/${path}`, { method: 'POST', body })
  return response.json()
}

describe('a test with fixtures', () => {
  it('has a world of its own, named after it, on a simulator that listens', async ({
    sim,
    world,
  }) => {
    expect(world.name).toMatch(/^a-test-with-fixtures-has-a-world-of-its-own-name-[0-9a-f]{8}$/u)
    expect(world.env).toMatchObject({ TUPU_SIM_URL: sim.url, TUPU_SIM_WORLD: world.name })
    await world.register('13800138000')
    expect(await send(world, '13800138000')).toMatchObject({ errcode: 0 })
  })

  it('shares its simulator with those before it, whose worlds are gone', async ({ sim, world }) => {
    const { items } = await sim.call('world.list')
    expect(items.map((one) => one.world).toSorted()).toEqual([world.name, 'default'].toSorted())
  })

  const worlds = new Set<string>()
  it.for([1, 2, 3])(
    'may have the name of others, at the same time',
    { concurrent: true },
    async (_, { world }) => {
      worlds.add(world.name)
      await expect.poll(() => worlds.size).toBe(3)
    },
  )

  it.extend({ worldInput: { seed: '42', people: [{ key: 'zhao', mobile: '13800138009' }] } })(
    '可以另有自己的世界',
    ({ world }) => {
      expect(world.name).toMatch(/^a-test-with-fixtures-[0-9a-f]{8}$/u)
      expect(world).toMatchObject({ seed: '42', people: [{ key: 'zhao' }] })
    },
  )
})

it.extend({ simulatorOptions: [{ seed: 'mine' }, { scope: 'worker' }] })(
  'may have a simulator of another making',
  ({ world }) => {
    expect(world.seed).toBe('mine')
  },
)

describe('the story of a test that failed', () => {
  it('tells its sends, the latest last', async ({ world }) => {
    await send(world, '13900139000')
    await world.register('13800138000')
    await send(world, '13800138000')
    const told = await storyOf(world)
    const lines = ['association.known', 'errcode 100011', 'WeChat → Phone', 'receipt: success']
    expect(told).toMatch(new RegExp(lines.join('[\\s\\S]*'), 'u'))
  })

  it('tells which calls reached nobody, where there was no send', async ({ world }) => {
    expect(await storyOf(world)).toBe(`No send has come into the world ${world.name}.`)
    await send(world, '13800138000', 'mesages')
    expect(await storyOf(world)).toMatch(/POST \S+\/mesages → 404: .*POST \/tupu\/v1\/messages$/u)
  })

  it('is told of a world that is gone, too, without another failure', async ({ world }) => {
    await world.close()
    expect(await storyOf(world)).toContain('tells no story')
  })
})
