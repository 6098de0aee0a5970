import { describe, expect, it } from 'vitest'
import { startSim } from '../sim.ts'
import { acmesClient, bodyOf, refusalOf, tablesOf, type WechatClient } from './client.ts'
import { startCounted } from './quota-counts.ts'

const path = '/cgi-bin/openapi/quota/get'
const sends = '/cgi-bin/message/template/send'

function asks(client: WechatClient, cgi_path: unknown) {
  return client.post(path, { cgi_path })
}

const quota = (daily_limit: number, used: number) => {
  return { daily_limit, used, remain: daily_limit - used }
}

describe('openapi/quota/get', () => {
  it('answers what a path was called today, and how often it may be', async () => {
    const { client } = await startCounted('sqlite', { used: [{ path: sends, used: 99_998 }] })
    expect((await asks(client, sends)).text).toBe(
      '{"errcode":0,"errmsg":"ok","quota":{"daily_limit":100000,"used":99998,"remain":2}}',
    )
    for (let n = 0; n < 3; n++) await client.sends({})
    expect(bodyOf(await asks(client, sends))).toMatchObject({ quota: quota(100_000, 100_000) })
  })

  it('answers the calls of a minute too, where they are limited', async () => {
    const { client } = await startCounted('sqlite')
    await client.asksStableToken()
    expect(bodyOf(await asks(client, '/cgi-bin/stable_token'))).toEqual({
      errcode: 0,
      errmsg: 'ok',
      quota: quota(500_000, 1),
      rate_limit: { call_count: 10_000, refresh_second: 60 },
    })
  })

  it('answers a new day with nothing used', async () => {
    const { client, world } = await startCounted('sqlite')
    await client.asksToken()
    expect(bodyOf(await asks(client, '/cgi-bin/token'))).toMatchObject({ quota: quota(2000, 1) })
    await world.advance('PT14H59M59.999S')
    await client.signsIn()
    await world.advance('PT0.001S')
    expect(bodyOf(await asks(client, '/cgi-bin/token'))).toMatchObject({ quota: quota(2000, 0) })
  })

  it.each([
    { cgi_path: '/cgi-bin/user/get', limit: 100 },
    { cgi_path: '/cgi-bin/token', limit: 200 },
    { cgi_path: '/cgi-bin/stable_token', limit: 500_000 },
  ])('knows that a test account may call $cgi_path $limit times', async ({ cgi_path, limit }) => {
    const { client } = await startCounted('sqlite', { change: { kind: 'sandbox' } })
    expect(bodyOf(await asks(client, cgi_path))).toMatchObject({ quota: quota(limit, 0) })
  })

  it('answers zeros for a path without a limit, and where nothing is counted', async () => {
    const { client, world, acme } = await startCounted('sqlite')
    expect(bodyOf(await asks(client, path))).toEqual({
      errcode: 0,
      errmsg: 'ok',
      quota: quota(0, 0),
    })
    await client.sends({})
    await world.call('official_account.update', { appid: acme.appid, quotas: 'off' })
    expect(bodyOf(await asks(client, sends))).toMatchObject({ quota: quota(0, 0) })
    expect(bodyOf(await asks(client, '/cgi-bin/stable_token'))).not.toHaveProperty('rate_limit')
  })

  it.each([
    { cgi_path: undefined, errcode: 76003 },
    { cgi_path: 'cgi-bin/token', errcode: 76003 },
    { cgi_path: 'https://api.weixin.qq.com/cgi-bin/token', errcode: 76003 },
    { cgi_path: '//api.weixin.qq.com/cgi-bin/token', errcode: 76003 },
    { cgi_path: '/cgi-bin/token?grant_type=client_credential', errcode: 76003 },
    { cgi_path: '', errcode: 76003 },
    { cgi_path: 7, errcode: 47001 },
    { cgi_path: '/cgi-bin/tokens', errcode: 76021, errmsg: 'cgi_path not found, please check' },
    {
      cgi_path: '/sns/userinfo',
      errcode: 76022,
      errmsg: 'could not use this cgi_path,no permission',
    },
    { cgi_path: '/sns/nothing', errcode: 76022 },
  ])('answers $cgi_path with $errcode, and counts nothing', async ({ cgi_path, ...refusal }) => {
    const { client, world } = await startCounted('sqlite')
    const before = await tablesOf(world)
    expect(refusalOf(await asks(client, cgi_path))).toMatchObject(refusal)
    expect(await tablesOf(world)).toEqual(before)
  })

  it('answers a path that this kind of account may not call with 76022', async () => {
    const { http, acme, world } = await startSim()
    const client = await acmesClient({ http, acme })
    expect(bodyOf(await asks(client, sends))).toMatchObject({ errcode: 0 })
    await world.call('official_account.update', { appid: acme.appid, kind: 'subscription' })
    expect(refusalOf(await asks(client, sends))).toMatchObject({ errcode: 76022 })
  })
})
