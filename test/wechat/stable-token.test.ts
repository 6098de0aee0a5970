import { describe, expect, it } from 'vitest'
import { onBoth } from '../database.ts'
import { type Sim, startSim } from '../sim.ts'
import { bodyOf, refusalOf, tablesOf, tokenIn, WechatClient } from './client.ts'

const path = '/cgi-bin/stable_token'

async function start(): Promise<Sim & { client: WechatClient }> {
  const sim = await startSim()
  return { ...sim, client: new WechatClient(sim.http, sim.acme) }
}

describe('POST /cgi-bin/stable_token', () => {
  it('answers a token for two hours, and no errcode', async () => {
    const { client } = await start()
    const answer = await client.asksStableToken()
    expect(answer.headers.get('content-type')).toBe('application/json; encoding=utf-8')
    expect(answer.text).toMatch(/^\{"access_token":"\d{1,3}_[\w-]{133}","expires_in":7200\}$/)
    expect(await client.worth(tokenIn(answer))).toBe(0)
  })

  it('answers the same token while it lives, and the seconds that are left of it', async () => {
    const { client, world } = await start()
    const { access_token } = bodyOf(await client.asksStableToken())
    await world.advance('PT1H54M14.1S')
    expect(bodyOf(await client.asksStableToken())).toEqual({ access_token, expires_in: 345 })
    await world.advance('PT45.899S')
    expect(bodyOf(await client.asksStableToken())).toEqual({ access_token, expires_in: 300 })
  })

  it('answers a new token in the last five minutes, and both are good until the first expires', async () => {
    const { client, world } = await start()
    const first = tokenIn(await client.asksStableToken())
    await world.advance('PT1H55M')
    const answer = await client.asksStableToken()
    const second = tokenIn(answer)
    expect(bodyOf(answer)['expires_in']).toBe(7200)
    expect(second).not.toBe(first)
    expect(tokenIn(await client.asksStableToken())).toBe(second)
    await world.advance('PT4M59.999S')
    expect(await client.worth(first)).toBe(0)
    await world.advance('PT0.001S')
    expect(await client.worth(first)).toBe(42001)
    expect(await client.worth(second)).toBe(0)
  })

  it('makes a new token when forced, and the old one is void at once', async () => {
    const { client, world } = await start()
    const first = tokenIn(await client.asksStableToken())
    await world.advance('PT1H55M')
    const second = tokenIn(await client.asksStableToken())
    const third = tokenIn(await client.asksStableToken({ force_refresh: true }))
    expect(await client.worth(first)).toBe(40001)
    expect(await client.worth(second)).toBe(40001)
    expect(await client.worth(third)).toBe(0)
    expect(tokenIn(await client.asksStableToken())).toBe(third)
  })

  it('refreshes by force at most every thirty seconds, and else answers the present token', async () => {
    const { client, world } = await start()
    const first = tokenIn(await client.asksStableToken({ force_refresh: true }))
    await world.advance('PT29.999S')
    expect(tokenIn(await client.asksStableToken({ force_refresh: true }))).toBe(first)
    await world.advance('PT0.001S')
    const second = tokenIn(await client.asksStableToken({ force_refresh: true }))
    expect(second).not.toBe(first)
    expect(await client.worth(first)).toBe(40001)
  })

  it.each([false, 'true', 1, null])('is not forced by force_refresh: %j', async (force_refresh) => {
    const { client } = await start()
    const first = tokenIn(await client.asksStableToken())
    expect(tokenIn(await client.asksStableToken({ force_refresh }))).toBe(first)
  })

  it('leaves the ordinary tokens alone, as they leave it', async () => {
    const { client, world } = await start()
    const ordinary = [tokenIn(await client.asksToken()), tokenIn(await client.asksToken())]
    const stable = tokenIn(await client.asksStableToken())
    tokenIn(await client.asksStableToken({ force_refresh: true }))
    for (const token of ordinary) expect(await client.worth(token)).toBe(0)
    expect(await client.worth(stable)).toBe(40001)
    await world.advance('PT30S')
    const living = tokenIn(await client.asksStableToken({ force_refresh: true }))
    for (let i = 0; i < 3; i++) tokenIn(await client.asksToken())
    expect(await client.worth(living)).toBe(0)
  })

  it.each([
    {
      how: 'it is asked by GET',
      errcode: 43002,
      errmsg: 'require POST method',
      ask: ({ http }: WechatClient) => http('GET', path),
    },
    {
      how: 'the body is empty',
      errcode: 44002,
      errmsg: 'empty post data',
      ask: ({ http }: WechatClient) => http('POST', path),
    },
    {
      how: 'the body is broken JSON',
      errcode: 47001,
      errmsg: 'data format error',
      ask: ({ http }: WechatClient) => http('POST', path, '{"appid":'),
    },
    {
      how: 'the body is a JSON array',
      errcode: 47001,
      errmsg: 'data format error',
      ask: ({ http }: WechatClient) => http('POST', path, '[]'),
    },
    {
      how: 'the body is a form',
      errcode: 41002,
      errmsg: 'appid missing',
      ask: ({ http, credentials }: WechatClient) => {
        const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
        return http('POST', path, String(new URLSearchParams(credentials)), headers)
      },
    },
    {
      how: 'the fields are in the query and the body is empty',
      errcode: 41002,
      errmsg: 'appid missing',
      ask: ({ http, credentials }: WechatClient) =>
        http('POST', `${path}?${new URLSearchParams(credentials)}`),
    },
    {
      how: 'the fields are in the query beside a body without them',
      errcode: 41002,
      errmsg: 'appid missing',
      ask: ({ http, credentials }: WechatClient) =>
        http('POST', `${path}?${new URLSearchParams(credentials)}`, {}),
    },
    {
      how: 'the appid is missing',
      errcode: 41002,
      errmsg: 'appid missing',
      ask: (client: WechatClient) => client.asksStableToken({ appid: undefined }),
    },
    {
      how: 'the appid is a number',
      errcode: 41002,
      errmsg: 'appid missing',
      ask: (client: WechatClient) => client.asksStableToken({ appid: 7 }),
    },
    {
      how: 'the appid is unknown',
      errcode: 40013,
      errmsg: 'invalid appid',
      ask: (client: WechatClient) => client.asksStableToken({ appid: 'wx0000000000000000' }),
    },
    {
      how: 'the grant type is missing',
      errcode: 40002,
      errmsg: 'invalid grant_type',
      ask: (client: WechatClient) => client.asksStableToken({ grant_type: undefined, secret: '' }),
    },
    {
      how: 'the secret is missing',
      errcode: 41004,
      errmsg: 'appsecret missing',
      ask: (client: WechatClient) => client.asksStableToken({ secret: undefined }),
    },
    {
      how: 'the secret is wrong',
      errcode: 40125,
      errmsg: 'invalid appsecret',
      ask: (client: WechatClient) => client.asksStableToken({ secret: 'x' }),
    },
  ])('answers $errcode when $how, and makes no token', async ({ ask, errcode, errmsg }) => {
    const { client, world } = await start()
    const before = await tablesOf(world)
    const answer = await ask(client)
    expect(answer.status).toBe(200)
    expect(refusalOf(answer)).toEqual({ errcode, errmsg })
    expect(await tablesOf(world)).toEqual(before)
  })
})

onBoth('many who ask for the stable token at once', (database) => {
  it.each([
    { how: 'when there is none', force_refresh: false },
    { how: 'by force', force_refresh: true },
  ])('get one and the same $how', async ({ force_refresh }) => {
    const sim = await startSim({ database })
    const client = new WechatClient(sim.http, sim.acme)
    const ask = () => client.asksStableToken({ force_refresh })
    const tokens = (await Promise.all(Array.from({ length: 20 }, ask))).map(tokenIn)
    expect(new Set(tokens).size).toBe(1)
    expect(await client.worth(tokens[0] ?? '')).toBe(0)
  })
})
