import { describe, expect, it } from 'vitest'
import type { ProfileData } from '../../src/simulator.ts'
import { send, startPartner } from './partner.ts'

describe('a partner profile', () => {
  it('says method, path, authentication and fields of a send, and what success is', async () => {
    const { http, wang, bearer } = await startPartner()
    const answer = await send(http, bearer, {
      to: [{ 'phone/mobile': '138 0013 8002', name: '王晓宇' }],
      content: { text: '欢迎加入', values: { keyword2: '分公司' } },
    })
    expect(answer.status).toBe(202)
    const [row] = await wang.inbox()
    expect(row).toMatchObject({
      line: '欢迎加入',
      keywords: { keyword1: '王晓宇', keyword2: '分公司' },
      url: 'https://hr.cn/1',
      client_msg_id: 'order-17',
    })
    const digits = row?.msgid_str
    expect(answer.text).toBe(
      `{"Status":true,"Code":"0000","Result":[{"Id":"${digits}","Raw":${digits},"Text":"no. ${digits}","State":null}],"Bound":null}`,
    )
    expect(answer.headers.get('x-sim-trace')).toMatch(/^[0-9a-f]{32}$/)
  })

  const to = [{ 'phone/mobile': '13800138002' }]
  const content = { text: 'hi' }
  const nobody = [{ 'phone/mobile': '13900139000' }]
  it.each([
    {
      what: 'a code of its own catalogue',
      body: { to: nobody, content },
      status: 404,
      json: { Status: false, Code: 'UNBOUND' },
    },
    {
      what: 'a status alone',
      body: { to, content: { text: ' ' } },
      status: 422,
      json: { errcode: 100012, errmsg: 'message is empty' },
    },
    {
      what: 'any other code',
      body: { to, content: { text: 'x'.repeat(201) } },
      status: 400,
      json: { Status: false, Code: 100013, Msg: 'TUPU: message too long: 201 of 200 characters' },
    },
    {
      what: 'a field at its canonical place',
      body: { mobile: '13800138002', content },
      status: 400,
      json: { Status: false, Code: 100010, Msg: 'TUPU: invalid mobile' },
    },
    {
      what: 'a field below something that is none',
      body: { to: 'x', content },
      status: 400,
      json: { Status: false, Code: 100010, Msg: 'TUPU: invalid mobile' },
    },
    {
      what: 'a malformed body',
      body: '{',
      status: 400,
      json: { Status: false, Code: 47001, Msg: 'TUPU: data format error' },
    },
  ])('spells refusals by errcode: $what', async ({ body, status, json }) => {
    const { http, bearer } = await startPartner()
    expect(await send(http, bearer, body)).toMatchObject({ status, json })
  })

  it('passes on WeChat’s refusals with a status and words of its own', async () => {
    const { http, bearer, wang, acme } = await startPartner()
    await wang.unfollows(acme)
    expect(await send(http, bearer, { to, content })).toMatchObject({
      status: 200,
      json: {
        Status: false,
        Code: 'WX43004',
        Msg: expect.stringMatching(/^require subscribe rid: /),
      },
    })
  })

  it.each([
    { what: 'no key', headers: (): Record<string, string> => ({}) },
    { what: 'another key', headers: () => ({ Authorization: 'Bearer x' }) },
    { what: 'another scheme', headers: (secret: string) => ({ Authorization: `Basic ${secret}` }) },
    {
      what: 'the key without its scheme',
      headers: (secret: string) => ({ Authorization: secret }),
    },
  ])('refuses a call with $what', async ({ headers }) => {
    const { http, secret } = await startPartner()
    expect(await send(http, headers(secret), { to, content })).toMatchObject({
      status: 401,
      json: { Status: false, Code: 'AUTH' },
    })
  })

  it('places look-ups too, with other methods than ours', async () => {
    const { http, bearer } = await startPartner()
    const sent = await send(http, bearer, { to, content })
    const id = JSON.parse(sent.text).Result[0].Id
    const found = await http('GET', '/api/v2/wechat?tenant=acme-e1&ref=order-17', undefined, bearer)
    expect(found.json).toMatchObject({ Status: true, Result: [{ Id: id, State: 'delivered' }] })
    const got = await http('POST', '/api/v2/status', { tenant: 'acme-e1', id }, bearer)
    expect(got.json).toMatchObject({ Status: true, Result: [{ Id: id, State: 'delivered' }] })
    const bound = await http(
      'GET',
      '/api/v2/bindings?tenant=acme-e1&phone=13800138002',
      undefined,
      bearer,
    )
    expect(bound.json).toMatchObject({ Status: true, Bound: true })
    const account = await http('GET', '/api/v2/accounts/acme-e1', undefined, bearer)
    expect(account.json).toMatchObject({ Status: true })
  })

  it.each([
    { method: 'POST', path: '/api/v2/messages', status: 400, json: { Code: 100019 } },
    { method: 'POST', path: '/api/v2/tenants/acme-e1/wechat', status: 400, json: { Code: 100019 } },
    {
      method: 'PUT',
      path: '/api/v2/tenants/acme-e1/wechat',
      status: 413,
      json: { errcode: 100020 },
    },
  ])(
    'spells what is wrong with the request itself: $method $path',
    async ({ method, path, status, json }) => {
      const { http, bearer } = await startPartner()
      const body = status === 413 ? 'x'.repeat(1_048_577) : '{}'
      expect(await http(method, path, body, bearer)).toMatchObject({ status, json })
    },
  )

  it('has its own accounts: the EID of another profile is unknown, both ways', async () => {
    const { http, bearer, platform, world } = await startPartner()
    const initech = world.accounts.find(({ key }) => key === 'initech')
    const unknown = { errcode: 100001, errmsg: 'unknown eid' }
    const body = { eid: 'acme-e1', mobile: '13800138002', message: 'hi' }
    expect((await platform.post('/messages', body, bearer)).json).toEqual(unknown)
    const path = `/api/v2/tenants/${initech?.eid}/wechat`
    const { json } = await http('PUT', path, { to, content }, bearer)
    expect(json).toMatchObject({ Code: 100001 })
  })

  it('is chosen at creation or by account.update, and the environment follows', async () => {
    const { world, platform, sim } = await startPartner()
    await sim.listen()
    expect(world.env['TUPU_BASE_URL']).toBe(`${world.baseUrl}/api/v2`)
    await world.call('account.update', { eid: 'acme', profile: 'default', partner_secret: null })
    expect(world.env['TUPU_BASE_URL']).toBe(`${world.baseUrl}/tupu/v1`)
    const body = { eid: 'acme-e1', mobile: '13800138002', message: 'hi' }
    expect((await platform.post('/messages', body)).json).toMatchObject({ errcode: 0 })
    const unknown = world.call('account.update', { eid: 'acme', profile: 'nobodys' })
    await expect(unknown).rejects.toMatchObject({ status: 422, problem: { field: 'profile' } })
  })

  it('may ask for no proof at all, although the account has a secret', async () => {
    const open: ProfileData = { name: 'partner', base: '/open', authentication: { kind: 'none' } }
    const { http } = await startPartner(open)
    const body = { eid: 'acme-e1', mobile: '13800138002', message: 'hi' }
    expect((await http('POST', '/open/messages', body)).json).toMatchObject({ errcode: 0 })
  })
})
