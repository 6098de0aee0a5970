import { describe, expect, it } from 'vitest'
import { onEither } from '../database.ts'
import { startSim } from '../sim.ts'
import { lastStep, tables } from './journal.ts'

import { doneSteps, life, stepOf } from './life.ts'
import { rotate, send } from './rotation.ts'

onEither('a rotated EID', (database) => {
  it('works until its overlap is over, to the millisecond, and its successor from the first', async () => {
    const sim = await startSim({ database })
    const { acme, world } = sim
    const fresh = await rotate(sim, 'P7D')
    expect(fresh).toMatch(/^acme-/)
    expect(fresh).not.toBe(acme.eid)
    const works = async () => [
      (await send(sim, acme.eid)).errcode,
      (await send(sim, fresh)).errcode,
    ]
    expect(await works()).toEqual([0, 0])
    const end = Date.parse('2026-01-12T01:00:00.000Z')
    await world.call('clock.advance', { to: new Date(end - 1).toISOString() })
    expect(await works()).toEqual([0, 0])
    await world.call('clock.advance', { to: new Date(end).toISOString() })
    expect(await works()).toEqual([100001, 0])
    await world.advance('P365D')
    expect(await works()).toEqual([100001, 0])
  })

  it('may be one of several that work side by side, each to its own end', async () => {
    const sim = await startSim({ database })
    const first = sim.acme.eid
    const second = await rotate(sim, 'P30D')
    await sim.world.advance('P1D')
    const third = await rotate(sim, 'P7D')
    const eids = [first, second, third]
    expect(new Set(eids).size).toBe(3)
    const works = async () => {
      const answers = []
      for (const eid of eids) answers.push((await send(sim, eid)).errcode)
      return answers
    }
    expect(await works()).toEqual([0, 0, 0])
    await sim.world.advance('P7D')
    expect(await works()).toEqual([0, 100001, 0])
    await sim.world.advance('P22D')
    expect(await works()).toEqual([100001, 100001, 0])
    expect((await life(sim.world, 'acme')).eids).toEqual([
      { eid: first, ends_at: '2026-02-04T01:00:00.000Z' },
      { eid: second, ends_at: '2026-01-13T01:00:00.000Z' },
      { eid: third, ends_at: null },
    ])
  })
})

describe('a rotation', () => {
  it('without an overlap takes the old EID at once; the decision says why', async () => {
    const sim = await startSim()
    const fresh = await rotate(sim)
    expect(await send(sim, sim.acme.eid)).toMatchObject({ errcode: 100001 })
    expect(await lastStep(sim.world)).toMatchObject({
      rule: 'eid.current',
      actual: sim.acme.eid,
      row: { ended_at: '2026-01-05T01:00:00.000Z' },
      expected: fresh,
    })
    expect(await send(sim, fresh)).toMatchObject({ errcode: 0 })
  })

  it('keeps what is sent by the old EID as refused, under the account that had it: the platform must fall back', async () => {
    const sim = await startSim()
    const { world, acme, wang } = sim
    const fresh = await rotate(sim)
    await send(sim, acme.eid, { client_msg_id: 'order-17' })
    const refused = { state: 'refused', answer: { errcode: 100001 }, mobile: wang.mobile }
    expect(await world.messages({ account: 'acme' })).toMatchObject([{ ...refused, eid: fresh }])
    await world.advance('PT1M')
    await expect(world.audit()).rejects.toThrow(/lost: \+8613800138002 .*errcode 100001/)
    await send(sim, fresh, { client_msg_id: 'order-17' })
    await world.audit()
  })

  it('is shown everywhere from then on: world, environment, messages, answers and links', async () => {
    const sim = await startSim()
    const { world, acme, http, wang } = sim
    await send(sim, acme.eid)
    const fresh = await rotate(sim, 'P7D')
    const shown = (await world.call('world.get')) as {
      accounts: { eid: string; register_url: string }[]
      env: Record<string, string>
    }
    expect(shown.accounts[0]).toMatchObject({
      eid: fresh,
      register_url: `http://sim.localhost/w/test/register/${fresh}`,
    })
    expect(shown.env['TUPU_EID']).toBe(fresh)
    expect(await world.messages()).toMatchObject([{ eid: fresh }])
    expect(await world.register(wang.mobile)).toMatchObject({ eid: fresh })
    const { json } = await http('GET', `/tupu/v1/accounts/${acme.eid}`)
    expect(json).toMatchObject({ eid: fresh })
    expect((await http('GET', '/w/test/')).text).toContain(fresh)
    expect(await life(world, acme.eid)).toMatchObject({ key: 'acme', eid: fresh })
  })

  it('takes what control calls name: key and both EIDs, then not the old one', async () => {
    const sim = await startSim()
    const { world, acme } = sim
    const fresh = await rotate(sim, 'P1D')
    for (const account of ['acme', acme.eid, fresh])
      expect(await world.register('13800138009', { account })).toMatchObject({ eid: fresh })
    await world.advance('P1D')
    await expect(world.register('13800138009', { account: acme.eid })).rejects.toThrow(/no account/)
    expect(await world.register('13800138009', { account: fresh })).toMatchObject({ eid: fresh })
    expect(await world.messages({ account: fresh })).toEqual([])
  })

  it('leads candidates on from an old link as long as it works', async () => {
    const sim = await startSim()
    const { acme, world, http } = sim
    const fresh = await rotate(sim, 'P1D')
    const open = (eid: string) => http('GET', `/as/li/register/${eid}`)
    const { status, headers } = await open(acme.eid)
    expect(status).toBe(302)
    expect(headers.get('location')).toContain(encodeURIComponent(`/register/${fresh}`))
    await world.advance('P1D')
    expect((await open(acme.eid)).status).toBe(404)
    expect((await open(fresh)).status).toBe(302)
  })

  it('leaves the memory of a client_msg_id: the same message by either EID is one message', async () => {
    const sim = await startSim()
    const { acme, world } = sim
    const order = { client_msg_id: 'order-17' }
    const { msgid_str } = await send(sim, acme.eid, order)
    const fresh = await rotate(sim, 'P1D')
    expect(await send(sim, fresh, order)).toMatchObject({ errcode: 0, msgid_str })
    expect(await send(sim, acme.eid, order)).toMatchObject({ errcode: 0, msgid_str })
    expect(await send(sim, fresh, { ...order, message: '另一条' })).toMatchObject({
      errcode: 100015,
    })
    const { json } = await sim.platform.get(`/messages?eid=${fresh}&client_msg_id=order-17`)
    expect(json).toMatchObject({ state: 'refused' })
    const found = await sim.platform.get(`/messages/${msgid_str}?eid=${fresh}`)
    expect(found.json).toMatchObject({ errcode: 0, msgid_str })
    expect(await world.messages({ state: 'delivered' })).toHaveLength(1)
  })

  it('asks the platform to confirm anew, and the menu to be published anew', async () => {
    const sim = await startSim()
    const { world, acme, http } = sim
    const fresh = await rotate(sim, 'P7D')
    const done = () => doneSteps(http, { eid: fresh })
    expect(await done()).not.toContain('eid_confirmed')
    expect(await done()).toContain('registration_page_published')
    await http('POST', `/tupu/v1/accounts/${acme.eid}/confirm`)
    expect(await done()).not.toContain('eid_confirmed')
    const { json } = await http('POST', `/tupu/v1/accounts/${fresh}/confirm`)
    expect(json).toMatchObject({ eid: fresh, live: true })
    expect(await done()).toContain('eid_confirmed')
    await world.advance('P7D')
    expect(await stepOf(world, 'acme', 'registration_page_published')).toMatchObject({
      done: false,
      next: { call: 'registration_page.publish', input: { eid: 'acme' } },
    })
    await world.call('registration_page.publish', { eid: 'acme' })
    expect(await done()).toContain('registration_page_published')
    const [menu] = (await tables(world))['menu'] as { buttons: string }[]
    expect(menu?.buttons).not.toContain(acme.eid)
    expect(menu?.buttons.match(new RegExp(`/register/${fresh}`, 'g'))).toHaveLength(2)
    expect(menu?.buttons.match(new RegExp(`/apply/${fresh}`, 'g'))).toHaveLength(1)
  })
})
