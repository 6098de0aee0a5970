import { describe, expect, it } from 'vitest'
import { onEither } from '../database.ts'
import { startSim } from '../sim.ts'

const path = '/_sim/v1/worlds/test/associations'

onEither('POST /_sim/v1/worlds/{world}/associations', (database) => {
  it('makes of one mobile a person who follows and is registered', async () => {
    const { http, acme, platform } = await startSim({ database })
    const { status, json } = await http('POST', path, { mobile: '138 0013 8000' })
    expect(status).toBe(201)
    expect(json).toEqual({
      mobile: '+8613800138000',
      account: 'acme',
      eid: acme.eid,
      appid: acme.appid,
      openid: expect.stringMatching(/^o[\w-]{27}$/),
      person: expect.stringMatching(/^p-[2-9a-z]{12}$/),
      phone_url: `http://sim.localhost/w/test/phone/${json['person']}`,
      source: 'form',
      state: 'following',
      name: '候选人8000',
      email: '',
    })
    expect(await platform.sends(acme, { mobile: '13800138000' })).toMatchObject({ errcode: 0 })
    const { json: world } = await http('GET', '/_sim/v1/worlds/test')
    expect(world['people']).toContainEqual(
      expect.objectContaining({ person: json['person'], openids: { acme: json['openid'] } }),
    )
  })

  it('keeps the ids when it is called again, and changes what is named', async () => {
    const { http, acme, platform } = await startSim({ database })
    const { json: first } = await http('POST', path, { mobile: '13800138000', name: '王小雨' })
    const again = (body: object) => http('POST', path, { mobile: '+86 13800138000', ...body })
    expect(await again({})).toMatchObject({ status: 200, json: first })
    const change = { email: 'w@example.com', source: 'direct_application', state: 'blocking' }
    expect(await again(change)).toMatchObject({ status: 200, json: { ...first, ...change } })
    expect(await again({ name: '王雨' })).toMatchObject({
      status: 200,
      json: { ...first, ...change, name: '王雨' },
    })
    expect(await platform.sends(acme, { mobile: '13800138000' })).toMatchObject({ errcode: 0 })
    expect(await again({ state: 'muted' })).toMatchObject({ json: { state: 'muted' } })
    expect(await platform.sends(acme, { mobile: '13800138000' })).toMatchObject({ errcode: 43101 })
  })
})

describe('an association', () => {
  it.each([
    { state: 'following', errcode: 0, sent: 'delivered' },
    { state: 'blocking', errcode: 0, sent: 'failed' },
    { state: 'muted', errcode: 43101, sent: 'refused' },
    { state: 'unfollowed', errcode: 43004, sent: 'refused' },
    { state: 'never', errcode: 43004, sent: 'refused' },
  ])(
    'of somebody $state lets a send end as $sent with $errcode',
    async ({ state, errcode, sent }) => {
      const { http, acme, platform, world } = await startSim()
      const { json } = await http('POST', path, { mobile: '13800138000', state })
      expect(json).toMatchObject({ state })
      expect(await platform.sends(acme, { mobile: '13800138000' })).toMatchObject({ errcode })
      expect(await world.messages()).toMatchObject([
        { state: sent, on_phone: state === 'following' },
      ])
    },
  )

  it('is of whoever has the mobile already, and keeps the name that was told', async () => {
    const { http, li, acme } = await startSim()
    expect(await http('POST', path, { mobile: li.mobile, name: '小李' })).toMatchObject({
      status: 201,
      json: { person: li.id, openid: li.openidAt(acme), name: '小李' },
    })
    const { json } = await http('GET', '/_sim/v1/worlds/test')
    expect(json['people']).toContainEqual(expect.objectContaining({ key: 'li', name: '李雷' }))
  })

  it('is one for a couple with one mobile: the first of them who is not registered', async () => {
    const couple = ['a', 'b'].map((key) => ({ key, mobile: '13800138000', follows: ['acme'] }))
    const { http, world } = await startSim({ world: { people: couple } })
    const first = await http('POST', path, { mobile: '13800138000' })
    expect(world.people.map(({ person }) => person)).toContain(first.json['person'])
    const again = await http('POST', path, { mobile: '13800138000' })
    expect(again).toMatchObject({ status: 200, json: first.json })
    expect((await http('GET', '/_sim/v1/worlds/test')).json['people']).toHaveLength(2)
  })

  it('stands at the account that is named, by key or by EID, each with its own openid', async () => {
    const { http, world } = await startSim({
      world: { accounts: [{ key: 'acme' }, { key: 'other' }], people: [] },
    })
    const other = world.accounts.find(({ key }) => key === 'other')
    const at = (account?: string) => http('POST', path, { mobile: '13800138000', account })
    const first = await at()
    const second = await at('other')
    expect(first).toMatchObject({ status: 201, json: { account: 'acme' } })
    expect(second).toMatchObject({
      status: 201,
      json: { account: 'other', eid: other?.eid, person: first.json['person'] },
    })
    expect(second.json['openid']).not.toBe(first.json['openid'])
    expect(await at(other?.eid)).toMatchObject({ status: 200, json: second.json })
  })

  it.each([
    { body: { mobile: undefined }, status: 422, field: 'mobile', reason: /missing/ },
    { body: { mobile: '12345' }, status: 422, field: 'mobile' },
    { body: { mobile: 13_800_138_000 }, status: 422, field: 'mobile' },
    { body: { name: '' }, status: 422, field: 'name' },
    { body: { name: 'a\0b' }, status: 422, field: 'name' },
    { body: { email: 'x\0' }, status: 422, field: 'email' },
    { body: { state: 'gone' }, status: 422, field: 'state' },
    { body: { source: 'sms' }, status: 422, field: 'source' },
    { body: { rebind: 'replace' }, status: 422, field: 'rebind', type: 'unknown_field' },
    { body: { openid: 'oMine' }, status: 422, field: 'openid', reason: /derived, not chosen/ },
    { body: { account: 'nobody' }, status: 422, field: 'account', reason: /no account nobody/ },
    { body: { account: 'globex' }, status: 409, field: 'account', reason: /no official account/ },
    { body: { mobile: '19900000000' }, status: 422, field: 'mobile', reason: /magic mobile/ },
    { body: { mobile: '+86 199 0004 3004' }, status: 422, field: 'mobile', reason: /magic mobile/ },
  ])('is refused for $body by $field', async ({ body, status, field, reason, type }) => {
    const { http } = await startSim()
    const answer = await http('POST', path, { mobile: '13800138000', ...body })
    expect(answer).toMatchObject({ status, json: { status, field, ...(type ? { type } : {}) } })
    expect(answer.json['reason']).toMatch(reason ?? /./)
    const { json } = await http('GET', '/_sim/v1/worlds/test')
    expect(json['people']).toHaveLength(4)
  })

  it('may have a number beside the magic ones, and any where magic is off', async () => {
    const { http, sim } = await startSim()
    const beside = await http('POST', path, { mobile: '19900012345' })
    expect(beside).toMatchObject({ status: 201, json: { mobile: '+8619900012345' } })
    const world = await sim.world({ name: 'plain', magic: 'off' })
    expect(await world.register('19900043004')).toMatchObject({ state: 'following' })
  })
})
