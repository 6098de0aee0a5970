import { describe, expect, it } from 'vitest'
import { first_instant, type Sim, startSim } from '../sim.ts'
import { doneSteps, life, readChecklist, steps } from './life.ts'

const no_people = { people: [] }

describe('the checklist of an account', () => {
  it('has every step of one that was made live, done at that instant but for people and messages', async () => {
    const { acme, http, world } = await startSim({ world: no_people })
    await world.advance('P1D')
    const later = ['first_registration', 'first_message']
    expect((await http('GET', `/tupu/v1/accounts/${acme.eid}`)).json).toEqual({
      errcode: 0,
      errmsg: 'ok',
      eid: acme.eid,
      live: true,
      sendable: { ok: true, errcode: 0, errmsg: 'ok' },
      missing: [],
      checklist: steps.map((step) => {
        const done = !later.includes(step)
        return { step, done, at: done ? first_instant : null }
      }),
    })
  })

  it('has the enquiry alone of a new one, and names what it misses to be live', async () => {
    const { globex, http } = await startSim()
    expect((await http('GET', `/tupu/v1/accounts/${globex.eid}`)).json).toEqual({
      errcode: 0,
      errmsg: 'ok',
      eid: globex.eid,
      live: false,
      sendable: {
        ok: false,
        errcode: 100002,
        errmsg:
          'account is not live, missing: official_account_connected, industries_set, template_approved',
      },
      missing: ['official_account_connected', 'industries_set', 'template_approved'],
      checklist: steps.map((step) => {
        const done = step === 'enquiry'
        return { step, done, at: done ? first_instant : null }
      }),
    })
  })

  it.each(['nobody', 'acme', '%00', '%F0%9F%98%80'])('is 100001 for %s', async (eid) => {
    const { http } = await startSim()
    const { json } = await http('GET', `/tupu/v1/accounts/${eid}`)
    expect(json).toEqual({ errcode: 100001, errmsg: 'unknown eid' })
  })

  it('goes by the EID of its path, not by one in the query, and leaves no message', async () => {
    const { acme, globex, http, world } = await startSim()
    const { json } = await http('GET', `/tupu/v1/accounts/${acme.eid}?eid=${globex.eid}`)
    expect(json).toMatchObject({ eid: acme.eid, live: true })
    await http('GET', '/tupu/v1/accounts/nobody')
    expect(await world.messages()).toEqual([])
  })
})

/** What brings a new account to a step, and what takes the step itself. */
type Way = (sim: Sim) => Promise<unknown>
const call =
  (id: string, input: object = {}): Way =>
  ({ world }) =>
    world.call(id, { eid: 'globex', ...input })
const atAppid =
  (id: string, input: object = {}): Way =>
  async (sim) =>
    sim.world.call(id, { appid: (await life(sim.world, 'globex')).appid, ...input })
const connect = call('account.connect', { review: 'manual' })
const industries = atAppid('industry.set', { primary: 1, secondary: 16 })
const apply: Way = async (sim) => {
  const { application } = (await atAppid('application.create')(sim)) as { application: string }
  return sim.world.call('application.submit', { application })
}
const decide = (id: string, more: object = {}): Way => {
  return async ({ world }) => {
    const { appid } = await life(world, 'globex')
    const list = (await world.call('application.list', { appid })) as {
      items: { application: string }[]
    }
    return world.call(id, { application: list.items.at(-1)?.application, ...more })
  }
}
const register: Way = ({ world }) => world.register('13800138009', { account: 'globex' })

const alone: { step: string; before: Way[]; does: Way; also?: string[] }[] = [
  { step: 'vendor_permission', before: [call('vendor.ask')], does: call('vendor.grant') },
  {
    step: 'official_account_connected',
    before: [call('vendor.ask'), call('vendor.grant')],
    does: call('account.connect', { existing: true }),
  },
  {
    step: 'official_account_connected',
    before: [],
    does: connect,
    // Nobody had to be asked.
    also: ['vendor_permission'],
  },
  { step: 'industries_set', before: [connect], does: industries },
  { step: 'template_applied', before: [connect, industries], does: apply },
  {
    step: 'template_approved',
    before: [connect, industries, apply],
    does: decide('application.approve'),
  },
  {
    step: 'registration_page_published',
    before: [connect],
    does: call('registration_page.publish'),
  },
  { step: 'eid_issued', before: [], does: call('eid.issue') },
  { step: 'eid_confirmed', before: [], does: call('eid.confirm') },
  { step: 'first_registration', before: [connect], does: register },
  {
    step: 'first_message',
    before: [connect, industries, apply, decide('application.approve'), register],
    does: ({ platform, globex }) => platform.sends(globex, { mobile: '13800138009' }),
  },
]

it.each(alone)('$step is done when it is done, and since then', async (row) => {
  const { before, does, step, also = [] } = row
  const sim = await startSim()
  for (const way of before) await way(sim)
  const earlier = await doneSteps(sim.http, sim.globex)
  expect(earlier).not.toContain(step)
  await sim.world.advance('P1D')
  await does(sim)
  await sim.world.advance('P1D')
  const later = await doneSteps(sim.http, sim.globex)
  expect(later.filter((name) => !earlier.includes(name)).sort()).toEqual([step, ...also].sort())
  const { checklist } = await readChecklist(sim.http, sim.globex)
  const at = checklist.find((one) => one.step === step)?.at
  expect(at).toBe('2026-01-06T01:00:00.000Z')
})

describe('a step', () => {
  it('stays done whatever becomes of whoever registered first', async () => {
    const sim = await startSim()
    const { world, acme, wang, http } = sim
    const at = async () => (await readChecklist(http, acme)).checklist[9]
    expect(await at()).toEqual({ step: 'first_registration', done: true, at: first_instant })
    await world.call('association.withdraw', { account: 'acme', mobile: wang.mobile })
    await world.call('association.withdraw', { account: 'acme', mobile: '13800138004' })
    expect(await at()).toEqual({ step: 'first_registration', done: true, at: first_instant })
  })

  it('is not done by a message that WeChat or TUPU refused', async () => {
    const { acme, wang, li, http, platform } = await startSim()
    const done = async () => (await doneSteps(http, acme)).includes('first_message')
    await platform.sends(acme, { mobile: li.mobile })
    await wang.mutes(acme)
    await platform.sends(acme, { mobile: wang.mobile })
    expect(await done()).toBe(false)
    await wang.unmutes(acme)
    await platform.sends(acme, { mobile: wang.mobile })
    expect(await done()).toBe(true)
  })

  it('is of one account: what happens to another is none of its business', async () => {
    const { globex, acme, wang, http, platform } = await startSim()
    await platform.sends(acme, { mobile: wang.mobile })
    expect(await doneSteps(http, globex)).toEqual(['enquiry'])
  })

  it('is undone when the menu does not lead to the registration page any more', async () => {
    const sim = await startSim()
    const { acme, http } = sim
    const done = async () => (await doneSteps(http, acme)).includes('registration_page_published')
    expect(await done()).toBe(true)
    const query = { appid: acme.appid, secret: acme.info.app_secret ?? '' }
    const search = new URLSearchParams({ ...query, grant_type: 'client_credential' })
    const { json } = await http('GET', `/cgi-bin/token?${search}`)
    await http('GET', `/cgi-bin/menu/delete?access_token=${json['access_token']}`)
    expect(await done()).toBe(false)
  })

  it('of a review that waits for looks goes on by reading the checklist', async () => {
    const sim = await startSim()
    const { globex, http } = sim
    await call('account.connect', { review: { after_reads: 3 } })(sim)
    await industries(sim)
    await apply(sim)
    const looks = []
    for (let i = 0; i < 4; i++) looks.push((await readChecklist(http, globex)).live)
    expect(looks).toEqual([false, false, true, true])
  })
})
