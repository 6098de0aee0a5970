import { describe, expect, it } from 'vitest'
import { onEither } from '../database.ts'
import { startSim } from '../sim.ts'

const accounts = '/_sim/v1/worlds/test/accounts'

onEither('POST /_sim/v1/worlds/{world}/accounts', (database) => {
  it('makes a live account, which is described as in the world and can send at once', async () => {
    const { http, platform, world } = await startSim({ database })
    const { status, json } = await http('POST', accounts, { key: 'initech', company: '首创软件' })
    expect(status).toBe(201)
    expect(json).toEqual({
      key: 'initech',
      company: '首创软件',
      eid: expect.stringMatching(/^initech-/),
      appid: expect.stringMatching(/^wx/),
      app_secret: expect.any(String),
      token: expect.any(String),
      aes_key: expect.any(String),
      partner_secret: null,
      template_id: expect.any(String),
      register_url: `http://sim.localhost/w/test/register/${json['eid']}`,
      rebind: 'reject',
      oauth_scope: 'snsapi_base',
      callback: null,
      retention_days: null,
      minute_limit: null,
      gateway_timeout: 'PT5S',
    })
    await world.register('13800138000', { account: 'initech' })
    const body = { eid: json['eid'], mobile: '13800138000', message: 'x' }
    expect((await platform.post('/messages', body)).json).toMatchObject({ errcode: 0 })
    expect(await world.message()).toMatchObject({ keywords: { keyword2: '首创软件' } })
    expect((await http('GET', '/_sim/v1/worlds/test')).json['accounts']).toContainEqual(json)
  })

  it('makes one in its first hour, whose EID is active and whose sends say what is missing', async () => {
    const { http, platform } = await startSim({ database })
    const { json } = await http('POST', accounts, { key: 'fresh', stage: 'new' })
    expect(json).toMatchObject({ appid: null, template_id: null, register_url: null })
    const body = { eid: json['eid'], mobile: '13800138000', message: 'x' }
    expect((await platform.post('/messages', body)).json).toEqual({
      errcode: 100002,
      errmsg:
        'account is not live, missing: official_account_connected, industries_set, template_approved',
    })
  })
})

describe('an account', () => {
  it('takes its own EID and appid, rules, delivery and a secret by which calls are signed', async () => {
    const { http, platform } = await startSim()
    const own = { eid: 'EID_of-mine', appid: 'wx00000000000000aa' }
    const body = {
      key: 'own',
      ...own,
      rules: '2023',
      delivery: 'manual',
      partner_secret: 'generated',
    }
    const { json } = await http('POST', accounts, body)
    expect(json).toMatchObject({
      ...own,
      partner_secret: expect.stringMatching(/^[0-9A-Za-z]{40}$/),
    })
    const official = await http('PATCH', `/_sim/v1/worlds/test/official-accounts/${own.appid}`, {})
    expect(official.json).toMatchObject({ rules: '2023', delivery: 'manual' })
    const send = { eid: own.eid, mobile: '13800138000', message: 'x' }
    expect((await platform.post('/messages', send)).json).toMatchObject({ errcode: 100003 })
  })

  it('says what its registration page does: made so, changed later, or from the world’s body', async () => {
    const { http, sim } = await startSim()
    const wanted = { rebind: 'replace', oauth_scope: 'snsapi_userinfo' } as const
    const made = await http('POST', accounts, { key: 'initech', ...wanted })
    expect(made).toMatchObject({ status: 201, json: wanted })
    const changed = await http('PATCH', `${accounts}/initech`, { rebind: 'reject' })
    expect(changed.json).toEqual({ ...made.json, rebind: 'reject' })
    const world = await sim.world({ name: 'other', accounts: [{ key: 'a', ...wanted }] })
    expect(world.accounts).toMatchObject([wanted])
    await world.reset()
    expect(await world.call('world.get')).toMatchObject({ accounts: [wanted] })
  })

  it('is one of at most 64 in a world', async () => {
    const { http } = await startSim()
    for (let i = 2; i < 64; i++)
      expect(await http('POST', accounts, { key: `a${i}` })).toMatchObject({ status: 201 })
    expect(await http('POST', accounts, { key: 'more' })).toMatchObject({
      status: 409,
      json: { field: 'key', reason: expect.stringContaining('64') },
    })
  })

  it.each([
    { body: {}, status: 422, field: 'key' },
    { body: { key: 'acme' }, status: 409, field: 'key' },
    { body: { key: 'x', eid: 'no spaces' }, status: 422, field: 'eid' },
    { body: { key: 'x', rebind: 'verify' }, status: 422, field: 'rebind' },
    { body: { key: 'x', oauth_scope: 'snsapi_login' }, status: 422, field: 'oauth_scope' },
    { body: { key: 'x', gateway: { kind: 'far' } }, status: 422, field: 'gateway.kind' },
  ])('is refused for $body by $field', async ({ body, status, field }) => {
    const { http } = await startSim()
    expect((await http('POST', accounts, body)).json).toMatchObject({ status, field })
    expect((await http('GET', '/_sim/v1/worlds/test')).json['accounts']).toHaveLength(2)
  })
})

onEither('PATCH /_sim/v1/worlds/{world}/accounts/{eid}', (database) => {
  it('changes what is named, by key or EID, from the next send on', async () => {
    const { http, acme, wang, platform, world } = await startSim({ database })
    await platform.sends(acme, { mobile: wang.mobile })
    const { json } = await http('PATCH', `${accounts}/acme`, { company: '晨光集团' })
    expect(json).toEqual({ ...acme.info, company: '晨光集团' })
    await platform.sends(acme, { mobile: wang.mobile })
    expect(await world.messages()).toMatchObject([
      { keywords: { keyword2: '晨光科技' } },
      { keywords: { keyword2: '晨光集团' } },
    ])
    const sign = await http('PATCH', `${accounts}/${acme.eid}`, { partner_secret: 'generated' })
    expect(sign.json).toMatchObject({ partner_secret: expect.stringMatching(/^.{40}$/) })
    expect(await platform.sends(acme, { mobile: wang.mobile })).toMatchObject({ errcode: 100003 })
    await http('PATCH', `${accounts}/acme`, { partner_secret: null })
    expect(await platform.sends(acme, { mobile: wang.mobile })).toMatchObject({ errcode: 0 })
    expect(await http('PATCH', `${accounts}/acme`, {})).toMatchObject({
      status: 200,
      json: { company: '晨光集团', partner_secret: null },
    })
  })
})

describe('a change of an account', () => {
  const remote = { kind: 'remote', appid: 'wx1', app_secret: 's' }
  it.each([
    { body: { company: '' }, field: 'company' },
    { body: { profile: 'other' }, field: 'profile' },
    { body: { key: 'other' }, field: 'key' },
    { body: { gateway: 'local' }, field: 'gateway' },
    { body: { gateway: { kind: 'far' } }, field: 'gateway.kind' },
    { body: { gateway: { kind: 'local', base_url: 'http://x' } }, field: 'gateway.base_url' },
    { body: { gateway: remote }, field: 'gateway.base_url' },
    { body: { gateway: { ...remote, base_url: 'nowhere' } }, field: 'gateway.base_url' },
    { body: { gateway: { ...remote, base_url: 'ftp://sim' } }, field: 'gateway.base_url' },
    { body: { gateway: { ...remote, base_url: 'http://a:b@sim' } }, field: 'gateway.base_url' },
    { body: { rebind: 'verify' }, field: 'rebind', type: 'invalid_field' },
    { body: { oauth_scope: 'snsapi_login' }, field: 'oauth_scope', type: 'invalid_field' },
    { body: { callback: { url: 'ftp://x' } }, field: 'callback.url', type: 'invalid_field' },
    { body: { retention_days: 0 }, field: 'retention_days', type: 'invalid_field' },
    { body: { retention_days: 3651 }, field: 'retention_days', type: 'invalid_field' },
    { body: { retention_days: 1.5 }, field: 'retention_days', type: 'invalid_field' },
    { body: { retention_days: '7' }, field: 'retention_days', type: 'invalid_field' },
  ])('is refused for $body by $field', async ({ body, field, type }) => {
    const { http, acme } = await startSim()
    const { json } = await http('PATCH', `${accounts}/acme`, body)
    expect(json).toMatchObject({ status: 422, field, ...(type ? { type } : {}) })
    const [shown] = (await http('GET', '/_sim/v1/worlds/test')).json['accounts'] ?? []
    expect(shown).toEqual(acme.info)
  })

  it('of an account that is not there is 404', async () => {
    const { http } = await startSim()
    expect(await http('PATCH', `${accounts}/nobody`, {})).toMatchObject({
      status: 404,
      json: { field: 'eid', fix: 'use one of: acme, globex' },
    })
  })
})
