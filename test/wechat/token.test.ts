import { describe, expect, it } from 'vitest'
import { type Sim, startSim } from '../sim.ts'
import { refusalOf, tablesOf, tokenIn, WechatClient } from './client.ts'

async function start(): Promise<Sim & { client: WechatClient }> {
  const sim = await startSim()
  return { ...sim, client: new WechatClient(sim.http, sim.acme) }
}

describe('/cgi-bin/token', () => {
  it('answers a token that is good for two hours, and no errcode', async () => {
    const { client } = await start()
    const answer = await client.asksToken()
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('application/json; encoding=utf-8')
    expect(answer.text).toMatch(
      /^\{"access_token":"\d{1,3}_[A-Za-z0-9_-]{133}","expires_in":7200\}$/,
    )
    expect(await client.worth(tokenIn(answer))).toBe(0)
  })

  it('answers another token at each call', async () => {
    const { client } = await start()
    const tokens = [await client.asksToken(), await client.asksToken(), await client.asksToken()]
    expect(new Set(tokens.map(tokenIn)).size).toBe(3)
  })

  it.each([
    { how: 'nothing is given', with: {}, errcode: 41002, errmsg: 'appid missing' },
    { how: 'the appid is empty', with: { appid: '' }, errcode: 41002, errmsg: 'appid missing' },
    {
      how: 'the appid is spelled appId',
      with: { appId: '<appid>' },
      errcode: 41002,
      errmsg: 'appid missing',
    },
    {
      how: 'the appid is unknown',
      with: { appid: 'wx0000000000000000' },
      errcode: 40013,
      errmsg: 'invalid appid',
    },
    {
      how: 'the appid is no appid',
      with: { appid: 'test' },
      errcode: 40013,
      errmsg: 'invalid appid',
    },
    {
      how: 'the appid holds a NUL',
      with: { appid: '\0' },
      errcode: 40013,
      errmsg: 'invalid appid',
    },
    {
      how: 'the appid is unknown and the secret wrong',
      with: { grant_type: 'client_credential', appid: 'wx0000000000000000', secret: 'x' },
      errcode: 40013,
      errmsg: 'invalid appid',
    },
    {
      how: 'the grant type is missing',
      with: { appid: '<appid>' },
      errcode: 40002,
      errmsg: 'invalid grant_type',
    },
    {
      how: 'the grant type is another and the secret missing',
      with: { appid: '<appid>', grant_type: 'authorization_code' },
      errcode: 40002,
      errmsg: 'invalid grant_type',
    },
    {
      how: 'the secret is missing',
      with: { appid: '<appid>', grant_type: 'client_credential' },
      errcode: 41004,
      errmsg: 'appsecret missing',
    },
    {
      how: 'the secret is empty',
      with: { appid: '<appid>', grant_type: 'client_credential', secret: '' },
      errcode: 41004,
      errmsg: 'appsecret missing',
    },
    {
      how: 'the secret is called appsecret',
      with: { appid: '<appid>', grant_type: 'client_credential', appsecret: '<secret>' },
      errcode: 41004,
      errmsg: 'appsecret missing',
    },
    {
      how: 'the secret is wrong',
      with: { appid: '<appid>', grant_type: 'client_credential', secret: 'x' },
      errcode: 40125,
      errmsg: 'invalid appsecret',
    },
  ])('answers $errcode when $how, and makes no token', async ({ with: given, errcode, errmsg }) => {
    const { client, world } = await start()
    const before = await tablesOf(world)
    const { appid, secret } = client.credentials
    const fill = (text = '') => text.replace('<appid>', appid).replace('<secret>', secret)
    const query = Object.fromEntries(Object.entries(given).map(([k, v]) => [k, fill(v)]))
    const answer = await client.asksToken(query)
    expect(answer.status).toBe(200)
    expect(refusalOf(answer)).toEqual({ errcode, errmsg })
    expect(await tablesOf(world)).toEqual(before)
  })

  it.each([
    { how: 'a query', make: (all: string) => [`?${all}`] as const },
    { how: 'a form', make: (all: string) => ['', all] as const },
    {
      how: 'a query and a form together',
      make: (all: string) => [`?${all.split('&')[0]}`, all.split('&').slice(1).join('&')] as const,
    },
    {
      how: 'JSON',
      make: (all: string) =>
        ['', JSON.stringify(Object.fromEntries(new URLSearchParams(all)))] as const,
    },
  ])('takes a POST with its fields in $how', async ({ make }) => {
    const { client, http } = await start()
    const [query, body] = make(String(new URLSearchParams(client.credentials)))
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
    tokenIn(await http('POST', `/cgi-bin/token${query}`, body, headers))
  })

  it('ignores parameters that it does not know, and of two the second', async () => {
    const { client, http } = await start()
    const query = `${new URLSearchParams(client.credentials)}&connect_redirect=1&secret=x&appid=y`
    tokenIn(await http('GET', `/cgi-bin/token?${query}`))
  })

  it('may be asked by every kind of account, verified or not', async () => {
    const { client, world, acme } = await start()
    for (const kind of ['subscription', 'service', 'sandbox']) {
      await world.call('official_account.update', { appid: acme.appid, kind, verified: false })
      tokenIn(await client.asksToken())
    }
  })
})
