import { describe, expect, it } from 'vitest'
import { type Answer, type Sim, startSim } from '../sim.ts'
import { acmesClient, errcodeOf, refusalOf, type WechatClient } from './client.ts'

interface Target {
  readonly method: 'GET' | 'POST'
  readonly path: string
}

const targets: readonly Target[] = [
  { method: 'POST', path: '/cgi-bin/message/template/send' },
  { method: 'GET', path: '/cgi-bin/template/get_all_private_template' },
  { method: 'POST', path: '/cgi-bin/template/get_all_private_template' },
  { method: 'GET', path: '/cgi-bin/template/get_industry' },
  { method: 'GET', path: '/cgi-bin/user/info' },
  { method: 'GET', path: '/cgi-bin/user/get' },
]

const unknown_token =
  'invalid credential, access_token is invalid or not latest, could get access_token by getStableAccessToken, more details at https://mmbizurl.cn/s/JtxxFh33r'

async function start(): Promise<Sim & { client: WechatClient }> {
  const sim = await startSim()
  return { ...sim, client: await acmesClient(sim) }
}

interface Ask {
  readonly query?: string
  readonly body?: unknown
  readonly headers?: Record<string, string>
}

/** Calls with whatever fields the endpoint needs, so that only the token can be at fault. */
function ask(sim: Sim, { method, path }: Target, { query = '', body, headers }: Ask) {
  const openid = sim.wang.openidAt(sim.acme)
  const fields = { touser: openid, template_id: sim.acme.info.template_id }
  const sent = method === 'POST' ? (body ?? fields) : undefined
  return sim.http(method, `${path}?openid=${openid}&${query}`, sent, headers)
}

describe.each(targets)('$method $path', (target) => {
  it('is open to whoever has a token', async () => {
    const sim = await start()
    const answer = await ask(sim, target, { query: `access_token=${sim.client.token}` })
    expect(errcodeOf(answer), answer.text).toBe(0)
  })

  it.each([
    { where: 'nowhere', of: (): Ask => ({}) },
    { where: 'empty', of: (): Ask => ({ query: 'access_token=' }) },
    {
      where: 'under a name of other letters',
      of: (token: string): Ask => ({ query: `Access_Token=${token}` }),
    },
    {
      where: 'in a header',
      of: (token: string): Ask => ({ headers: { Authorization: `Bearer ${token}` } }),
    },
    {
      where: 'in a cookie',
      of: (token: string): Ask => ({ headers: { Cookie: `access_token=${token}` } }),
    },
    { where: 'in a JSON body', of: (access_token: string): Ask => ({ body: { access_token } }) },
    {
      where: 'in a form',
      of: (token: string): Ask => ({
        body: `access_token=${token}`,
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      }),
    },
  ])('answers 41001 when the token is $where', async ({ of }) => {
    const sim = await start()
    const answer = await ask(sim, target, of(sim.client.token))
    expect(answer.status).toBe(200)
    expect(refusalOf(answer)).toEqual({ errcode: 41001, errmsg: 'access_token missing' })
  })

  it.each([
    { which: 'made up', of: async () => '2' },
    {
      which: 'a token with one letter more',
      of: async ({ client }: Started) => `${client.token}A`,
    },
    { which: 'text with a NUL', of: async () => '%00' },
    { which: 'no text', of: async () => '%ff%fe' },
    { which: 'far too long', of: async () => 'A'.repeat(8000) },
    {
      which: 'superseded twice',
      of: async ({ client }: Started) => {
        const { token } = client
        await client.asksToken()
        await client.asksToken()
        return token
      },
    },
    {
      which: 'of the time before a reset',
      of: async ({ client, world }: Started) => {
        await world.reset()
        return client.token
      },
    },
    {
      which: 'of a world that is gone',
      of: async ({ client, world }: Started) => {
        await world.close()
        return client.token
      },
    },
  ])('answers 40001 when the token is $which', async ({ of }) => {
    const sim = await start()
    const answer = await ask(sim, target, { query: `access_token=${await of(sim)}` })
    expect(answer.status).toBe(200)
    expect(refusalOf(answer)).toEqual({ errcode: 40001, errmsg: unknown_token })
  })

  it('answers 42001 when the token is two hours old', async () => {
    const sim = await start()
    await sim.world.advance('PT2H')
    const answer = await ask(sim, target, { query: `access_token=${sim.client.token}` })
    expect(refusalOf(answer)).toEqual({ errcode: 42001, errmsg: 'access_token expired' })
  })

  it('reads the first of two tokens', async () => {
    const sim = await start()
    const { token } = sim.client
    const of = (query: string): Promise<Answer> => ask(sim, target, { query })
    expect(errcodeOf(await of(`access_token=${token}&access_token=2`))).toBe(0)
    expect(errcodeOf(await of(`access_token=2&access_token=${token}`))).toBe(40001)
    expect(errcodeOf(await of(`access_token=&access_token=${token}`))).toBe(41001)
  })

  it('looks at the token before the body', async () => {
    const sim = await start()
    const answer = await ask(sim, target, { query: 'access_token=2', body: '{"touser":' })
    expect(errcodeOf(answer)).toBe(40001)
  })

  it('answers the same under every way in', async () => {
    const sim = await start()
    const { token } = sim.client
    for (const base of ['/api.weixin.qq.com', '/w/test', '/w/test/api.weixin.qq.com']) {
      const path = base + target.path
      const answer = await ask(sim, { ...target, path }, { query: `access_token=${token}` })
      expect(errcodeOf(answer), `${base}: ${answer.text}`).toBe(0)
    }
    const headers = { Host: 'api.weixin.qq.com' }
    const answer = await ask(sim, target, { query: `access_token=${token}`, headers })
    expect(errcodeOf(answer)).toBe(0)
  })
})

type Started = Sim & { client: WechatClient }
