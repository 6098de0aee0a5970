import { describe, expect, it } from 'vitest'
import { type Sim, startSim } from '../sim.ts'
import { startFakeWechat } from '../tupu/fake-wechat.ts'
import { tables } from '../tupu/journal.ts'
import { acmesClient } from '../wechat/client.ts'
import { breaks } from './breaks.ts'

/** So long TUPU waits in these tests for WeChat, in real milliseconds. */
const timeout_ms = 300
const given = { errcode: 45009, errmsg: 'reach max api daily quota limit' }

/** What a fault makes of WeChat's leg of a send, how long that takes, and whether WeChat has done it. */
const kinds = [
  { fault: { errcode: 45009 }, errcode: 45009, waits: 0, done: false },
  { fault: { errcode: 45009, stage: 'after' }, errcode: 45009, waits: 0, done: true },
  { fault: { answer: { body: given } }, errcode: 45009, waits: 0, done: false },
  { fault: { answer: { body: 'x' } }, errcode: 100032, waits: 0, done: false },
  { fault: { answer: { body: { ok: true } } }, errcode: 100032, waits: 0, done: false },
  { fault: { transport: 'reset' }, errcode: 100031, waits: 0, done: false },
  { fault: { transport: 'reset', stage: 'after' }, errcode: 100031, waits: 0, done: true },
  { fault: { transport: 'empty' }, errcode: 100031, waits: 0, done: false },
  { fault: { transport: 'truncate' }, errcode: 100032, waits: 0, done: false },
  { fault: { transport: 'garbage' }, errcode: 100032, waits: 0, done: false },
  { fault: { transport: 'hang' }, errcode: 100031, waits: timeout_ms, done: false },
  { fault: { transport: 'hang', stage: 'after' }, errcode: 100031, waits: timeout_ms, done: true },
  { fault: { transport: 'drip' }, errcode: 100031, waits: timeout_ms, done: false },
  { fault: { delay: '1s' }, errcode: 100031, waits: timeout_ms, done: false },
  { fault: { delay: '100ms' }, errcode: 0, waits: 100, done: true },
  { fault: { delay: '100ms', errcode: 45009 }, errcode: 45009, waits: 100, done: false },
  {
    fault: { answer: { body: given }, delay: '1s' },
    errcode: 100031,
    waits: timeout_ms,
    done: false,
  },
] as const

async function start() {
  const sim = await startSim()
  await sim.world.call('account.update', { eid: 'acme', gateway_timeout: `${timeout_ms}ms` })
  return sim
}

/** Sends with each of the faults, all at the same time: one waits for no other. */
async function sendAll(sim: Sim) {
  const people = kinds.map((_, n) => `138001390${n + 10}`)
  for (const mobile of people) await sim.world.register(mobile)
  for (const [n, { fault }] of kinds.entries())
    await breaks(sim.world, {
      surface: 'wechat',
      endpoint: 'template.send',
      mobile: people[n],
      ...fault,
    })
  return Promise.all(
    people.map(async (mobile) => {
      const begun = performance.now()
      const answer = await sim.platform.sends(sim.acme, { mobile, client_msg_id: mobile })
      return { mobile, answer, took: performance.now() - begun }
    }),
  )
}

describe('WeChat’s leg of a send', () => {
  it('is a call of wechat like any other: what becomes of it becomes of the send', async () => {
    const sim = await start()
    const sent = await sendAll(sim)
    expect(sent.map(({ answer }) => answer.errcode)).toEqual(kinds.map(({ errcode }) => errcode))
    for (const [n, { took }] of sent.entries())
      expect(took).toBeGreaterThanOrEqual((kinds[n]?.waits ?? 0) - 5)
    const { template_message } = await tables(sim.world)
    const arrived = template_message?.map((row) => Object(row)['openid']) ?? []
    for (const [n, { mobile }] of sent.entries()) {
      const { openid } = await sim.world.register(mobile)
      expect([kinds[n], arrived.includes(openid)]).toEqual([kinds[n], kinds[n]?.done])
    }
    // Whatever TUPU has heard, its list says what stands on the phone, and so does the story of the send.
    for (const { mobile, on_phone, line, trace, text } of await sim.world.messages()) {
      const done = kinds[Number(mobile.slice(-2)) - 10]?.done
      expect({ mobile, on_phone, line }).toEqual({
        mobile,
        on_phone: done,
        line: done ? text : null,
      })
      const { items } = (await sim.world.call('trace.get', { trace })) as { items: object[] }
      expect(items.some((item) => Object(item).kind === 'phone')).toBe(done)
    }
    const states = (await sim.world.messages()).map(({ state }) => state).toSorted()
    const stateOf = (code: number) =>
      code > 100030 ? 'unknown' : code === 0 ? 'delivered' : 'refused'
    expect(states).toEqual(kinds.map(({ errcode }) => stateOf(errcode)).toSorted())
    // After a silence a repeat gets the same answer.
    const { mobile } = sent[5] ?? { mobile: '' }
    expect(await sim.platform.sends(sim.acme, { mobile, client_msg_id: mobile })).toMatchObject({
      errcode: 100031,
    })
  })

  it('is passed on unchanged where the fault gives the whole answer; to a code’s text WeChat adds its rid', async () => {
    const { acme, wang, platform, world } = await start()
    const sequence = [{ answer: { body: given } }, { errcode: 45009 }]
    await breaks(world, { surface: 'wechat', sequence })
    const sends = () => platform.sends(acme, { mobile: wang.mobile })
    expect(await sends()).toEqual(given)
    expect(await sends()).toMatchObject({
      errcode: 45009,
      errmsg: expect.stringMatching(/^reach max api daily quota limit rid: /),
    })
  })

  it('is the same through a remote gateway', async () => {
    const fake = await startFakeWechat()
    const sim = await start()
    const gateway = { kind: 'remote', base_url: fake.url, appid: 'wx1', app_secret: 's' }
    await sim.world.call('account.update', { eid: 'acme', gateway })
    for (const [n, { fault, errcode, done, waits }] of kinds.entries()) {
      const mobile = `138001390${n + 10}`
      await sim.world.register(mobile, { openid: `o${n}` } as object)
      await sim.world.call('fault.clear')
      await breaks(sim.world, { surface: 'wechat', endpoint: 'template.send', mobile, ...fault })
      const before = fake.calls.filter((path) => path.endsWith('send')).length
      const begun = performance.now()
      const answer = await sim.platform.sends(sim.acme, { mobile })
      expect([fault, answer.errcode]).toEqual([fault, errcode])
      if ('errcode' in fault) expect(answer.errmsg).toMatch(/ rid: [\da-f-]{26}$/)
      expect(performance.now() - begun).toBeGreaterThanOrEqual(waits - 20)
      const sends = fake.calls.filter((path) => path.endsWith('send')).length - before
      expect([fault, sends]).toEqual([fault, done ? 1 : 0])
    }
    const { items } = (await sim.world.call('exchange.list', { surface: 'tupu' })) as {
      items: { decision: { rule?: string }[] }[]
    }
    const last = items[0]?.decision.map((step) => step.rule ?? step) ?? []
    expect(last.indexOf('fault.applied')).toBeGreaterThan(0)
    expect(last.at(-1)).toBe('wechat.answered')
  })

  it('of somebody who is withdrawn while it waits does not arrive', async () => {
    const sim = await start()
    const { wang, world } = sim
    const { openid } = await world.register(wang.mobile)
    await breaks(world, { surface: 'wechat', delay: '200ms' })
    const sending = sim.platform.sends(sim.acme, { mobile: wang.mobile })
    await expect.poll(() => world.messages({ state: 'sending' }), { interval: 5 }).toHaveLength(1)
    await world.call('association.withdraw', { openid })
    expect(await sending).toMatchObject({ errcode: 100011 })
    expect(await tables(sim.world)).toMatchObject({ template_message: [] })
  })

  it('is met wherever TUPU calls WeChat; a magic mobile calls nobody, and no more does its console', async () => {
    const { acme, wang, platform, world } = await start()
    await breaks(world, { surface: 'wechat', account: 'acme', transport: 'reset' })
    expect(await platform.sends(acme, { mobile: '19900000000' })).toMatchObject({ errcode: 0 })
    await world.call('industry.set', { appid: acme.appid, primary: 2, secondary: 34 })
    expect(await platform.sends(acme, { mobile: wang.mobile })).toMatchObject({ errcode: 100031 })
    const query = { eid: acme.eid, mobile: wang.mobile }
    expect((await platform.post('/registrations/query', query)).json).toMatchObject({
      errcode: 100031,
    })
    await expect(world.call('registration_page.publish', { eid: 'acme' })).rejects.toMatchObject({
      problem: { reason: expect.stringContaining('no answer') },
    })
  })

  it('meets faults of a direct call at WeChat by the openid', async () => {
    const sim = await start()
    const client = await acmesClient(sim)
    await breaks(sim.world, { surface: 'wechat', mobile: sim.wang.mobile, errcode: 43101 })
    const info = (openid: string) => client.get('/cgi-bin/user/info', { openid })
    expect((await info(sim.wang.openidAt(sim.acme))).json).toMatchObject({
      errcode: 43101,
      errmsg: expect.stringMatching(/ rid: /),
    })
    expect((await info(sim.fang.openidAt(sim.acme))).json).toMatchObject({ subscribe: 1 })
  })
})
