import { describe, expect, it } from 'vitest'
import { startSim } from '../sim.ts'
import { exchanges } from './journal.ts'
import { rotate, send } from './rotation.ts'

describe('a rotation', () => {
  it('is due in the timeline, and its EIDs are derived: a reset forgets them, and they come again', async () => {
    const sim = await startSim()
    const { world, acme } = sim
    const fresh = await rotate(sim, 'P7D')
    const { items } = (await world.call('clock.timeline')) as { items: object[] }
    expect(items).toContainEqual({
      at: '2026-01-12T01:00:00.000Z',
      what: 'expires',
      kind: 'rotated EID',
      subject: acme.eid,
    })
    await world.reset()
    expect(await send(sim, fresh)).toMatchObject({ errcode: 100001 })
    expect(await send(sim, acme.eid)).toMatchObject({ errcode: 0 })
    expect(await rotate(sim)).toBe(fresh)
  })

  it('hides nothing from a withdrawal: what was asked by any EID of the account is erased', async () => {
    const sim = await startSim()
    const { world, platform, wang } = sim
    await world.call('account.create', { key: 'initech' })
    // Registered elsewhere too: only what concerns this account goes.
    await world.register(wang.mobile, { account: 'initech' })
    const fresh = await rotate(sim)
    await platform.post('/registrations/query', { eid: fresh, mobile: '13800138002' })
    const before = await exchanges(world)
    expect(JSON.stringify(before)).toContain('138****8002')
    await world.call('association.withdraw', { account: 'acme', mobile: wang.mobile })
    const after = await exchanges(world)
    expect(JSON.stringify(after)).not.toContain('138****8002')
    expect(after).toHaveLength(before.length)
  })

  it('gives no EID that another world or account has', async () => {
    const sim = await startSim()
    const fresh = await rotate(sim)
    const taken = { field: 'accounts.0.eid', type: 'id_taken' }
    const body = { name: 'other', accounts: [{ key: 'other', eid: fresh }] }
    expect((await sim.http('POST', '/_sim/v1/worlds', body)).json).toMatchObject(taken)
    const path = '/_sim/v1/worlds/test/accounts'
    expect((await sim.http('POST', path, { key: 'other', eid: fresh })).json).toMatchObject({
      type: 'id_taken',
    })
  })
})
