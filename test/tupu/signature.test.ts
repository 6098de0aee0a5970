import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createSimulator } from '../../src/simulator.ts'
import { type Sim, startSim } from '../sim.ts'
import { exchanges, lastStep } from './journal.ts'
import { realSeconds, type Signed, signedHeaders } from './signed.ts'

const invalid = { errcode: 100003, errmsg: 'invalid signature' }

describe('the signature of a call', () => {
  it.each([
    '/w/test/tupu/v1/messages',
    '/tupu/v1/messages',
    '/tupu/v1/messages?tries=2&x=%E4%BD%A0',
  ])('covers method, path with query as sent, and body of POST %s', async (path) => {
    const { sim, good } = await startSigned({ path })
    expect(await post(sim, good)).toMatchObject({ errcode: 0 })
  })

  it('is the hex HMAC-SHA256 that the contract describes, over a real port too', async () => {
    const { sim, good } = await startSigned({ listen: true })
    expect(await post(sim, good)).toMatchObject({ errcode: 0 })
  })

  it.each([
    { what: 'another secret', but: { secret: 'k'.repeat(40) } },
    { what: 'another method', but: { method: 'PUT' } },
    { what: 'the path without its world', but: { path: '/tupu/v1/messages' } },
    { what: 'a query that was not sent', but: { path: '/w/test/tupu/v1/messages?x=1' } },
    { what: 'another body', but: { body: '{"eid":"acme-e1"}' } },
  ])(
    'made over $what is refused, and the decision shows the string that we signed',
    async ({ but }) => {
      const { sim, good, sent } = await startSigned()
      expect(await post(sim, good, signedHeaders({ ...good, ...but }))).toEqual(invalid)
      const { rule, expected } = await lastStep(sim.world)
      expect(rule).toBe('signature.valid')
      const [timestamp, nonce, method, path, digest] = (
        expected as { signed: string }
      ).signed.split('\n')
      expect({ timestamp, nonce, method, path }).toEqual({
        timestamp: sent['X-Tupu-Timestamp'],
        nonce: 'n-1',
        method: 'POST',
        path: '/w/test/tupu/v1/messages',
      })
      expect(digest).toMatch(/^[0-9a-f]{64}$/)
    },
  )

  it.each([
    {
      what: 'upper-case hex',
      change: (value: string) => value.toUpperCase().replace('SHA256', 'sha256'),
      rule: 'signature.lower_case',
    },
    {
      what: 'no prefix',
      change: (value: string) => value.replace('sha256=', ''),
      rule: 'signature.prefix',
    },
    {
      what: 'another prefix',
      change: (value: string) => value.replace('sha256=', 'SHA256='),
      rule: 'signature.prefix',
    },
    {
      what: 'a digit less',
      change: (value: string) => value.slice(0, -1),
      rule: 'signature.hex',
    },
    { what: 'nothing after the prefix', change: () => 'sha256=', rule: 'signature.hex' },
    { what: 'base64', change: () => `sha256=${'qA='.repeat(15)}`, rule: 'signature.hex' },
  ])('in another form is refused, and the decision says which: $what', async ({ change, rule }) => {
    const { sim, good, sent } = await startSigned()
    const headers = { ...sent, 'X-Tupu-Signature': change(sent['X-Tupu-Signature'] ?? '') }
    expect(await post(sim, good, headers)).toEqual(invalid)
    const step = await lastStep(sim.world)
    expect(step.rule).toBe(rule)
    // The fix names the account, whose EID has signs of its own.
    expect(JSON.stringify({ ...step, fix: null })).not.toContain(
      headers['X-Tupu-Signature'].slice(7, 20) || '-',
    )
  })

  it.each(['X-Tupu-Timestamp', 'X-Tupu-Nonce', 'X-Tupu-Signature'])(
    'is refused without %s, and the decision names it',
    async (name) => {
      const { sim, good, sent } = await startSigned()
      const { [name]: _, ...headers } = sent
      expect(await post(sim, good, headers)).toEqual(invalid)
      expect(await lastStep(sim.world)).toMatchObject({
        rule: 'signature.given',
        actual: { missing: [name.toLowerCase()] },
      })
    },
  )

  it.each([
    { shift_s: -295, errcode: 0, is: undefined },
    { shift_s: 295, errcode: 0, is: undefined },
    { shift_s: -305, errcode: 100003, is: 'too old' },
    { shift_s: 305, errcode: 100003, is: 'too new' },
  ])('may be $shift_s s from real time: $errcode', async ({ shift_s, errcode, is }) => {
    const { sim, good } = await startSigned()
    const timestamp = await realSeconds(sim, shift_s)
    expect(await post(sim, { ...good, timestamp })).toMatchObject({ errcode })
    if (is === undefined) return
    const step = { rule: 'signature.timely', actual: { timestamp, is, off_s: expect.any(Number) } }
    expect(await lastStep(sim.world)).toMatchObject(step)
  })

  it.each([
    { what: 'milliseconds', change: (seconds: string) => `${seconds}000` },
    { what: 'a date', change: () => '2026-01-05T01:00:00Z' },
    { what: 'a fraction', change: (seconds: string) => `${seconds}.5` },
    { what: 'a sign', change: (seconds: string) => `+${seconds}` },
  ])('has its timestamp in whole Unix seconds, not as $what', async ({ change }) => {
    const { sim, good } = await startSigned()
    expect(await post(sim, { ...good, timestamp: change(good.timestamp) })).toEqual(invalid)
  })

  it('goes by real time, not by the clock of the world', async () => {
    const { sim, good } = await startSigned()
    await sim.world.advance('P30D')
    expect(await post(sim, good)).toMatchObject({ errcode: 0 })
  })

  it('goes by the time of the machine, also after that was set back', async () => {
    onTestFinished(() => void vi.useRealTimers())
    const { sim, good } = await startSigned()
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 3_600_000 })
    const timestamp = String(Math.floor(Date.now() / 1000))
    expect(await post(sim, { ...good, timestamp })).toMatchObject({ errcode: 0 })
  })

  it('is asked of look-ups too, over their path and query and an empty body', async () => {
    const { sim, good } = await startSigned()
    for (const path of [
      '/w/test/tupu/v1/accounts/acme-e1',
      '/w/test/tupu/v1/messages?eid=acme-e1&client_msg_id=order-1',
    ]) {
      const signed = { ...good, method: 'GET', path, body: '', nonce: path }
      expect((await sim.http('GET', path)).json).toEqual(invalid)
      const { json } = await sim.http('GET', path, undefined, signedHeaders(signed))
      expect([0, 100017]).toContain(json['errcode'])
    }
  })

  it('is asked of a send that leaves its message when it has none', async () => {
    const { sim, good } = await startSigned()
    await post(sim, good, {})
    expect(await sim.world.messages()).toMatchObject([{ state: 'refused', answer: invalid }])
  })

  it('and the secret stand in no exchange', async () => {
    const { sim, good, sent } = await startSigned()
    await post(sim, good)
    const shown = JSON.stringify(await exchanges(sim.world))
    expect(shown).toContain('x-tupu-nonce')
    expect(shown).not.toContain(sent['X-Tupu-Signature']?.slice(7))
    expect(shown).not.toContain(good.secret)
  })
})

describe('an account without a partner secret', () => {
  it('needs no signature, and minds none', async () => {
    const { acme, wang, platform, http } = await startSim()
    expect((await platform.sends(acme, { mobile: wang.mobile })).errcode).toBe(0)
    const headers = { 'X-Tupu-Timestamp': '1', 'X-Tupu-Nonce': '1', 'X-Tupu-Signature': 'sha256=0' }
    const body = { eid: acme.eid, mobile: wang.mobile, message: 'hi' }
    expect((await http('POST', '/tupu/v1/messages', body, headers)).json).toMatchObject({
      errcode: 0,
    })
  })

  it('gets one by account.update, and loses it again', async () => {
    const { acme, wang, platform, world } = await startSim()
    const change = { eid: 'acme', partner_secret: 'generated' }
    expect(await world.call('account.update', change)).toMatchObject({
      partner_secret: expect.stringMatching(/^\w{40}$/),
    })
    expect((await platform.sends(acme, { mobile: wang.mobile })).errcode).toBe(100003)
    await world.call('account.update', { eid: 'acme', partner_secret: null })
    expect((await platform.sends(acme, { mobile: wang.mobile })).errcode).toBe(0)
  })

  it.each([
    {
      what: 'an exposed server gives one to each new account',
      options: { exposed: true },
      has: true,
    },
    { what: 'a loopback server gives none', options: {}, has: false },
    {
      what: 'an exposed server gives none when it is told to stay open',
      options: { exposed: true, partnerOpen: true },
      has: false,
    },
  ])('is rare: $what', async ({ options, has }) => {
    await using sim = await createSimulator(options)
    const world = await sim.world({ name: 'test' })
    expect(world.accounts.map(({ partner_secret }) => partner_secret !== null)).toEqual([has])
  })
})

/** An account with a secret, and everything for a send that is signed as it should be. */
async function startSigned({ path = '/w/test/tupu/v1/messages', listen = false } = {}) {
  const accounts = [{ key: 'acme', eid: 'acme-e1', partner_secret: 'generated' as const }]
  const sim = await startSim({ listen, world: { accounts } })
  const body = JSON.stringify({ eid: 'acme-e1', mobile: sim.wang.mobile, message: '欢迎加入' })
  const secret = sim.acme.info.partner_secret ?? ''
  const good: Required<Signed> = {
    secret,
    method: 'POST',
    path,
    body,
    timestamp: await realSeconds(sim),
    nonce: 'n-1',
  }
  return { sim, good, sent: signedHeaders(good) }
}

async function post(sim: Sim, signed: Required<Signed>, headers = signedHeaders(signed)) {
  return (await sim.http('POST', signed.path, signed.body, headers)).json
}
