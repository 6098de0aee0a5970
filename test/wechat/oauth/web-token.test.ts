import { describe, expect, it } from 'vitest'
import { onEither } from '../../database.ts'
import { type Answer, type Sim, startSim } from '../../sim.ts'
import { acmesClient, errcodeOf, initechsClient, refusalOf, tablesOf } from '../client.ts'
import { webTokenOf } from './visitor.ts'

const scope = 'snsapi_userinfo'
const invalid_credential = 'invalid credential, access_token is invalid or not latest,'

type Query = Readonly<Record<string, string | undefined>>

function get({ http }: Pick<Sim, 'http'>, path: string, query: Query): Promise<Answer> {
  const given = Object.entries(query).filter((pair): pair is [string, string] => {
    return pair[1] !== undefined
  })
  return http('GET', `${path}?${new URLSearchParams(given)}`)
}

async function start(link: Parameters<typeof webTokenOf>[2] = { scope }) {
  const sim = await startSim()
  const token = await webTokenOf(sim.http, sim.acme, link)
  const { access_token, openid } = token
  return { ...sim, token, asked: { access_token, openid } }
}

describe('/sns/userinfo', () => {
  it('tells nickname and avatar, and nothing of sex and place', async () => {
    const sim = await start()
    const answer = await get(sim, '/sns/userinfo', { ...sim.asked, lang: 'zh_CN' })
    expect(answer.headers.get('content-type')).toBe('text/plain')
    expect(Object.entries(answer.json)).toEqual([
      ['openid', sim.token.openid],
      ['nickname', '李雷'],
      ['sex', 0],
      ['language', ''],
      ['city', ''],
      ['province', ''],
      ['country', ''],
      [
        'headimgurl',
        expect.stringMatching(/^https:\/\/thirdwx\.qlogo\.cn\/mmopen\/vi_32\/\w+\/132$/),
      ],
      ['privilege', []],
      ['unionid', sim.token['unionid']],
    ])
    for (const lang of ['en', 'zh_TW', 'xx', ''])
      expect((await get(sim, '/sns/userinfo', { ...sim.asked, lang })).text).toBe(answer.text)
  })

  it('takes its fields from a form too', async () => {
    const { http, asked } = await start()
    const body = new URLSearchParams(asked).toString()
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    expect((await http('POST', '/sns/userinfo', body, headers)).json).toMatchObject({
      nickname: '李雷',
    })
  })

  it('shows everybody another face, and one face in all accounts', async () => {
    const sim = await start()
    const { http, acme, world } = sim
    const { client } = await initechsClient({ http, world })
    const face = async (account: typeof acme, person: string) => {
      const { access_token, openid } = await webTokenOf(http, account, { scope, person })
      return (await get(sim, '/sns/userinfo', { access_token, openid })).json.headimgurl
    }
    expect(await face(acme, 'li')).toBe(await face(client.account, 'li'))
    expect(await face(acme, 'li')).not.toBe(await face(acme, 'wang'))
  })

  it('is refused to a token of snsapi_base, after everything else', async () => {
    const sim = await start({})
    expect(refusalOf(await get(sim, '/sns/userinfo', sim.asked))).toEqual({
      errcode: 48001,
      errmsg: 'api unauthorized,',
    })
    expect(errcodeOf(await get(sim, '/sns/userinfo', { ...sim.asked, openid: 'x' }))).toBe(40003)
  })
})

describe('/sns/auth', () => {
  it('says that a token is good, of either scope', async () => {
    for (const link of [{}, { scope }]) {
      const sim = await start(link)
      expect((await get(sim, '/sns/auth', sim.asked)).text).toBe('{"errcode":0,"errmsg":"ok"}')
    }
  })
})

describe.each(['/sns/userinfo', '/sns/auth'])('%s', (path) => {
  const refused: readonly { when: string; but: Query; errcode: number; errmsg: string }[] = [
    {
      when: 'there is no token',
      but: { access_token: undefined, openid: undefined },
      errcode: 41001,
      errmsg: 'access_token missing,',
    },
    {
      when: 'the token is empty',
      but: { access_token: '' },
      errcode: 41001,
      errmsg: 'access_token missing,',
    },
    {
      when: 'the token is unknown',
      but: { access_token: '98_x', openid: undefined },
      errcode: 40001,
      errmsg: invalid_credential,
    },
    {
      when: 'the token is none',
      but: { access_token: '\0' },
      errcode: 40001,
      errmsg: invalid_credential,
    },
    {
      when: 'there is no openid',
      but: { openid: undefined },
      errcode: 41009,
      errmsg: 'missing openid,',
    },
    { when: 'the openid is empty', but: { openid: '' }, errcode: 41009, errmsg: 'missing openid,' },
    {
      when: 'the openid is another’s',
      but: { openid: 'oAbCdEfGhIjKlMnOpQrStUvWxYz0' },
      errcode: 40003,
      errmsg: 'invalid openid,',
    },
  ]

  it.each(refused)('answers $errcode when $when', async ({ but, errcode, errmsg }) => {
    const sim = await start()
    const before = await tablesOf(sim.world)
    const answer = await get(sim, path, { ...sim.asked, ...but })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('text/plain')
    expect(refusalOf(answer)).toEqual({ errcode, errmsg })
    expect(await tablesOf(sim.world)).toEqual(before)
  })

  it('answers 40001 after two hours', async () => {
    const sim = await start()
    await sim.world.advance('PT1H59M59S')
    expect(errcodeOf(await get(sim, path, sim.asked))).toBe(0)
    await sim.world.advance('PT1S')
    expect(refusalOf(await get(sim, path, sim.asked)).errcode).toBe(40001)
  })

  it('answers 40001 to the account’s own token, and to a refresh token', async () => {
    const sim = await start()
    const { token: access_token } = await acmesClient(sim)
    expect(errcodeOf(await get(sim, path, { ...sim.asked, access_token }))).toBe(40001)
    const { refresh_token } = sim.token
    const asked = { ...sim.asked, access_token: refresh_token }
    expect(errcodeOf(await get(sim, path, asked))).toBe(40001)
  })

  it('answers 43003 by plain http when the account asks for https', async () => {
    const sim = await start()
    const { appid } = sim.acme
    await sim.world.call('official_account.update', { appid, require_https: true })
    expect(errcodeOf(await get(sim, path, sim.asked))).toBe(43003)
  })

  it('answers 40001 to a token from before a reset', async () => {
    const sim = await start()
    await sim.world.reset()
    expect(errcodeOf(await get(sim, path, sim.asked))).toBe(40001)
  })
})

it.each(['/cgi-bin/user/info', '/cgi-bin/user/get', '/cgi-bin/menu/get'])(
  'a token of web OAuth is none at %s',
  async (path) => {
    const sim = await start()
    expect(errcodeOf(await get(sim, path, sim.asked))).toBe(40001)
  },
)

onEither('/sns/oauth2/refresh_token', (database) => {
  async function begin(link: Parameters<typeof webTokenOf>[2] = { scope }) {
    const sim = await startSim({ database })
    const token = await webTokenOf(sim.http, sim.acme, link)
    const { appid } = sim.acme
    const refreshes = (but: Query = {}) => {
      const { refresh_token } = token
      const query = { appid, grant_type: 'refresh_token', refresh_token, ...but }
      return get(sim, '/sns/oauth2/refresh_token', query)
    }
    const worth = async ({ access_token }: { access_token?: string }) =>
      errcodeOf(await get(sim, '/sns/auth', { access_token, openid: token.openid }))
    return { ...sim, token, refreshes, worth }
  }

  it('prolongs a token that lives, without a unionid', async () => {
    const { world, token, refreshes, worth } = await begin()
    await world.advance('PT1H')
    const { access_token, refresh_token, openid } = token
    expect(Object.entries((await refreshes()).json)).toEqual(
      Object.entries({ access_token, expires_in: 7200, refresh_token, openid, scope }),
    )
    await world.advance('PT1H59M59S')
    expect(await worth(token)).toBe(0)
    await world.advance('PT1S')
    expect(await worth(token)).toBe(40001)
  })

  it('replaces a token that is dead; the refresh token stays the same', async () => {
    const { world, token, refreshes, worth } = await begin()
    await world.advance('PT2H')
    const { json } = await refreshes()
    expect(json).toMatchObject({ refresh_token: token.refresh_token, openid: token.openid })
    expect(json.access_token).toMatch(/^98_[\w-]{107}$/)
    expect(json.access_token).not.toBe(token.access_token)
    expect(await worth(json)).toBe(0)
    expect(await worth(token)).toBe(40001)
  })

  it('does so for thirty days, which no refresh prolongs', async () => {
    const { world, refreshes } = await begin()
    await world.advance('P29DT23H59M59S')
    expect(errcodeOf(await refreshes())).toBe(0)
    await world.advance('PT1S')
    expect(refusalOf(await refreshes())).toEqual({
      errcode: 42002,
      errmsg: 'refresh_token expired,',
    })
  })

  it('is 40030 after the same person was exchanged with snsapi_base', async () => {
    const { http, acme, refreshes, worth, token } = await begin()
    await webTokenOf(http, acme, { scope, person: 'li' })
    await webTokenOf(http, acme, { person: 'wang' })
    expect(errcodeOf(await refreshes())).toBe(0)
    await webTokenOf(http, acme, { person: 'li' })
    expect(errcodeOf(await refreshes())).toBe(40030)
    expect(await worth(token)).toBe(0)
  })

  it('is not so for a token of snsapi_base itself', async () => {
    const { http, acme, refreshes } = await begin({})
    await webTokenOf(http, acme)
    expect(errcodeOf(await refreshes())).toBe(0)
  })

  const refused: readonly { when: string; but: Query; errcode: number }[] = [
    { when: 'there is no appid', but: { appid: undefined, grant_type: '' }, errcode: 41002 },
    { when: 'the appid is unknown', but: { appid: 'wx0', grant_type: '' }, errcode: 40013 },
    {
      when: 'the grant type is another',
      but: { grant_type: 'authorization_code', refresh_token: '' },
      errcode: 40002,
    },
    { when: 'there is no refresh token', but: { refresh_token: undefined }, errcode: 41003 },
    { when: 'the refresh token is unknown', but: { refresh_token: '98_x' }, errcode: 40030 },
    { when: 'the refresh token is none', but: { refresh_token: '\0' }, errcode: 40030 },
  ]

  it.each(refused)('is $errcode when $when, and nothing else happens', async ({ but, errcode }) => {
    const { world, refreshes, token } = await begin()
    await world.advance('PT3H')
    const before = await tablesOf(world)
    const answer = await refreshes(but)
    expect(answer.headers.get('content-type')).toBe('text/plain')
    expect(refusalOf(answer).errcode).toBe(errcode)
    expect(await tablesOf(world)).toEqual(before)
    const byToken = await refreshes({ refresh_token: token.access_token })
    expect(errcodeOf(byToken)).toBe(40030)
  })

  it('is 40030 with another account’s appid', async () => {
    const { http, world, refreshes } = await begin()
    const { client } = await initechsClient({ http, world })
    expect(errcodeOf(await refreshes({ appid: client.account.appid }))).toBe(40030)
  })
})
