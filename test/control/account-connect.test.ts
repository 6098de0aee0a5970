import { describe, expect, it } from 'vitest'
import { onEither } from '../database.ts'
import { type Sim, startSim } from '../sim.ts'
import { life, stepOf } from '../tupu/life.ts'
import { tablesOf } from '../wechat/client.ts'

const accounts = '/_sim/v1/worlds/test/accounts'

async function official({ http }: Sim, appid: string | null) {
  return (await http('PATCH', `/_sim/v1/worlds/test/official-accounts/${appid}`, {})).json
}

onEither('account.connect', (database) => {
  it('opens a new official account with the customer’s name, whose reviews take their time', async () => {
    const sim = await startSim({ database })
    const made = (await sim.world.call('account.connect', { eid: 'globex' })) as Made
    expect(made).toMatchObject({
      appid: expect.stringMatching(/^wx[0-9a-f]{16}$/),
      app_secret: expect.any(String),
      register_url: `http://sim.localhost/w/test/register/${made.eid}`,
      template_id: null,
    })
    expect(await official(sim, made.appid)).toMatchObject({
      rules: '2014',
      delivery: 'immediate',
      review: 'time',
    })
    const { events } = await life(sim.world, 'globex')
    expect(events.at(-1)).toEqual({
      at: '2026-01-05T01:00:00.000Z',
      verb: 'official_account_connected',
      detail: { appid: made.appid, existing: false },
    })
  })

  it('opens it as the customer wished at first, unless the call says otherwise', async () => {
    const sim = await startSim({ database })
    const wishes = {
      appid: 'wx00000000000000aa',
      rules: '2023',
      delivery: 'PT2S',
      review: 'manual',
    }
    const fresh = await sim.http('POST', accounts, { key: 'fresh', stage: 'new', ...wishes })
    expect(fresh.json).toMatchObject({ appid: null })
    await sim.world.reset()
    await sim.http('POST', accounts, { key: 'fresh', stage: 'new', ...wishes })
    const body = { eid: 'fresh', review: { after_reads: 2 } }
    const { appid } = (await sim.world.call('account.connect', body)) as Made
    expect(await official(sim, appid)).toMatchObject({ ...wishes, review: { after_reads: 2 } })
  })
})

interface Made {
  readonly eid: string
  readonly appid: string
}

/** Asks Globex' vendor and lets it agree. */
async function agrees({ world }: Sim) {
  await world.call('vendor.ask', { eid: 'globex' })
  await world.call('vendor.grant', { eid: 'globex' })
}

describe('an official account that the customer has already', () => {
  it('is connected when its vendor has agreed', async () => {
    const sim = await startSim()
    await agrees(sim)
    await sim.world.call('account.connect', { eid: 'globex', existing: true })
    expect(await stepOf(sim.world, 'globex', 'vendor_permission')).toMatchObject({ state: 'done' })
    const { events } = await life(sim.world, 'globex')
    expect(events.at(-1)?.detail).toMatchObject({ existing: true })
  })

  it('comes over with template, menu and registrations from an account that was revoked', async () => {
    const sim = await startSim()
    const { world, acme, wang, globex, platform } = sim
    await agrees(sim)
    await world.advance('P1D')
    await world.call('eid.revoke', { eid: 'acme' })
    await world.call('account.connect', { eid: 'globex', existing: acme.appid })
    expect(await life(world, 'globex')).toMatchObject({
      appid: acme.appid,
      template_id: acme.info.template_id,
      live: true,
    })
    // Since its connection, and not since it was opened.
    expect(await stepOf(world, 'globex', 'official_account_connected')).toMatchObject({
      at: '2026-01-06T01:00:00.000Z',
    })
    expect(await life(world, 'acme')).toMatchObject({ appid: null, state: 'revoked', live: false })
    expect(await platform.sends(globex, { mobile: wang.mobile })).toMatchObject({ errcode: 0 })
    expect(await platform.sends(acme, { mobile: wang.mobile })).toMatchObject({ errcode: 100005 })
    expect(await stepOf(world, 'globex', 'registration_page_published')).toMatchObject({
      done: false,
    })
    await world.call('registration_page.publish', { eid: 'globex' })
    const menu = JSON.stringify((await tablesOf(world))['menu'])
    expect(menu).toContain(`/register/${globex.eid}`)
    expect(menu).not.toContain(acme.eid)
  })
})

const refused: { when: string; eid?: string; body: object; status: number; field: string }[] = [
  { when: 'it has one', eid: 'acme', body: {}, status: 409, field: 'eid' },
  { when: 'there is no such account', eid: 'nobody', body: {}, status: 404, field: 'eid' },
  { when: 'existing is false', body: { existing: false }, status: 422, field: 'existing' },
  { when: 'a field is unknown', body: { colour: 1 }, status: 422, field: 'colour' },
  { when: 'the appid is none', body: { appid: 'wx1' }, status: 422, field: 'appid' },
]

describe('account.connect is refused', () => {
  it.each(refused)('when $when', async ({ eid = 'globex', body, status, field }) => {
    const sim = await startSim()
    const before = await tablesOf(sim.world)
    const path = `${accounts}/${eid}/official-account`
    expect(await sim.http('POST', path, body)).toMatchObject({ status, json: { field } })
    expect(await tablesOf(sim.world)).toEqual(before)
  })

  it.each([
    { when: 'nobody asked', by: [] },
    { when: 'it has not answered', by: ['ask'] },
    { when: 'it refused', by: ['ask', 'refuse'] },
  ])('for an existing one whose vendor does not agree: $when', async ({ by }) => {
    const sim = await startSim()
    for (const verb of by)
      await sim.world.call(`vendor.${verb}`, {
        eid: 'globex',
        ...(verb === 'refuse' ? { reason: '不' } : {}),
      })
    for (const existing of [true, sim.acme.appid]) {
      const path = `${accounts}/globex/official-account`
      const { status, json } = await sim.http('POST', path, { existing })
      expect({ status, field: json['field'] }).toEqual({ status: 409, field: 'existing' })
    }
    expect(await life(sim.world, 'globex')).toMatchObject({ appid: null })
  })

  it.each([
    { what: 'another account’s', status: 409, field: 'existing' },
    { what: 'nobody’s', appid: 'wx00000000000000aa', status: 422, field: 'existing' },
    { what: 'there, and wanted otherwise', more: { rules: '2023' }, status: 422, field: 'rules' },
  ])('for an appid that is $what', async ({ appid, more, status, field }) => {
    const sim = await startSim()
    await agrees(sim)
    const path = `${accounts}/globex/official-account`
    const body = { existing: appid ?? sim.acme.appid, ...more }
    expect(await sim.http('POST', path, body)).toMatchObject({ status, json: { field } })
  })

  it('for an appid that another world has', async () => {
    const sim = await startSim()
    const other = await sim.sim.world({ name: 'other' })
    const path = `${accounts}/globex/official-account`
    const body = { appid: other.accounts[0]?.appid }
    expect(await sim.http('POST', path, body)).toMatchObject({
      status: 409,
      json: { type: 'id_taken', field: 'appid' },
    })
  })
})

describe('an answer of a vendor', () => {
  it.each(['grant', 'refuse'])('needs a question: vendor.%s alone is refused', async (verb) => {
    const sim = await startSim()
    const before = await tablesOf(sim.world)
    const path = `${accounts}/globex/vendor/${verb}`
    const body = verb === 'refuse' ? { reason: '合同未到期' } : {}
    const no = { status: 409, json: { field: 'eid', fix: 'call vendor.ask first' } }
    expect(await sim.http('POST', path, body)).toMatchObject(no)
    expect(await tablesOf(sim.world)).toEqual(before)
  })

  it('that refuses has a reason', async () => {
    const { http, world } = await startSim()
    await world.call('vendor.ask', { eid: 'globex' })
    for (const body of [{}, { reason: '' }, { reason: 'x'.repeat(501) }])
      expect(await http('POST', `${accounts}/globex/vendor/refuse`, body)).toMatchObject({
        status: 422,
        json: { field: 'reason' },
      })
  })
})
