import { describe, expect, it } from 'vitest'
import { isSigned, startReceiver } from '../../callback-receiver.ts'
import { onEither } from '../../database.ts'
import { first_instant, startSim } from '../../sim.ts'
import { exchanges, tables } from '../journal.ts'
import { hands, secret, startTold } from './told.ts'

/** Every status that WeChat's push may have, and what TUPU makes of it. */
const statuses = [
  { given: 'success', wechat_status: 'success', state: 'delivered', reason: null },
  {
    given: 'user_block',
    wechat_status: 'failed:user block',
    state: 'failed',
    reason: 'user_block',
  },
  {
    given: 'system_failed',
    wechat_status: 'failed: system failed',
    state: 'failed',
    reason: 'system_failed',
  },
  {
    given: 'freq_limit',
    wechat_status: 'failed:freq limit',
    state: 'failed',
    reason: 'freq_limit',
  },
]

onEither('what a platform is told', (database) => {
  it.each(statuses)('of a receipt by hand: $wechat_status', async ({ given, ...told }) => {
    const { acme, send, world, receiver, callback } = await startTold({ database })
    await world.call('official_account.update', { appid: acme.appid, delivery: 'manual' })
    await send({ client_msg_id: 'order-17' })
    await world.advance('PT5S')
    expect(receiver.received).toEqual([])
    const { message, msgid_str, trace } = await world.message()
    await world.call('message.receipt', { message, status: given })
    expect(await world.message()).toMatchObject({ state: told.state, reason: told.reason })
    const { ran } = await world.advance('PT0S')
    const { callback: event_id, body } = await callback()
    expect(ran).toEqual([
      {
        kind: 'callback',
        subject: event_id,
        due_at: '2026-01-05T01:00:05.000Z',
        outcome: 'delivered',
      },
    ])
    expect(receiver.received.map(({ body }) => body)).toEqual([
      {
        event: `message.${told.state}`,
        event_id,
        eid: acme.eid,
        msgid_str,
        client_msg_id: 'order-17',
        occurred_at: '2026-01-05T01:00:05.000Z',
        ...told,
      },
    ])
    expect(body).toEqual(receiver.received[0]?.body)
    expect(await callback()).toMatchObject({
      account: 'acme',
      message,
      trace,
      state: 'delivered',
      tries: 1,
      due_at: null,
      last_at: '2026-01-05T01:00:05.000Z',
      last_status: 204,
      last_error: null,
    })
    expect((await world.advance('P1D')).ran).toEqual([])
    expect(receiver.received).toHaveLength(1)
  })

  it.each([
    { when: 'at once', delivery: 'immediate', seconds: 0 },
    { when: 'after a duration', delivery: 'PT30S', seconds: 30 },
  ])('of a receipt that comes $when: delivered, or blocked', async ({ delivery, seconds }) => {
    const { acme, wang, send, world, receiver } = await startTold({ database })
    await world.call('official_account.update', { appid: acme.appid, delivery })
    await send({ message: 'one' })
    await wang.blocks(acme)
    await send({ message: 'two' })
    const { ran } = await world.advance('PT1M')
    const occurred_at = new Date(Date.parse(first_instant) + seconds * 1000).toISOString()
    expect(ran.filter(({ kind }) => kind === 'callback')).toHaveLength(2)
    expect(ran.every(({ due_at }) => due_at === occurred_at)).toBe(true)
    const messages = await world.messages()
    expect(receiver.received.map(({ body }) => body)).toMatchObject([
      {
        event: 'message.delivered',
        wechat_status: 'success',
        msgid_str: messages[0]?.msgid_str,
        occurred_at,
      },
      {
        event: 'message.failed',
        wechat_status: 'failed:user block',
        msgid_str: messages[1]?.msgid_str,
        client_msg_id: null,
        occurred_at,
      },
    ])
  })
})

describe('a callback', () => {
  it('is a POST of JSON to the address as it was given, signed like a call of the platform', async () => {
    const { send, world, receiver } = await startTold()
    await send()
    await world.advance('PT0S')
    const [received] = receiver.received
    if (!received) throw new Error('nothing came')
    expect(received).toMatchObject({ method: 'POST', path: '/hook?of=hr' })
    expect(received.headers['content-type']).toBe('application/json')
    expect(isSigned(received, secret)).toBe(true)
    expect(isSigned(received, 'another')).toBe(false)
    const age_s = Date.now() / 1000 - Number(received.headers['x-tupu-timestamp'])
    expect(Math.abs(age_s)).toBeLessThan(60)
  })

  it('without a secret is not signed', async () => {
    const { send, world, receiver } = await startTold()
    await world.call('account.update', { eid: 'acme', callback: { url: receiver.url } })
    await send()
    await world.advance('PT0S')
    const names = Object.keys(receiver.received[0]?.headers ?? {})
    expect(names).toContain('content-type')
    expect(names.filter((name) => name.startsWith('x-tupu'))).toEqual([])
  })

  it('tells of a magic mobile too, and of nothing that was refused', async () => {
    const { send, world, receiver } = await startTold()
    for (const mobile of ['19900000000', '19900043004', '13900139000']) await send({ mobile })
    await world.advance('P1D')
    expect(receiver.received.map(({ body }) => body)).toMatchObject([
      { event: 'message.delivered', wechat_status: 'success' },
    ])
  })

  it('stands in the journal under the trace of its message, without secret and signature', async () => {
    const { send, world, receiver, callback } = await startTold()
    await send()
    await world.advance('PT0S')
    const { trace, callback: event_id } = await callback()
    const [exchange, ...more] = await exchanges(world, { surface: 'callback' })
    expect(more).toEqual([])
    expect(exchange).toMatchObject({
      trace,
      direction: 'out',
      method: 'POST',
      url: receiver.url,
      status: 204,
      request: { body: receiver.received[0]?.text },
      decision: [{ rule: 'callback.acknowledged', row: { callback: event_id, tries: 1 } }],
    })
    expect((await exchanges(world, { trace })).map(({ surface }) => surface)).toEqual([
      'callback',
      'tupu',
    ])
    const shown = JSON.stringify(await exchanges(world, {}))
    expect(shown).toContain('X-Tupu-Nonce')
    expect(shown).not.toContain(secret)
    const signature = String(receiver.received[0]?.headers['x-tupu-signature'])
    expect(shown).not.toContain(signature.slice(7))
  })

  it('has the same id, and signs otherwise, in a world of the same name and seed', async () => {
    const first = await startTold()
    const second = await startTold()
    for (const { send, world } of [first, second]) {
      await send()
      await world.advance('PT0S')
    }
    const [a, b] = [first.receiver.received[0], second.receiver.received[0]]
    expect(a?.text).toBe(b?.text)
    expect(a?.headers['x-tupu-nonce']).not.toBe(b?.headers['x-tupu-nonce'])
  })

  it('names the EID that the account has when it happens', async () => {
    const { acme, send, world, receiver } = await startTold()
    await world.call('eid.rotate', { eid: 'acme', overlap: 'P7D' })
    await send()
    await world.advance('PT0S')
    const { accounts } = (await world.call('world.get')) as typeof world
    expect(receiver.received[0]?.body['eid']).toBe(accounts[0]?.eid)
    expect(accounts[0]?.eid).not.toBe(acme.eid)
  })
})

describe('an account without a callback', () => {
  it('tells nobody, and leaves nothing of it', async () => {
    const receiver = await startReceiver()
    const sim = await startSim()
    const { send, callbacks } = hands(sim)
    await send()
    const delivered = await tables(sim.world)
    expect(delivered['callback']).toEqual([])
    expect(JSON.stringify(delivered['counter'])).not.toContain('callback')
    await sim.world.call('account.update', { eid: 'acme', callback: { url: receiver.url } })
    await sim.world.advance('P1D')
    expect(await callbacks()).toEqual([])
    await send()
    await sim.world.call('account.update', { eid: 'acme', callback: null })
    const { ran } = await sim.world.advance('P1D')
    expect(ran).toMatchObject([{ kind: 'callback', outcome: 'failed: no callback' }])
    expect(await callbacks()).toMatchObject([
      { state: 'failed', tries: 0, due_at: null, last_error: expect.stringContaining('any more') },
    ])
    expect(receiver.received).toEqual([])
  })
})
