import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { ProfileData } from '../../../src/simulator.ts'
import { type CallbackReceiver, type Manner, startReceiver } from '../../callback-receiver.ts'
import { startSim } from '../../sim.ts'
import { exchanges } from '../journal.ts'
import { hands, secret } from './told.ts'

/** As a partner tells it who has another event, another signature, and another word for "received". */
const callback: ProfileData['callback'] = {
  content: 'form',
  body: {
    type: 'wechat.status',
    id: '{msgid_str}',
    at: '{now:unix}',
    ref: '{client_msg_id}',
    result: 'OK',
  },
  by_state: { failed: { type: 'wechat.status', id: '{msgid_str}', result: '{wechat_status}' } },
  headers: { 'X-Event': '{event_id}' },
  signature: {
    algorithm: 'hmac-sha1',
    parts: ['timestamp', 'sorted'],
    separator: '|',
    encoding: 'base64',
    at: '/sign',
    timestamp: { at: 'header:X-Time' },
  },
  acknowledged: { text: ['SUCCESS'], status: [200] },
  tries_at_s: [1, 30],
}

async function startTold(manner: Manner) {
  const receiver: CallbackReceiver = await startReceiver(manner)
  const to = { url: receiver.url, secret }
  const profiles = [{ name: 'own', base: '/own', callback }]
  const accounts = [{ key: 'acme', eid: 'acme-e1', profile: 'own', callback: to }]
  const sim = await startSim({ profiles, world: { accounts } })
  const send = (mobile: string) =>
    sim.http('POST', '/own/messages', {
      eid: 'acme-e1',
      mobile,
      message: 'hi',
      client_msg_id: 'order-1',
    })
  return { ...sim, ...hands(sim), receiver, send }
}

describe('a profile says what the platform is told', () => {
  it('in its words, with its signature, at its times, until it is acknowledged as it wants', async () => {
    const { send, world, receiver, callback: shown } = await startTold(200)
    await send('13800138002')
    await world.advance('PT1S')
    expect(await shown()).toMatchObject({
      state: 'pending',
      tries_left: 1,
      last_status: 200,
      last_error: 'another answer than {"text":["SUCCESS"],"status":[200]}',
    })
    receiver.manner = (response) => void response.end('SUCCESS')
    await world.advance('PT29S')
    expect(await shown()).toMatchObject({ state: 'delivered', tries: 2, last_error: null })

    const [first, second] = receiver.received
    expect(first?.headers).toMatchObject({
      'content-type': 'application/x-www-form-urlencoded',
      'x-event': (await shown()).callback,
    })
    const { sign, ...told } = Object.fromEntries(new URLSearchParams(second?.text))
    expect(told).toMatchObject({ type: 'wechat.status', ref: 'order-1', result: 'OK' })
    const sorted = Object.entries(told)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map((pair) => pair.join('='))
      .join('&')
    const signed = `${second?.headers['x-time']}|${sorted}`
    expect(sign).toBe(createHmac('sha1', secret).update(signed).digest('base64'))
    const kept = await exchanges(world, { surface: 'callback' })
    expect(JSON.stringify(kept)).toContain('wechat.status')
  })

  it('with another body when the message has failed', async () => {
    const { send, world, receiver, wang, acme } = await startTold(200)
    await wang.blocks(acme)
    await send('13800138002')
    await world.advance('PT1M')
    expect(receiver.received).toHaveLength(2)
    const told = Object.fromEntries(new URLSearchParams(receiver.received[0]?.text))
    expect(told).toMatchObject({ type: 'wechat.status', result: 'failed:user block' })
  })
})
