import { describe, expect, it } from 'vitest'
import { startReceiver } from '../callback-receiver.ts'
import { onEither } from '../database.ts'
import { type Sim, startSim } from '../sim.ts'
import { held, send_path, startFakeWechat } from './fake-wechat.ts'
import { exchanges, tables } from './journal.ts'
import { aes_key, msgid, type Oddity, push, receipt, token } from './pushed.ts'
import { goThrough, startAt, startThrough } from './through.ts'

const told = ({ decision }: { decision: readonly (string | object)[] }) => decision.at(-1)
/** The latest call that came in from WeChat. */
const latest = async ({ world }: Sim) => {
  const all = await exchanges(world, { surface: 'gateway' })
  const found = all.find(({ direction }) => direction === 'in')
  if (!found) throw new Error('WeChat has not called')
  return found
}

onEither('the receipt of a real send', (database) => {
  /** Another simulator plays the WeChat of Acme, whose pushes lead here, and this one tells a platform. */
  async function withReceipts(mode: string) {
    const receiver = await startReceiver()
    const callback = { url: receiver.url, secret: 'whisper' }
    const accounts = [{ key: 'acme', company: '晨光科技', callback }]
    const near = await startThrough({ database, listen: true, world: { accounts } })
    const { remote, acme, world, sim } = near
    const { appid, info } = remote.acme
    const base_url = `${remote.sim.url}/w/wechat`
    const app_secret = info.app_secret ?? ''
    await goThrough(near, { base_url, appid, app_secret, token, aes_key })
    const server = { url: `${sim.url}/w/test/tupu/wechat/${acme.eid}`, token, aes_key, mode }
    const settle = async () => {
      await remote.world.advance('PT0S')
      await world.advance('PT0S')
    }
    const points = () => remote.world.call('official_account.update', { appid, server })
    return { near, remote, receiver, settle, points }
  }

  it.each(['plain', 'compat', 'aes'])(
    'is pushed here (%s), and the platform told once',
    async (mode) => {
      const { near, remote, receiver, settle, points } = await withReceipts(mode)
      expect(await points()).toMatchObject({ server: { verified: true, mode } })
      expect(await latest(near)).toMatchObject({ endpoint: 'gateway.verify', status: 200 })
      const { wang, platform, acme, world } = near
      await platform.sends(acme, { mobile: wang.mobile, client_msg_id: 'order-17' })
      expect(await world.message()).toMatchObject({ state: 'accepted' })
      await settle()
      const { message, msgid_str } = await world.message()
      expect(await world.message()).toMatchObject({ state: 'delivered', reason: null })
      expect(receiver.received.map(({ body }) => body)).toMatchObject([
        { event: 'message.delivered', msgid_str, client_msg_id: 'order-17', eid: acme.eid },
      ])
      expect(await latest(near)).toMatchObject({
        endpoint: 'gateway.receive',
        answer: { body: 'success' },
        decision: expect.arrayContaining([
          { rule: 'receipt.known', row: { message, msgid: msgid_str } },
        ]),
      })
      const { trace } = await latest(near)
      const story = (await world.call('trace.get', { trace })) as { items: { kind: string }[] }
      expect(story.items.map(({ kind }) => kind)).toEqual(['exchange', ...Array(5).fill('step')])
      const before = await tables(world)
      const { items } = (await remote.world.call('push.list')) as { items: { push: string }[] }
      await remote.world.call('push.redeliver', { push: items[0]?.push })
      await settle()
      expect(told(await latest(near))).toMatchObject({ rule: 'receipt.first', actual: 'delivered' })
      expect(await tables(world)).toEqual(before)
      expect(receiver.received).toHaveLength(1)
    },
  )

  it('says that it failed, and why', async () => {
    const { near, remote, receiver, settle, points } = await withReceipts('aes')
    await points()
    const { wang, platform, acme, world } = near
    await remote.wang.blocks(remote.acme)
    await platform.sends(acme, { mobile: wang.mobile })
    await settle()
    expect(await world.message()).toMatchObject({ state: 'failed', reason: 'user_block' })
    expect(receiver.received.map(({ body }) => body)).toMatchObject([
      { event: 'message.failed', reason: 'user_block', wechat_status: 'failed:user block' },
    ])
  })
})

/** Acme sends through a WeChat of the test's own, which has accepted a message to Wang. */
async function startAccepted(): Promise<Sim> {
  const wechat = await startFakeWechat()
  const sim = await startAt(wechat.url)
  await goThrough(sim, { base_url: wechat.url, token, aes_key })
  await sim.platform.sends(sim.acme, { mobile: sim.wang.mobile })
  return sim
}

describe('what is pushed to the address of an EID', () => {
  it.each([
    { status: 'success', state: 'delivered', reason: null },
    { status: 'failed:user block', state: 'failed', reason: 'user_block' },
    { status: 'failed: system failed', state: 'failed', reason: 'system_failed' },
    { status: 'failed:freq limit', state: 'failed', reason: 'freq_limit' },
    { status: 'failed:something new', state: 'failed', reason: 'system_failed' },
    { status: 'sent', state: 'accepted', reason: null },
  ])('makes $state of $status', async ({ status, ...became }) => {
    const sim = await startAccepted()
    expect(await push(sim, receipt(status))).toMatchObject({ status: 200, text: 'success' })
    expect(await sim.world.message()).toMatchObject(became)
  })

  it('is acknowledged where it is of no message, another account’s, or no receipt, and changes nothing', async () => {
    const sim = await startAccepted()
    const { world, globex } = sim
    const before = await tables(world)
    const acknowledged = async (fields: Parameters<typeof push>[1], odd: Oddity = {}) => {
      expect(await push(sim, fields, odd)).toMatchObject({ status: 200, text: 'success' })
      return told(await latest(sim))
    }
    expect(await acknowledged(receipt('success', '17'))).toMatchObject({
      rule: 'receipt.known',
      actual: '17',
    })
    for (const event of ['subscribe', 'unsubscribe'])
      expect(
        await acknowledged([
          ['MsgType', 'event'],
          ['Event', event],
        ]),
      ).toEqual({ rule: 'pushed.acknowledged', row: { event } })
    expect(await tables(world)).toEqual(before)
    const far = { base_url: 'http://127.0.0.1:1', token, aes_key }
    await world.call('account.update', {
      eid: 'globex',
      gateway: { kind: 'remote', appid: 'wx00000000000000bb', app_secret: 's', ...far },
    })
    expect(await acknowledged(receipt(), { eid: globex.eid })).toMatchObject({
      rule: 'receipt.known',
      actual: msgid,
    })
    expect(await world.message()).toMatchObject({ state: 'accepted' })
  })

  it('is forgotten with the person that it was about', async () => {
    const sim = await startAccepted()
    await push(sim, receipt())
    const kept = async () => JSON.stringify(await latest(sim))
    expect(await kept()).toContain('o-wang')
    await sim.world.call('association.withdraw', { mobile: sim.wang.mobile })
    expect(await kept()).not.toContain('o-wang')
  })

  it.each<{ what: string; odd: Oddity }>([
    { what: 'another token', odd: { token: 'other' } },
    { what: 'another token, encrypted', odd: { token: 'other', mode: 'aes' } },
    {
      what: 'another token, its parameters without an openid',
      odd: { token: 'other', mode: 'aes', url: (url) => url.replace(/&openid=[^&]*/, '') },
    },
    {
      what: 'another msg_signature',
      odd: { mode: 'aes', url: (url) => url.replace(/msg_signature=../, 'msg_signature=zz') },
    },
    { what: 'a body that is no XML', odd: { body: (body) => `${body}<` } },
  ])('is forgotten likewise where it was refused: $what', async ({ odd }) => {
    const sim = await startAccepted()
    expect((await push(sim, receipt(), odd)).status).toBeGreaterThanOrEqual(400)
    const kept = async () => {
      const { url, request } = (await latest(sim)) as unknown as {
        url: string
        request: { body: string }
      }
      return [url.includes('nonce='), request.body !== '']
    }
    expect(await kept()).toEqual([true, true])
    await sim.world.call('association.withdraw', { mobile: sim.wang.mobile })
    expect(JSON.stringify(await latest(sim))).not.toContain('o-wang')
    expect((await kept())[1]).toBe(false)
  })

  const doctype = '<!DOCTYPE xml [<!ENTITY a "b">]><xml>&a;</xml>'
  it.each<{ what: string; odd: Oddity; status: number; rule: string }>([
    { what: 'another token', odd: { token: 'other' }, status: 403, rule: 'pushed.signature' },
    {
      what: 'another msg_signature',
      odd: { mode: 'aes', url: (url) => url.replace(/msg_signature=../, 'msg_signature=zz') },
      status: 403,
      rule: 'pushed.msg_signature',
    },
    {
      what: 'the key of another account',
      odd: { mode: 'aes', aes_key: aes_key.toLowerCase() },
      status: 400,
      rule: 'pushed.readable',
    },
    {
      what: 'the appid of another account',
      odd: { mode: 'aes', appid: 'wx00000000000000cc' },
      status: 403,
      rule: 'pushed.appid',
    },
    {
      what: 'clear text that says it is encrypted',
      odd: { url: (url) => `${url}&encrypt_type=aes` },
      status: 400,
      rule: 'pushed.readable',
    },
    { what: 'a DOCTYPE', odd: { body: () => doctype }, status: 400, rule: 'pushed.readable' },
    { what: 'no XML', odd: { body: () => '{}' }, status: 400, rule: 'pushed.readable' },
    {
      what: 'no UTF-8',
      odd: { body: () => new Uint8Array([60, 255, 62]) },
      status: 400,
      rule: 'pushed.readable',
    },
    {
      what: 'a MsgID that is no number',
      odd: { body: (body) => body.replace(msgid, '4e3') },
      status: 400,
      rule: 'pushed.readable',
    },
    { what: 'an unknown EID', odd: { eid: 'nobody-1' }, status: 404, rule: 'pushed.eid' },
  ])('is refused with $what, and changes nothing', async ({ odd, status, rule }) => {
    const sim = await startAccepted()
    const before = await tables(sim.world)
    const answer = await push(sim, receipt(), odd)
    expect(answer).toMatchObject({ status, text: expect.not.stringContaining('success') })
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(await tables(sim.world)).toEqual(before)
    if (odd.eid === undefined) expect(told(await latest(sim))).toMatchObject({ rule })
  })

  it('waits for WeChat’s answer to the send, which it may have overtaken', async () => {
    const hold = held()
    const wechat = await startFakeWechat({ [send_path]: hold.fake })
    const sim = await startAt(wechat.url)
    const { acme, wang, platform, world } = sim
    await goThrough(sim, { base_url: wechat.url, token, aes_key })
    const sent = platform.sends(acme, { mobile: wang.mobile })
    await hold.asked
    const pushed = push(sim, receipt())
    // The push is under way once a call that comes after it has its answer.
    await platform.sends(acme, { mobile: 'x' })
    hold.release()
    expect(await sent).toMatchObject({ errcode: 0 })
    expect(await pushed).toMatchObject({ status: 200, text: 'success' })
    expect(await world.messages({ mobile: wang.mobile })).toMatchObject([{ state: 'delivered' }])
  })

  it('is to be tried again when that answer does not come in time', async () => {
    const hold = held()
    const wechat = await startFakeWechat({ [send_path]: hold.fake })
    const sim = await startAt(wechat.url, { limits: { answer_ms_max: 200 } })
    const { acme, wang, platform, world } = sim
    await world.call('account.update', { eid: 'acme', gateway_timeout: 'PT30S' })
    await goThrough(sim, { base_url: wechat.url, token, aes_key })
    const sent = platform.sends(acme, { mobile: wang.mobile })
    await hold.asked
    expect(await push(sim, receipt())).toMatchObject({ status: 503 })
    expect(told(await latest(sim))).toMatchObject({ rule: 'receipt.timely', actual: msgid })
    hold.release()
    expect(await sent).toMatchObject({ errcode: 0 })
    expect(await push(sim, receipt())).toMatchObject({ status: 200 })
    expect(await world.message()).toMatchObject({ state: 'delivered' })
  })
})

describe('the look of WeChat', () => {
  it('is answered with the echostr as it is, and refused in plain text else', async () => {
    const sim = await startAccepted()
    const { http, acme } = sim
    // Of simToken2026, 1767574800 and 123456789, by `openssl sha1` over the three in the order of their bytes.
    const signature = '9dca45694ec32e9992e49deadf2ad62c9ea3c493'
    const look = (but: object) => {
      const all = { signature, timestamp: '1767574800', nonce: '123456789', ...but }
      return http('GET', `/w/test/tupu/wechat/${acme.eid}?${new URLSearchParams(all)}`)
    }
    const echostr = '<b>8&9 \u00e9</b>'
    const good = await look({ echostr })
    expect(good).toMatchObject({ status: 200, text: echostr })
    expect(good.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(good.headers.get('x-content-type-options')).toBe('nosniff')
    expect(await look({ echostr, signature: '' })).toMatchObject({ status: 403 })
    expect(await look({ echostr, nonce: '1' })).toMatchObject({ status: 403 })
    expect(await look({})).toMatchObject({ status: 403 })
    expect(await http('PUT', `/tupu/wechat/${acme.eid}`, {})).toMatchObject({ status: 405 })
    expect(await http('GET', '/tupu/wechat/a/b')).toMatchObject({ status: 404 })
  })

  it('is refused while the gateway has no token, and the account shows which it has', async () => {
    const wechat = await startFakeWechat()
    const sim = await startAt(wechat.url)
    expect(await push(sim, receipt())).toMatchObject({ status: 403 })
    expect(told(await latest(sim))).toMatchObject({ rule: 'pushed.token' })
    const shown = await goThrough(sim, { base_url: wechat.url, token, aes_key })
    expect(shown).toMatchObject({ token, aes_key })
  })
})

it('what our own WeChat pushes here is a repeat of what is known', async () => {
  const sim = await startSim({ listen: true })
  const { acme, wang, platform, world } = sim
  const url = `${sim.sim.url}/w/test/tupu/wechat/${acme.eid}`
  const server = { url, mode: 'aes' }
  await world.call('official_account.update', { appid: acme.appid, server })
  await platform.sends(acme, { mobile: wang.mobile })
  await world.advance('PT0S')
  expect(told(await latest(sim))).toMatchObject({ rule: 'receipt.first', actual: 'delivered' })
})
