import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { audit, type FallBack, type Send } from '../../src/control/audit/audit.ts'
import { onBoth } from '../database.ts'
import { startSim } from '../sim.ts'

const minute = 60_000
const moment = fc.integer({ min: 0, max: 20 }).map((n) => n * 20_000)
const mobile = fc.constantFrom('+8613800138001', '+8613800138002')
const sends: fc.Arbitrary<Send[]> = fc.array(
  fc
    .record({ mobile, needs: fc.boolean(), begun_at: moment, wait: moment })
    .map(({ wait, ...send }) => ({ ...send, since: send.begun_at + (send.needs ? wait : 0) })),
)
const fallBacks: fc.Arbitrary<FallBack[]> = fc.array(
  fc.record({
    channel: fc.constantFrom('sms' as const, 'email' as const),
    mobiles: fc.uniqueArray(mobile),
    at: moment,
  }),
)
const now = moment

describe('an audit', () => {
  it('lets one fall-back serve one send, and none that was sent later or to somebody else', () => {
    fc.assert(
      fc.property(sends, fallBacks, now, (some, came, at) => {
        const found = audit(some, came, { now: at, within: minute })
        const met = [...found.double, ...found.late].flatMap(({ send, contacts }) =>
          contacts.map((contact) => ({ send, contact })),
        )
        for (const { send, contact } of met) {
          expect(contact.mobiles).toContain(send.mobile)
          expect(contact.at).toBeGreaterThanOrEqual(send.begun_at)
        }
        const needing = some.filter(({ needs }) => needs)
        const unserved = found.lost.length + found.pending.length
        expect(unserved).toBeGreaterThanOrEqual(needing.length - came.length)
        expect(unserved).toBeLessThanOrEqual(needing.length)
      }),
    )
  })

  it('finds nothing in what a good platform does: one for each that needs it, none for another', () => {
    fc.assert(
      fc.property(sends, (some) => {
        const came = some
          .filter(({ needs }) => needs)
          .map(({ mobile, since }) => ({ channel: 'sms' as const, mobiles: [mobile], at: since }))
        const found = audit(some, came, { now: Number.MAX_SAFE_INTEGER, within: minute })
        expect([...found.lost, ...found.pending, ...found.late, ...found.double]).toEqual([])
      }),
    )
  })

  it('finds as many lost as a platform forgets, and as many double as it sends too many', () => {
    fc.assert(
      fc.property(sends, (some) => {
        const forgot = audit(some, [], { now: Number.MAX_SAFE_INTEGER, within: minute })
        expect(forgot.lost.map(({ send }) => send)).toEqual(some.filter(({ needs }) => needs))
        const accepted = some.filter(({ needs }) => !needs)
        const came = accepted.map(({ mobile, begun_at: at }) => {
          return { channel: 'sms' as const, mobiles: [mobile], at }
        })
        const doubled = audit(accepted, came, { now: 0, within: minute })
        expect(doubled.double).toHaveLength(accepted.length)
      }),
    )
  })
})

/** A send to Li, whose mobile nobody has registered. */
async function refuse(sim: Awaited<ReturnType<typeof startSim>>, more: object = {}) {
  await sim.platform.sends(sim.acme, { mobile: sim.li.mobile, client_msg_id: 'order-1', ...more })
  return sim.li.mobile
}

const path = '/w/test/sink'

onBoth('GET /audit', (database) => {
  it('shows a send for which nothing came: first as pending, then as lost, and at last as late', async () => {
    const sim = await startSim({ database })
    const { world, http } = sim
    const mobile = await refuse(sim)
    const item = {
      mobile,
      client_msg_id: 'order-1',
      errcode: 100011,
      msgid_str: null,
      contacts: [],
    }
    const verdict = () => world.call('audit.get')
    expect(await verdict()).toMatchObject({ ok: true, lost: [], pending: [item] })
    await world.advance('PT59S')
    expect(await verdict()).toMatchObject({ ok: true, pending: [item] })
    await world.advance('PT1S')
    expect(await verdict()).toMatchObject({ ok: false, lost: [item], pending: [] })
    expect(await world.call('audit.get', { within: 'PT2M' })).toMatchObject({ ok: true })
    await world.advance('PT1S')
    await http('POST', `${path}/sms`, { to: mobile, text: '欢迎加入' })
    const contacts = [{ channel: 'sms', text: '欢迎加入', at: '2026-01-05T01:01:01.000Z' }]
    expect(await verdict()).toMatchObject({ ok: false, lost: [], late: [{ ...item, contacts }] })
  })
})

describe('a receipt', () => {
  it('that says failed makes an SMS that came before serve the send; until then it is double', async () => {
    const { world, http, platform, acme, wang } = await startSim()
    const { mobile } = wang
    await world.call('official_account.update', { appid: acme.appid, delivery: 'manual' })
    const { msgid_str } = await platform.sends(acme, { mobile })
    await http('POST', `${path}/sms`, { to: mobile, text: '欢迎加入' })
    const double = [{ msgid_str, state: 'accepted', errcode: 0, contacts: [{ channel: 'sms' }] }]
    expect(await world.call('audit.get')).toMatchObject({ ok: false, double })
    await world.advance('PT1H')
    await world.call('message.receipt', { message: msgid_str, status: 'user_block' })
    expect(await world.call('audit.get')).toMatchObject({
      ok: true,
      double: [],
      lost: [],
      late: [],
    })
  })

  it('that says failed counts from then on', async () => {
    const { world, platform, acme, wang } = await startSim()
    await world.call('official_account.update', { appid: acme.appid, delivery: 'manual' })
    const { msgid_str } = await platform.sends(acme, { mobile: wang.mobile })
    await world.advance('PT1H')
    await world.call('message.receipt', { message: msgid_str, status: 'system_failed' })
    expect(await world.call('audit.get')).toMatchObject({ ok: true, pending: [{ msgid_str }] })
    await world.advance('PT1M')
    expect(await world.call('audit.get')).toMatchObject({ ok: false, lost: [{ msgid_str }] })
  })
})

it('lets one SMS serve one of two sends', async () => {
  const sim = await startSim()
  const mobile = await refuse(sim)
  await refuse(sim, { client_msg_id: 'order-2' })
  await sim.http('POST', `${path}/sms`, { to: mobile, text: '欢迎加入' })
  await sim.world.advance('PT1M')
  const { lost } = (await sim.world.call('audit.get')) as { lost: unknown[] }
  expect(lost).toHaveLength(1)
})

it('takes an e-mail to the address that the send names for a fall-back', async () => {
  const sim = await startSim()
  await refuse(sim, { email: 'Li@example.com' })
  await sim.http('POST', `${path}/email`, {
    to: 'li@example.com',
    subject: '欢迎',
    text: '欢迎加入',
  })
  await sim.world.advance('PT1H')
  expect(await sim.world.call('audit.get')).toMatchObject({ ok: true, pending: [] })
})

it('takes a refused send that was tried anew under its client_msg_id for one send', async () => {
  const sim = await startSim()
  await refuse(sim)
  await sim.li.registers(sim.acme)
  await refuse(sim)
  await sim.world.advance('PT1H')
  expect(await sim.world.call('audit.get')).toMatchObject({ ok: true, lost: [] })
})
