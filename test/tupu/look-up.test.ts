import { describe, expect, it } from 'vitest'
import { onEither } from '../database.ts'
import { type Sim, startSim } from '../sim.ts'

const unknown = { errcode: 100017, errmsg: 'unknown message' }

onEither('the look-up of a message', (database) => {
  it('tells by msgid and by client_msg_id what became of it', async () => {
    const sim = await startSim({ database })
    const { acme, wang, platform } = sim
    const { msgid_str } = await platform.sends(acme, {
      mobile: wang.mobile,
      client_msg_id: 'order-17',
    })
    const answer = {
      errcode: 0,
      errmsg: 'ok',
      msgid: expect.any(Number),
      msgid_str,
      client_msg_id: 'order-17',
      state: 'delivered',
      reason: null,
      wechat: { errcode: 0, errmsg: 'ok' },
      fall_back: false,
      created_at: '2026-01-05T01:00:00.000Z',
      state_at: '2026-01-05T01:00:00.000Z',
    }
    const byMsgid = await sim.http('GET', `/tupu/v1/messages/${msgid_str}?eid=${acme.eid}`)
    expect(byMsgid.json).toEqual(answer)
    expect(byMsgid.text).toContain(`"msgid":${msgid_str},`)
    expect(await find(sim, 'order-17')).toEqual(answer)
  })
})

describe('the look-up of a message', () => {
  it.each([
    { what: 'a msgid of nobody', path: '/messages/4795131072512000064?eid=acme-e1' },
    { what: 'a msgid that is none', path: '/messages/nothing?eid=acme-e1' },
    { what: 'NUL for a msgid', path: '/messages/%00?eid=acme-e1' },
    { what: 'a client_msg_id of nobody', path: '/messages?eid=acme-e1&client_msg_id=x' },
    { what: 'NUL for a client_msg_id', path: '/messages?eid=acme-e1&client_msg_id=%00' },
  ])('answers 100017 for $what', async ({ path }) => {
    const { http } = await startSim({ world: { accounts: [{ key: 'acme', eid: 'acme-e1' }] } })
    expect(await http('GET', `/tupu/v1${path}`)).toMatchObject({ status: 200, json: unknown })
  })

  it.each([
    { what: 'no EID', path: '/messages?client_msg_id=x', errcode: 100001 },
    { what: 'an unknown EID', path: '/messages/1?eid=nobody', errcode: 100001 },
    { what: 'no client_msg_id', path: '/messages?eid=acme-e1', errcode: 47001 },
    {
      what: 'an empty client_msg_id',
      path: '/messages?eid=acme-e1&client_msg_id=',
      errcode: 47001,
    },
  ])('answers $errcode for $what', async ({ path, errcode }) => {
    const { http } = await startSim({ world: { accounts: [{ key: 'acme', eid: 'acme-e1' }] } })
    expect((await http('GET', `/tupu/v1${path}`)).json).toMatchObject({ errcode })
  })

  it('does not tell one account of the messages of another', async () => {
    const sim = await startSim()
    const { acme, wang, platform, http, world } = sim
    const other = (await world.call('account.create', { key: 'hooli' })) as { eid: string }
    const { msgid_str } = await platform.sends(acme, { mobile: wang.mobile, client_msg_id: 'x' })
    const byMsgid = await http('GET', `/tupu/v1/messages/${msgid_str}?eid=${other.eid}`)
    expect(byMsgid.json).toEqual(unknown)
    const byId = await http('GET', `/tupu/v1/messages?eid=${other.eid}&client_msg_id=x`)
    expect(byId.json).toEqual(unknown)
  })

  it('serves an account that is not live', async () => {
    const { globex, http } = await startSim()
    const { json } = await http('GET', `/tupu/v1/messages?eid=${globex.eid}&client_msg_id=x`)
    expect(json).toEqual(unknown)
  })

  it('finds the latest attempt with a client_msg_id', async () => {
    const sim = await startSim()
    const { acme, li, platform, world } = sim
    const body = { mobile: li.mobile, client_msg_id: 'order-17' }
    await platform.sends(acme, body)
    expect(await find(sim, 'order-17')).toMatchObject({
      msgid: null,
      msgid_str: null,
      state: 'refused',
      wechat: { errcode: 100011, errmsg: 'no openid for this mobile' },
    })
    await li.registers(acme)
    await world.advance('PT1M')
    const { msgid_str } = await platform.sends(acme, body)
    expect(await find(sim, 'order-17')).toMatchObject({
      msgid_str,
      state: 'delivered',
      created_at: '2026-01-05T01:01:00.000Z',
    })
  })

  it('does not find a client_msg_id that was not fit to be one', async () => {
    const sim = await startSim()
    const { acme, wang, platform } = sim
    for (const client_msg_id of ['x'.repeat(65), 'a\0']) {
      expect((await platform.sends(acme, { mobile: wang.mobile, client_msg_id })).errcode).toBe(
        47001,
      )
    }
    expect(await find(sim, 'x'.repeat(65))).toEqual(unknown)
    expect(await find(sim, 'a\ufffd')).toEqual(unknown)
  })
})

describe('what becomes of a message', () => {
  it.each([
    { delivery: 'immediate', blocks: false, state: 'delivered', reason: null, fall_back: false },
    { delivery: 'immediate', blocks: true, state: 'failed', reason: 'user_block', fall_back: true },
    { delivery: 'manual', blocks: false, state: 'accepted', reason: null, fall_back: false },
    { delivery: 'manual', blocks: true, state: 'accepted', reason: null, fall_back: false },
    { delivery: 'PT2S', blocks: true, state: 'accepted', reason: null, fall_back: false },
  ])(
    'with delivery $delivery, of a follower who blocks: $blocks, is at once: $state',
    async (row) => {
      const { blocks, delivery, ...became } = row
      const sim = await startWith(delivery)
      if (blocks) await sim.wang.blocks(sim.acme)
      const answer = await sim.platform.sends(sim.acme, sending(sim))
      expect(answer.errcode).toBe(0)
      expect(await find(sim, 'order-17')).toMatchObject(became)
      expect(await sim.wang.inbox()).toHaveLength(blocks ? 0 : 1)
    },
  )

  it.each([
    { blocks: false, became: { state: 'delivered', reason: null, fall_back: false } },
    { blocks: true, became: { state: 'failed', reason: 'user_block', fall_back: true } },
  ])('is told after a duration, of a follower who blocks: $blocks', async ({ blocks, became }) => {
    const sim = await startWith('PT2S')
    if (blocks) await sim.wang.blocks(sim.acme)
    await sim.platform.sends(sim.acme, sending(sim))
    await sim.world.advance('PT1.999S')
    expect(await find(sim, 'order-17')).toMatchObject({ state: 'accepted' })
    await sim.world.advance('PT1H')
    expect(await find(sim, 'order-17')).toMatchObject({
      ...became,
      created_at: '2026-01-05T01:00:00.000Z',
      state_at: '2026-01-05T01:00:02.000Z',
    })
  })

  it.each([
    { status: 'success', became: { state: 'delivered', reason: null, fall_back: false } },
    { status: 'user_block', became: { state: 'failed', reason: 'user_block', fall_back: true } },
    {
      status: 'system_failed',
      became: { state: 'failed', reason: 'system_failed', fall_back: true },
    },
    { status: 'freq_limit', became: { state: 'failed', reason: 'freq_limit', fall_back: true } },
  ])('is told by hand: $status', async ({ status, became }) => {
    const sim = await startWith('manual')
    await sim.platform.sends(sim.acme, sending(sim))
    await sim.world.advance('P1D')
    const message = await sim.world.message()
    expect(message.state).toBe('accepted')
    await sim.world.call('message.receipt', { message: message.message, status })
    expect(await find(sim, 'order-17')).toMatchObject({
      ...became,
      state_at: '2026-01-06T01:00:00.000Z',
    })
  })

  it.each([
    { mobile: '13900139000', state: 'refused', fall_back: true },
    { mobile: '19900100031', state: 'unknown', fall_back: true },
    { mobile: '19900000000', state: 'delivered', fall_back: false },
  ])('says of $mobile, which is $state, whether to fall back: $fall_back', async (row) => {
    const sim = await startSim()
    const { mobile, ...became } = row
    await sim.platform.sends(sim.acme, { mobile, client_msg_id: 'order-17' })
    expect(await find(sim, 'order-17')).toMatchObject(became)
  })
})

async function startWith(delivery: string): Promise<Sim> {
  const sim = await startSim()
  await sim.world.call('official_account.update', { appid: sim.acme.appid, delivery })
  return sim
}

function sending({ wang }: Sim) {
  return { mobile: wang.mobile, client_msg_id: 'order-17' }
}

async function find({ http, acme }: Sim, client_msg_id: string) {
  const query = new URLSearchParams({ eid: acme.eid, client_msg_id })
  return (await http('GET', `/tupu/v1/messages?${query}`)).json
}
