import { describe, expect, expectTypeOf, it } from 'vitest'
import type { MessageInfo, Waited, WorldHandle } from '../src/world-handle.ts'
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
    const refused = { eid: acme.eid, mobile: '13900139000', message: '欢迎加入' }
    await platform.post('/messages', refused)
    const explained = await world.call('explain.get', { mobile: '13900139000' })
    const { sentence } = explained as { sentence: string }
    expect(sentence).toContain('100011')
    const waited = { mobile: '13900139000', state: 'delivered', wait: 'PT0.05S' } as const
    await expect(world.message(waited)).rejects.toThrow(`within PT0.05S; ${sentence}`)
    await expect(world.message({ account: 'amce' })).rejects.toMatchObject({ status: 422 })
  })

  it('waits for anything else, and lets the clock go on for it', async () => {
    const { world, platform, acme, wang } = await startSim()
    await world.call('official_account.update', { appid: acme.appid, delivery: 'P10D' })
    await platform.sends(acme, { mobile: wang.mobile })
    const delivered = { message: { mobile: wang.mobile, state: 'delivered' } } as const
    const { found, now, ran } = await world.waitFor(delivered, { autoAdvance: 'P30D' })
    expect(found).toMatchObject({ line: '欢迎加入', state: 'delivered' })
    expect({ now, ran }).toMatchObject({ now: '2026-01-15T01:00:00.000Z', ran: [{}] })
    const none = world.waitFor({ callback: {} }, { timeout: 'PT0.01S' })
    await expect(none).rejects.toMatchObject({ problem: { because: 'timeout', nearest: [] } })
  })

  it('verifies what was called, and throws why it is not as expected', async () => {
    const { world, platform, acme, wang } = await startSim()
    await platform.sends(acme, { mobile: wang.mobile })
    await world.verify({ exchanges: { surface: 'tupu' }, count: 1 })
    await world.verify({ in_order: [{ surface: 'control' }, { surface: 'tupu' }] })
    const wrong = world.verify({ exchanges: { surface: 'tupu' }, count: 2 })
    await expect(wrong).rejects.toThrow('expected exactly 2 with {"surface":"tupu"}, and 1 came')
  })

  it('shows its accounts and people as they are after a call that changes them, or read anew', async () => {
    const { sim, world, acme } = await startSim({ listen: true })
    const first = () => world.accounts[0]
    await world.call('account.update', { eid: acme.eid, partner_secret: 'generated' })
    expect(first()?.partner_secret).toEqual(expect.any(String))
    expect(world.env['TUPU_PARTNER_SECRET']).toBe(first()?.partner_secret)
    await world.call('eid.rotate', { eid: 'acme' })
    expect(world.env['TUPU_EID']).not.toBe(acme.eid)
    await world.call('account.create', { key: 'initech' })
    expect(world.accounts.map(({ key }) => key)).toEqual(['acme', 'globex', 'initech'])
    await sim.call('person.create', { world: 'test', key: 'zhao' })
    const keys = () => world.people.map(({ key }) => key)
    expect(keys()).not.toContain('zhao')
    await world.refresh()
    expect(keys()).toContain('zhao')
  })
})

describe('the types of calls', () => {
  it('follow from the ids: what is taken, and what is answered', async () => {
    const { sim } = await startSim()
    const world: WorldHandle = await sim.world({ name: 'typed' })
    expectTypeOf((await world.call('clock.get')).now).toBeString()
    expectTypeOf((await world.call('message.list', { state: 'failed' })).items).toEqualTypeOf<
      MessageInfo[]
    >()
    expectTypeOf(await world.call('phone.mute', { person: 'li' })).toHaveProperty('openid')
    expectTypeOf(await world.call('world.delete')).toBeUndefined()
    const id: string = 'world.list'
    expectTypeOf(await world.call(id)).toBeUnknown()
    expectTypeOf<Waited<'step'>['found']['step']>().toExtend<string>()
    // @ts-expect-error: there is no such call
    const unknown = () => world.call('clock.gets')
    // @ts-expect-error: a message has no such state
    const wrong = () => world.call('message.list', { state: 'gone' })
    // @ts-expect-error: somebody must be named
    const less = () => world.call('phone.mute')
    // @ts-expect-error: exactly one condition, by its name
    const unnamed = () => world.waitFor({ massage: {} })
    for (const one of [unknown, wrong, less, unnamed]) await expect(one()).rejects.toThrow()
  })
})
