import { describe, expect, expectTypeOf, it } from 'vitest'
import { AuditError, type Contact, type Explained } from '../src/handles.ts'
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

describe('the verbs of a world for bad days', () => {
  it('make a fault, count what it has met, and end it', async () => {
    const { world, platform, acme, wang } = await startSim()
    const { mobile } = wang
    const busy = await world.fault({ mobile, errcode: -1, times: 2 })
    expect(await busy.hits()).toBe(0)
    expect(await platform.sends(acme, { mobile })).toMatchObject({ errcode: -1 })
    expect(await busy.hits()).toBe(1)
    expect(await busy.info()).toMatchObject({ fault: busy.fault, left: 1, state: 'active' })
    await busy.remove()
    await busy.remove()
    expect(await platform.sends(acme, { mobile })).toMatchObject({ errcode: 0 })
    await expect(world.fault({ mobile: 'nobody', errcode: -1 })).rejects.toMatchObject({
      problem: { field: 'mobile' },
    })
  })

  it('explain a send, and list what was tried to reach its mobile', async () => {
    const { world, platform, acme, li, http } = await startSim()
    await platform.sends(acme, { mobile: li.mobile })
    expect(await world.explain({ mobile: li.mobile })).toMatchObject({
      verdict: 'refused',
      fix: { call: 'association.create' },
    })
    const coming = world.waitFor({ contact: { mobile: li.mobile, channel: 'sms' } })
    await http('POST', '/w/test/sink/sms', { to: li.mobile, text: '欢迎加入' })
    expect((await coming).found).toMatchObject({ channel: 'sms', text: '欢迎加入' })
    expect(await world.contacts(li.mobile)).toMatchObject([
      { channel: 'wechat', errcode: 100011 },
      { channel: 'sms', errcode: 0 },
    ])
    expect(await world.contacts(li.mobile, { channel: 'email' })).toEqual([])
  })

  it('audit the platform, and say who was lost, told twice or told too late', async () => {
    const { world, platform, acme, wang, li, han, http } = await startSim()
    expect(await world.audit()).toMatchObject({ ok: true })
    const tells = (to: string) => http('POST', '/w/test/sink/sms', { to, text: '欢迎加入' })
    const sends = { client_msg_id: 'order-1' }
    for (const { mobile } of [wang, li]) await platform.sends(acme, { mobile })
    await platform.sends(acme, { mobile: han.mobile, ...sends })
    await tells(wang.mobile)
    await world.advance('PT2M')
    await tells(li.mobile)
    const error = await world.audit().then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    expect(error).toBeInstanceOf(AuditError)
    const { message, audit } = error as AuditError
    const trace = audit.lost[0]?.trace
    expect(message.split('\n')).toEqual([
      'audit of the world test: 1 lost, 1 double, 1 late',
      `  lost: ${han.mobile} at 2026-01-05T01:00:00.000Z: errcode 100011, refused, client_msg_id order-1, trace ${trace}; nothing came`,
      expect.stringMatching(
        /^ {2}double: \+8613800138002 .*errcode 0, delivered.*came: sms at 2026/,
      ),
      expect.stringMatching(/^ {2}late: \+8613800138001 .*came: sms at 2026-01-05T01:02:00/),
    ])
    await expect(world.audit({ within: 'PT3M' })).rejects.toThrow(/: 1 double$/m)
  })

  it('name ten of a crowd that was lost, and count the others', async () => {
    const { world, platform, acme } = await startSim()
    for (let i = 10; i < 22; i += 1) await platform.sends(acme, { mobile: `139001390${i}` })
    await world.advance('PT1M')
    await expect(world.audit()).rejects.toThrow(/: 12 lost\n(.+\n){10} {2}lost: and 2 more before$/)
  })

  it('begin a drill and stop it; what it changes is shown', async () => {
    const { world, platform, acme, wang } = await startSim()
    const taken = await world.drill('template_taken', { account: 'acme' })
    expect(taken).toMatchObject({ name: 'template_taken', info: { state: 'running' } })
    const sends = () => platform.sends(acme, { mobile: wang.mobile })
    expect(await sends()).toMatchObject({ errcode: 40037 })
    expect(await taken.stop()).toMatchObject({ state: 'over' })
    expect(await sends()).toMatchObject({ errcode: 0 })
    await world.drill('eid_rotated')
    expect(world.accounts[0]?.eid).not.toBe(acme.eid)
  })

  it('keep a state and lead the world back to it; what is shown goes back, too', async () => {
    const { world, platform, acme, wang } = await startSim()
    expect(await world.snapshot('ready')).toMatchObject({ name: 'ready' })
    await platform.sends(acme, { mobile: wang.mobile })
    await world.call('eid.rotate', { eid: 'acme' })
    await world.call('person.create', { key: 'zhao' })
    await world.restore('ready')
    expect(await world.messages()).toEqual([])
    expect(world.accounts[0]?.eid).toBe(acme.eid)
    expect(world.people.map(({ key }) => key)).not.toContain('zhao')
    await world.call('person.create', { key: 'zhao' })
    await world.call('snapshot.restore', { name: 'ready' })
    expect(world.people.map(({ key }) => key)).not.toContain('zhao')
    await expect(world.restore('never')).rejects.toMatchObject({ status: 404 })
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
    expectTypeOf<Waited<'contact'>['found']>().toEqualTypeOf<Contact>()
    expectTypeOf<Explained['sentence']>().toBeString()
    // @ts-expect-error: there is no such drill
    const undrilled = () => world.drill('wechat_lazy')
    // @ts-expect-error: there is no such way to break
    const unbroken = () => world.fault({ transport: 'sulk' })
    // @ts-expect-error: there is no such call
    const unknown = () => world.call('clock.gets')
    // @ts-expect-error: a message has no such state
    const wrong = () => world.call('message.list', { state: 'gone' })
    // @ts-expect-error: somebody must be named
    const less = () => world.call('phone.mute')
    // @ts-expect-error: exactly one condition, by its name
    const unnamed = () => world.waitFor({ massage: {} })
    for (const one of [unknown, wrong, less, unnamed, undrilled, unbroken])
      await expect(one()).rejects.toThrow()
  })
})
