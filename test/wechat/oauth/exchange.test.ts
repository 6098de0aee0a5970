import { describe, expect, it } from 'vitest'
import { onBoth, onEither } from '../../database.ts'
import { startSim } from '../../sim.ts'
import { acmesClient, errcodeOf, initechsClient, refusalOf, tablesOf } from '../client.ts'
import { codeOf, exchange, exchangeFields, webTokenOf } from './visitor.ts'

const path = '/sns/oauth2/access_token'
const form = { 'content-type': 'application/x-www-form-urlencoded' }

onEither('/sns/oauth2/access_token', (database) => {
  it('exchanges a code for a token of one openid', async () => {
    const { http, acme, li } = await startSim({ database })
    const answer = await exchange(http, acme, await codeOf(http, acme))
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('text/plain')
    expect(Object.entries(answer.json)).toEqual([
      ['access_token', expect.stringMatching(/^\d{1,3}_[\w-]{107}$/)],
      ['expires_in', 7200],
      ['refresh_token', expect.stringMatching(/^\d{1,3}_[\w-]{107}$/)],
      ['openid', li.openidAt(acme)],
      ['scope', 'snsapi_base'],
    ])
    expect(answer.json.access_token).not.toBe(answer.json.refresh_token)
  })

  it('tells the unionid with snsapi_userinfo only, the same for every account', async () => {
    const { http, acme, world } = await startSim({ database })
    const scope = 'snsapi_userinfo'
    const first = await webTokenOf(http, acme, { scope })
    expect(Object.keys(first).at(-1)).toBe('unionid')
    expect(first).toMatchObject({ scope, unionid: expect.stringMatching(/^o[\w-]{27}$/) })
    const { client, openid } = await initechsClient({ http, world })
    const second = await webTokenOf(http, client.account, { scope })
    expect(second).toMatchObject({ openid, unionid: first['unionid'] })
    expect(first.openid).not.toBe(second.openid)
    const info = await (await acmesClient({ http, acme })).get('/cgi-bin/user/info', first as never)
    expect(info.json).toMatchObject({ errcode: 40001 })
  })

  it('does so within five minutes', async () => {
    const { http, acme, world } = await startSim({ database })
    const codes = [await codeOf(http, acme), await codeOf(http, acme)]
    await world.advance('PT4M59.999S')
    expect(errcodeOf(await exchange(http, acme, codes[0] ?? ''))).toBe(0)
    await world.advance('PT0.001S')
    const before = await tablesOf(world)
    expect(errcodeOf(await exchange(http, acme, codes[1] ?? ''))).toBe(42003)
    expect(await tablesOf(world)).toEqual(before)
    expect(errcodeOf(await exchange(http, acme, codes[0] ?? ''))).toBe(40163)
  })
})

onBoth('two who exchange one code at the same time', (database) => {
  it('get one token', async () => {
    const { http, acme, world } = await startSim({ database })
    const code = await codeOf(http, acme)
    const answers = await Promise.all([exchange(http, acme, code), exchange(http, acme, code)])
    expect(answers.map(errcodeOf).sort()).toEqual([0, 40163])
    const before = await tablesOf(world)
    expect(refusalOf(await exchange(http, acme, code))).toEqual({
      errcode: 40163,
      errmsg: 'code been used,',
    })
    expect(await tablesOf(world)).toEqual(before)
  })
})

describe('the fields of an exchange', () => {
  async function start() {
    const sim = await startSim()
    const fields = exchangeFields(sim.acme, await codeOf(sim.http, sim.acme))
    return { ...sim, fields, query: new URLSearchParams(fields).toString() }
  }

  it('may come by GET, in the query', async () => {
    const { http, query } = await start()
    expect(errcodeOf(await http('GET', `${path}?${query}`))).toBe(0)
  })

  it('may come by POST, in the query', async () => {
    const { http, query } = await start()
    expect(errcodeOf(await http('POST', `${path}?${query}`))).toBe(0)
  })

  it('may come by POST, in a form', async () => {
    const { http, query } = await start()
    expect(errcodeOf(await http('POST', path, query, form))).toBe(0)
  })

  it('may come in JSON', async () => {
    const { http, fields } = await start()
    expect(errcodeOf(await http('POST', path, fields))).toBe(0)
  })

  it('may come in query and form, as Auth.js sends them', async () => {
    const { http, fields } = await start()
    const { appid = '', secret = '', code = '', grant_type = '' } = fields
    const body = new URLSearchParams({ code, grant_type, redirect_uri: 'https://hr.example.com/' })
    const headers = { ...form, authorization: `Basic ${btoa(`${appid}:${secret}`)}` }
    const query = new URLSearchParams({ appid, secret })
    expect(errcodeOf(await http('POST', `${path}?${query}`, String(body), headers))).toBe(0)
  })
})

describe('a refused exchange', () => {
  const refused: readonly {
    when: string
    but: Readonly<Record<string, string | undefined>>
    errcode: number
    errmsg: string
  }[] = [
    {
      when: 'everything is missing',
      but: { appid: undefined, secret: undefined, code: undefined, grant_type: undefined },
      errcode: 41002,
      errmsg: 'appid missing',
    },
    { when: 'the appid is empty', but: { appid: '' }, errcode: 41002, errmsg: 'appid missing' },
    {
      when: 'the appid is unknown',
      but: { appid: 'wx0000000000000000', grant_type: 'x' },
      errcode: 40013,
      errmsg: 'invalid appid',
    },
    {
      when: 'the appid is no appid',
      but: { appid: '\0' },
      errcode: 40013,
      errmsg: 'invalid appid',
    },
    {
      when: 'the grant type is missing',
      but: { grant_type: undefined, secret: '' },
      errcode: 40002,
      errmsg: 'invalid grant_type',
    },
    {
      when: 'the grant type is another',
      but: { grant_type: 'client_credential', secret: 'x' },
      errcode: 40002,
      errmsg: 'invalid grant_type',
    },
    {
      when: 'the secret is missing',
      but: { secret: undefined, code: '' },
      errcode: 41004,
      errmsg: 'appsecret missing',
    },
    {
      when: 'the secret is wrong',
      but: { secret: '0123456789abcdef0123456789abcdef', code: '' },
      errcode: 40125,
      errmsg: 'invalid appsecret',
    },
    {
      when: 'the code is missing',
      but: { code: undefined },
      errcode: 41008,
      errmsg: 'missing code',
    },
    { when: 'the code is empty', but: { code: '' }, errcode: 41008, errmsg: 'missing code' },
    {
      when: 'the code is unknown',
      but: { code: '061eY9xX08tQu02IH4wX05BjxX0eY9xA' },
      errcode: 40029,
      errmsg: 'invalid code',
    },
    {
      when: 'the code is no text of a database',
      but: { code: '\0' },
      errcode: 40029,
      errmsg: 'invalid code',
    },
  ]

  it.each(refused)(
    'is $errcode when $when; the code stays good',
    async ({ but, errcode, errmsg }) => {
      const { http, acme, world } = await startSim()
      const fields = exchangeFields(acme, await codeOf(http, acme))
      const ask = (all: object) => {
        const given = Object.entries(all).filter(([, value]) => value !== undefined)
        return http('GET', `${path}?${new URLSearchParams(Object.fromEntries(given))}`)
      }
      const before = await tablesOf(world)
      const answer = await ask({ ...fields, ...but })
      expect(answer.status).toBe(200)
      expect(answer.headers.get('content-type')).toBe('text/plain')
      expect(refusalOf(answer)).toEqual({ errcode, errmsg: `${errmsg},` })
      expect(await tablesOf(world)).toEqual(before)
      expect(errcodeOf(await ask(fields))).toBe(0)
    },
  )

  it('is 40029 for a code of another account, which stays good', async () => {
    const { http, acme, world } = await startSim()
    const { client } = await initechsClient({ http, world })
    const code = await codeOf(http, acme)
    expect(errcodeOf(await exchange(http, client.account, code))).toBe(40029)
    expect(errcodeOf(await exchange(http, acme, code))).toBe(0)
  })

  it('is 40029 for the code of a world before its reset', async () => {
    const { http, acme, world } = await startSim()
    const code = await codeOf(http, acme)
    await world.reset()
    expect(errcodeOf(await exchange(http, acme, code))).toBe(40029)
    const next = await codeOf(http, acme)
    expect(next.slice(3)).not.toBe(code.slice(3))
    expect(errcodeOf(await exchange(http, acme, next))).toBe(0)
  })

  it('is 43003 by plain http when the account asks for https', async () => {
    const { http, acme, world } = await startSim()
    const code = await codeOf(http, acme)
    await world.call('official_account.update', { appid: acme.appid, require_https: true })
    expect(errcodeOf(await exchange(http, acme, code))).toBe(43003)
  })

  it('is not so for an address that is on no list: these calls have none', async () => {
    const { http, acme, world } = await startSim()
    const ip_whitelist = ['203.0.113.7']
    await world.call('official_account.update', { appid: acme.appid, ip_whitelist })
    expect(errcodeOf(await exchange(http, acme, await codeOf(http, acme)))).toBe(0)
  })
})

it('the journal shows neither codes nor tokens nor secrets', async () => {
  const { http, acme, world } = await startSim()
  const code = await codeOf(http, acme)
  const { access_token, refresh_token } = (await exchange(http, acme, code)).json
  await exchange(http, acme, code)
  const shown = JSON.stringify(await world.call('exchange.list'))
  for (const secret of [code, access_token, refresh_token, acme.info.app_secret])
    expect(shown).not.toContain(secret)
  expect(shown).toContain('code.unused')
})
