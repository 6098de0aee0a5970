import { describe, expect, it } from 'vitest'
import { type DatabaseName, onEither } from '../database.ts'
import { startSim } from '../sim.ts'
import { acmesClient, bodyOf, errcodeOf, type Json, tablesOf } from './client.ts'

const set_path = '/cgi-bin/template/api_set_industry'
const add_path = '/cgi-bin/template/api_add_template'
const list_path = '/cgi-bin/template/get_all_private_template'

/** Acme with its hiring template (2), one of agencies (34), and what a test needs to look at them. */
async function start(database: DatabaseName = 'sqlite') {
  const sim = await startSim({ database })
  const { acme, world, http, platform, wang } = sim
  const client = await acmesClient(sim)
  const adds = async (template_id_short: string, more: Json = {}) => {
    const answer = await client.post(add_path, { template_id_short, ...more })
    return String(bodyOf(answer)['template_id'])
  }
  const interview = await adds('OPENTM410000102')
  const listed = async () => {
    const { template_list } = bodyOf(await client.get(list_path))
    return (template_list as Json[]).map(({ template_id }) => template_id)
  }
  const industries = `/_sim/v1/worlds/test/official-accounts/${acme.appid}/industries`
  const sets = (primary: unknown, secondary: unknown) =>
    http('POST', industries, { primary, secondary })
  const sends = () => platform.sends(acme, { mobile: wang.mobile })
  return {
    ...sim,
    client,
    adds,
    interview,
    hiring: acme.info.template_id,
    listed,
    sets,
    sends,
    world,
  }
}

onEither('an account that leaves an industry', (database) => {
  it('loses the templates of it: they are listed no more, and sends by them answer 40037', async () => {
    const { client, hiring, interview, listed, sends } = await start(database)
    expect(await listed()).toEqual([hiring, interview])
    expect(await sends()).toMatchObject({ errcode: 0 })
    await client.post(set_path, { industry_id1: 3 })
    expect(await listed()).toEqual([interview])
    expect(await sends()).toMatchObject({
      errcode: 40037,
      errmsg: expect.stringMatching(/^invalid template_id rid: /),
    })
  })

  it('keeps those of an industry that only changes its place', async () => {
    const { client, hiring, interview, listed } = await start(database)
    await client.post(set_path, { industry_id1: 34, industry_id2: 2 })
    expect(await listed()).toEqual([hiring, interview])
  })

  it('stays live for TUPU, whose checklist is not taken back', async () => {
    const { client, acme, platform } = await start(database)
    await client.post(set_path, { industry_id1: 3, industry_id2: 4 })
    const { json } = await platform.get(`/accounts/${acme.eid}`)
    expect(json).toMatchObject({ live: true, missing: [] })
  })
})

describe('class templates', () => {
  it('hang on no industry: a change leaves them', async () => {
    const { world, acme, client, adds, hiring, interview, listed } = await start()
    await world.call('official_account.update', { appid: acme.appid, rules: '2023' })
    const class_id = await adds('50102', { keyword_name_list: ['公司名称', '面试时间'] })
    expect(await listed()).toEqual([hiring, interview, class_id])
    await client.post(set_path, { industry_id1: 3, industry_id2: 4 })
    expect(await listed()).toEqual([class_id])
  })
})

describe('POST /_sim/v1/worlds/{world}/official-accounts/{appid}/industries', () => {
  it('is what the operator does in the console, and says what was lost by it', async () => {
    const { sets, acme, hiring } = await start()
    const { status, json } = await sets(29, 34)
    expect(status).toBe(200)
    expect(json).toEqual({
      appid: acme.appid,
      primary: { code: 29, first_class: '房地产', second_class: '房地产|建筑' },
      secondary: { code: 34, first_class: '商业服务', second_class: '中介服务' },
      since: '2026-01-05T01:00:00.000Z',
      templates_lost: [hiring],
    })
  })

  it('comes to the same decision as api_set_industry, and shares its month', async () => {
    const { sets, client, world } = await start()
    await client.post(set_path, { industry_id1: 3 })
    const before = await tablesOf(world)
    const { json } = await sets(4, 34)
    expect(json).toMatchObject({
      status: 409,
      field: 'appid',
      reason: 'WeChat answers 43100 change template too frequently',
    })
    expect(await tablesOf(world)).toEqual(before)
    const { items } = (await world.call('exchange.list', { surface: 'control' })) as {
      items: { decision: Json[] }[]
    }
    const step = items[0]?.decision.find(({ rule }) => rule === 'industries.changeable')
    expect(step).toMatchObject({ actual: '2026-01', fix: { call: 'clock.advance' } })
    const fix = step?.['fix'] as { call: string; input: object } | undefined
    await world.call(fix?.call ?? '', fix?.input)
    expect(await sets(4, 34)).toMatchObject({ status: 200 })
    await client.signsIn()
    expect(errcodeOf(await client.post(set_path, { industry_id1: 5 }))).toBe(43100)
  })

  it.each([
    { body: {}, status: 422, field: 'primary' },
    { body: { primary: 2 }, status: 422, field: 'secondary' },
    { body: { primary: '2', secondary: 34 }, status: 422, field: 'primary' },
    { body: { primary: 42, secondary: 34 }, status: 422, field: 'primary' },
    { body: { primary: 2, secondary: 0 }, status: 422, field: 'secondary' },
    { body: { primary: 7, secondary: 7 }, status: 422, field: 'secondary' },
    { body: { primary: 2, secondary: 34, third: 1 }, status: 422, field: 'third' },
  ])('refuses $body by $field', async ({ body, status, field }) => {
    const { http, acme, world } = await startSim()
    const before = await tablesOf(world)
    const path = `/_sim/v1/worlds/test/official-accounts/${acme.appid}/industries`
    expect((await http('POST', path, body)).json).toMatchObject({ status, field })
    expect(await tablesOf(world)).toEqual(before)
  })

  it('is 409 for a sandbox, and 404 where there is no such account', async () => {
    const { world, http, acme, sets } = await start()
    await world.call('official_account.update', { appid: acme.appid, kind: 'sandbox' })
    expect((await sets(3, 4)).json).toMatchObject({
      status: 409,
      reason: 'WeChat answers 48001 api unauthorized',
    })
    const path = '/_sim/v1/worlds/test/official-accounts/wx0000000000000000/industries'
    const { json } = await http('POST', path, { primary: 3, secondary: 4 })
    expect(json).toMatchObject({ status: 404, field: 'appid' })
  })
})
