import { describe, expect, it } from 'vitest'
import { applies } from '../console/onboarding.ts'
import { onEither } from '../database.ts'
import { startSim } from '../sim.ts'

onEither('account.list', (database) => {
  it('says of every account who it is, since when, and what it lacks', async () => {
    const { world, acme, globex } = await startSim({ database })
    await world.call('eid.suspend', { eid: 'globex' })
    const created_at = '2026-01-05T01:00:00.000Z'
    const { appid, eid } = acme
    const { items } = (await world.call('account.list', {})) as { items: unknown }
    expect(items).toEqual([
      {
        key: 'acme',
        company: '晨光科技',
        eid,
        appid,
        state: 'active',
        live: true,
        sendable: { ok: true, errcode: 0, errmsg: 'ok' },
        template_state: 'active',
        missing: [],
        created_at,
      },
      {
        key: 'globex',
        company: '环球制造',
        eid: globex.eid,
        appid: null,
        state: 'suspended',
        live: false,
        sendable: { ok: false, errcode: 100004, errmsg: 'eid suspended' },
        template_state: null,
        missing: ['official_account_connected', 'industries_set', 'template_approved'],
        created_at,
      },
    ])
  })
})

onEither('official_account.get', (database) => {
  it('shows industries, templates and applications, and is no look at them', async () => {
    const { world } = await startSim({ database })
    const application = await applies({ world }, { review: { after_reads: 2 } })
    const { items } = (await world.call('account.list', {})) as { items: { appid: string }[] }
    const read = () => world.call('official_account.get', { appid: items[1]?.appid })
    const first = await read()
    expect(first).toMatchObject({
      name: '环球制造',
      review: { after_reads: 2 },
      industries: {
        primary: { code: 2, first_class: 'IT科技', second_class: 'IT软件与服务' },
        secondary: { code: 34, first_class: '商业服务', second_class: '中介服务' },
        since: '2026-01-05T01:00:00.000Z',
        changed_in: null,
      },
      templates: [],
      applications: [{ application, state: 'pending', reads_left: 2 }],
    })
    expect(await read()).toEqual(first)
    await world.call('application.approve', { application })
    expect(await read()).toMatchObject({
      applications: [{ state: 'approved' }],
      templates: [{ title: '入职通知', state: 'active', filed: 'IT科技 / IT软件与服务' }],
    })
  })

  it('is 404 for an appid of nobody', async () => {
    const { http } = await startSim({ database })
    const path = '/_sim/v1/worlds/test/official-accounts/wx0000000000000000'
    expect(await http('GET', path)).toMatchObject({ status: 404, json: { field: 'appid' } })
  })
})

describe('industry.list', () => {
  it('has all 41, spelled as industry.set answers them', async () => {
    const { world, acme } = await startSim()
    const { items } = (await world.call('industry.list', {})) as { items: { code: number }[] }
    expect(items.map(({ code }) => code)).toEqual(Array.from({ length: 41 }, (_, i) => i + 1))
    const set = await world.call('industry.set', { appid: acme.appid, primary: 1, secondary: 41 })
    const { primary, secondary } = set as { primary: object; secondary: object }
    expect([items[0], items[40]]).toMatchObject([primary, secondary])
  })
})
