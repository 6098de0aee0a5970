import { describe, expect, it } from 'vitest'
import { startSim } from './sim.ts'

describe('the handle of a world', () => {
  it('has a verb for what tests do most, and every control call besides', async () => {
    const { world, platform, acme, http } = await startSim()
    expect(world).toMatchObject({
      name: 'test',
      seed: 'test',
      baseUrl: 'http://sim.localhost/w/test',
    })
    const { openid } = await world.register('13800138000', { name: '王', state: 'muted' })
    expect(await world.register('13800138000', { state: 'following' })).toMatchObject({
      openid,
      name: '王',
    })
    for (const message of ['a', 'b']) await platform.sends(acme, { mobile: '13800138000', message })
    expect(await world.message()).toMatchObject({ line: 'b' })
    expect(await world.messages({ mobile: '138 0013 8000' })).toMatchObject([
      { line: 'a' },
      { line: 'b' },
    ])
    expect(await world.advance('PT1H')).toMatchObject({
      now: '2026-01-05T02:00:00.000Z',
      settled: true,
    })
    expect(await world.call('clock.get')).toMatchObject({ now: '2026-01-05T02:00:00.000Z' })
    await world.reset()
    expect(await world.messages()).toEqual([])
    await world.close()
    await world.close()
    expect((await http('GET', '/_sim/v1/worlds/test')).status).toBe(404)
  })

  it('makes calls that concern the whole server as well', async () => {
    const { world } = await startSim()
    expect(await world.call('world.list')).toMatchObject({ items: [{}, { world: 'test' }] })
    expect(await world.call('magic.list')).toMatchObject({ items: expect.any(Array) })
    expect(await world.call('world.create', { name: 'more' })).toMatchObject({ world: 'more' })
  })

  it('waits for a message, and says what it waited for when none comes', async () => {
    const { world, platform, acme, wang } = await startSim()
    const waiting = world.message({ mobile: wang.mobile })
    await platform.sends(acme, { mobile: wang.mobile, message: 'later' })
    expect(await waiting).toMatchObject({ line: 'later' })
    await expect(world.message({ mobile: '13900139000', wait: 'PT0.05S' })).rejects.toThrow(
      'no message {"mobile":"13900139000","wait":"PT0.05S"} in the world test within PT0.05S',
    )
  })
})
