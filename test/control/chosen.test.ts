import { describe, expect, it } from 'vitest'
import { onEither } from '../database.ts'
import { startSim } from '../sim.ts'
import { realSeconds, signedHeaders } from '../tupu/signed.ts'
import { acmesClient } from '../wechat/client.ts'

const chosen = {
  eid: 'acme-prod',
  appid: 'wx0123456789abcdef',
  app_secret: '0123456789abcdef0123456789abcdef',
  token: 'hrToken7',
  aes_key: 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ',
  partner_secret: 'a secret of ours'.replaceAll(' ', '-'),
}
const unionid = 'o6_bmasdasdsad6_2sgVt7hMZOPf'

onEither('ids and secrets', (database) => {
  it('may be chosen for an account of a world', async () => {
    const { acme, world } = await startSim({
      database,
      listen: true,
      world: { accounts: [{ key: 'acme', ...chosen }], people: [] },
    })
    expect(acme.info).toMatchObject(chosen)
    expect(world.env).toMatchObject({
      TUPU_EID: chosen.eid,
      TUPU_PARTNER_SECRET: chosen.partner_secret,
      WECHAT_APPID: chosen.appid,
      WECHAT_SECRET: chosen.app_secret,
    })
    await world.reset()
    expect(await world.call('world.get')).toMatchObject({ accounts: [chosen] })
  })

  it('may be chosen for a new account, and hold once it is connected', async () => {
    const { world } = await startSim({ database })
    const { appid, app_secret, token, aes_key, ...own } = chosen
    const input = { key: 'initech', stage: 'new', ...chosen }
    expect(await world.call('account.create', input)).toMatchObject({ ...own, app_secret: null })
    const exported = JSON.stringify(await world.call('world.export'))
    for (const secret of [app_secret, token, aes_key]) expect(exported).not.toContain(secret)
    expect(await world.call('account.connect', { eid: 'initech' })).toMatchObject({
      appid,
      app_secret,
      token,
      aes_key,
    })
  })

  it('may be chosen for a person: the unionid, of one person alone', async () => {
    const sim = await startSim({
      database,
      world: { people: [{ key: 'li', unionid, follows: ['acme'] }] },
    })
    const client = await acmesClient(sim)
    const { json } = await client.get('/cgi-bin/user/info', { openid: sim.li.openidAt(sim.acme) })
    expect(json).toMatchObject({ unionid })
    expect(await sim.http('POST', '/_sim/v1/worlds/test/people', { unionid })).toMatchObject({
      status: 409,
      json: { field: 'unionid' },
    })
  })
})

describe('the partner secret', () => {
  it('of one’s choice signs calls, and stands in no environment when there is none', async () => {
    const { acme, platform, wang, world } = await startSim({ listen: true })
    expect(world.env).not.toHaveProperty('TUPU_PARTNER_SECRET')
    const { partner_secret } = chosen
    await world.call('account.update', { eid: 'acme', partner_secret })
    expect(await platform.sends(acme, { mobile: wang.mobile })).toMatchObject({ errcode: 100003 })
    const body = JSON.stringify({ eid: acme.eid, mobile: wang.mobile, message: 'hi' })
    const path = '/w/test/tupu/v1/messages'
    const timestamp = await realSeconds({ world })
    const of = { secret: partner_secret, method: 'POST', path, body, timestamp }
    const headers = signedHeaders(of)
    expect((await platform.post('/messages', body, headers)).json).toMatchObject({ errcode: 0 })
  })
})

it.each([
  { field: 'app_secret', value: 'ABCDEF0123456789ABCDEF0123456789' },
  { field: 'app_secret', value: '0123' },
  { field: 'token', value: 'ab' },
  { field: 'token', value: 'has-a-dash' },
  { field: 'aes_key', value: 'a'.repeat(42) },
  { field: 'aes_key', value: `${'a'.repeat(42)}-` },
  { field: 'partner_secret', value: 'short' },
  { field: 'partner_secret', value: 'has a blank in it' },
  { field: 'miniprograms.0', value: ['wx1'] },
  { field: 'report_location', value: 'sometimes' },
  { field: 'gateway_timeout', value: 'PT0S' },
  { field: 'gateway_timeout', value: 'PT61S' },
])('an account is refused whose $field is $value', async ({ field, value }) => {
  const { http } = await startSim()
  const body = { key: 'initech', [field.split('.')[0] ?? '']: value }
  expect(await http('POST', '/_sim/v1/worlds/test/accounts', body)).toMatchObject({
    status: 422,
    json: { field },
  })
})

describe('a person whom association.create has made', () => {
  const mobile = '13900139000'
  const made = { name: '陈大文', email: 'chen@example.com' }

  it('has its id for a key: no key holds a mobile', async () => {
    const { world } = await startSim()
    const { person } = await world.register(mobile, made)
    const phone = await world.call('phone.get', { person })
    expect(phone).toMatchObject({ key: person, name: made.name, mobile: `+86${mobile}` })
    const text = JSON.stringify(await world.call('person.list'))
    expect(text.replaceAll(`"mobile":"+86${mobile}"`, '')).not.toContain(mobile)
  })

  it('has neither name nor mobile any more once the association is withdrawn', async () => {
    const { acme, platform, world } = await startSim()
    const { person, openid } = await world.register(mobile, made)
    await world.call('association.withdraw', { mobile })
    expect(await world.call('phone.get', { person })).toMatchObject({ name: '***', mobile: null })
    expect(await world.register(mobile, made)).toMatchObject({ person, openid, name: made.name })
    expect(await platform.sends(acme, { mobile })).toMatchObject({ errcode: 0 })
  })

  it('is no other than whom the world was made with, who stays', async () => {
    const { wang, world } = await startSim()
    await world.call('association.withdraw', { mobile: wang.mobile })
    expect(await wang.phone()).toMatchObject({ name: '王小雨', mobile: wang.mobile })
  })
})
