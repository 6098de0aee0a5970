import { describe, expect, it } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { default_profile } from '../../src/tupu/profile/profile.ts'
import { type StartOptions, startSim } from '../sim.ts'
import { authorizePath } from '../wechat/oauth/visitor.ts'
import { type RawAnswer, rawCall } from './raw.ts'
import { targeted } from './targeted.ts'

const control = '/_sim/v1/worlds'
const messages = '/tupu/v1/messages'
const token = '/cgi-bin/token?grant_type=client_credential'
const controlToken = 'the-operators-token'

/** Every path that the program answers with a method of its own, and some of nobody's. */
const paths = [
  ...new Set(
    buildApp([default_profile])
      .app.routes.filter(({ method }) => method !== 'ALL')
      .map(({ path }) => path.replaceAll(/:\w+/g, 'x')),
  ),
  '/nothing',
  '/cgi-bin/nothing',
  '/tupu/v1/nothing',
  '/api.weixin.qq.com/cgi-bin/token',
  `/w/test${messages}`,
  `/as/li${messages}`,
]

/** A simulator on a real port, and calls to it with whatever headers. */
async function onPort(options: StartOptions = {}) {
  const sim = await startSim({ ...options, listen: true })
  const url = String(sim.sim.url)
  const get = (path: string, headers: Record<string, string> = {}) =>
    rawCall(url + path, { headers })
  const post = (path: string, headers: Record<string, string>, body: object = {}) =>
    rawCall(url + path, { method: 'POST', headers, chunks: [JSON.stringify(body)] })
  const send = (headers: Record<string, string>) => {
    const { acme, wang } = sim
    return post(messages, headers, { eid: acme.eid, mobile: wang.mobile, message: '欢迎加入' })
  }
  return { ...sim, url, get, post, send }
}

function problemOf({ status, headers, text }: RawAnswer) {
  expect(headers['content-type']).toBe('application/problem+json')
  const problem = JSON.parse(text)
  expect(problem).toMatchObject({ status })
  return problem as { status: number; field: string; reason: string; fix: string }
}

describe('a host name that was rebound to a server on loopback', () => {
  it('reads nothing at any path, by no method, and is told which flag would allow it', async () => {
    const { get, post } = await onPort()
    for (const path of paths) {
      for (const call of [get, post]) {
        const problem = problemOf(await call(path, { host: 'evil.example:8878' }))
        expect({ path, ...problem }).toMatchObject({ path, status: 421, field: 'host' })
        expect(problem.reason).toContain('evil.example')
        expect(problem.fix).toContain('--allowed-hosts evil.example (TUPU_SIM_ALLOWED_HOSTS)')
      }
    }
  })

  it('sends nothing, before and after good calls by the same connection or another', async () => {
    const { send, wang } = await onPort()
    const statuses: number[] = []
    for (const host of ['evil.example', 'localhost', 'evil.example', '127.0.0.1', 'evil.example'])
      statuses.push((await send({ host })).status)
    expect(statuses).toEqual([421, 200, 421, 200, 421])
    expect(await wang.inbox()).toHaveLength(2)
  })

  it('is not told whose process it is, nor where its data lies', async () => {
    const { get } = await onPort()
    expect((await get('/livez', { host: 'evil.example' })).text).not.toMatch(/pid|data|version/)
    expect(JSON.parse((await get('/livez')).text)).toHaveProperty('pid')
  })

  it('is the one in a whole address as target, whatever its header says', async () => {
    const { url, acme } = await onPort()
    const { host } = new URL(url)
    for (const path of [
      `/tupu/v1/accounts/${acme.eid}`,
      token,
      '/livez',
      `/register/${acme.eid}`,
    ]) {
      const foreign = await targeted(url, `http://evil.example${path}`, host)
      expect(foreign).toMatch(/^HTTP\/1\.1 421 [\s\S]*evil\.example/)
      expect(await targeted(url, `http://${host}${path}`, 'evil.example')).toMatch(
        /^HTTP\/1\.1 200 /,
      )
    }
  })

  it('may stand in what a trusted proxy was asked for just as little', async () => {
    const { send, wang } = await onPort({ trustProxy: true })
    expect((await send({ 'x-forwarded-host': 'evil.example' })).status).toBe(421)
    expect((await send({ 'x-forwarded-host': 'sim.test' })).status).toBe(200)
    expect(await wang.inbox()).toHaveLength(1)
  })

  it.each([
    { what: 'is allowed', options: { allowedHosts: ['evil.example'] } },
    { what: 'is below an allowed one', options: { allowedHosts: ['*.example'] } },
    { what: 'is the public one', options: { publicUrl: 'https://evil.example' } },
  ])('is foreign no more when it $what', async ({ options }) => {
    const { get, send, acme } = await onPort(options)
    const headers = { host: 'evil.example', origin: 'https://evil.example' }
    expect((await send(headers)).text).toContain('"errcode":0')
    for (const path of ['/livez', `/register/${acme.eid}`, control])
      expect((await get(path, headers)).status).toBe(200)
  })
})

describe('the names of WeChat’s hosts that we play', () => {
  const hosts = ['api.weixin.qq.com', 'open.weixin.qq.com', 'mp.weixin.qq.com:443', 'res.wx.qq.com']

  it.each(hosts)('lead to WeChat’s surfaces, and nowhere else: %s', async (host) => {
    const { get, send, acme, wang } = await onPort()
    for (const path of [token, '/sns/auth', authorizePath(acme), '/cgi-bin/nothing'])
      expect({ path, status: (await get(path, { host })).status }).toEqual({ path, status: 200 })
    expect((await get('/cgi-bin/showqrcode?ticket=x', { host })).status).not.toBe(421)
    for (const path of ['/livez', '/docs', `/register/${acme.eid}`, '/phone', control, '/nothing'])
      expect({ path, status: (await get(path, { host })).status }).toEqual({ path, status: 421 })
    expect((await send({ host })).status).toBe(421)
    expect(await wang.inbox()).toEqual([])
  })

  it('are no others of WeChat’s', async () => {
    const { get } = await onPort()
    for (const host of [
      'weixin.qq.com',
      'evil.api.weixin.qq.com',
      'api.weixin.qq.com.evil.example',
    ])
      expect((await get(token, { host })).status).toBe(421)
  })
})

describe('a page of a foreign site', () => {
  const calls: readonly Record<string, string>[] = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' },
    { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' },
  ]

  it.each(calls)('reads nothing and sends nothing at any path: %j', async (headers) => {
    const { get, post, send, wang } = await onPort()
    for (const path of paths) {
      for (const call of [get, post]) {
        const problem = problemOf(await call(path, headers))
        expect({ path, ...problem }).toMatchObject({ path, status: 403, field: 'origin' })
      }
    }
    expect((await send({ ...headers, 'content-type': 'text/plain' })).status).toBe(403)
    expect(await wang.inbox()).toEqual([])
  })

  it('is named with the flag that would let it in', async () => {
    const { send } = await onPort()
    const { reason, fix } = problemOf(await send({ origin: 'https://evil.example' }))
    expect(reason).toContain('https://evil.example')
    expect(fix).toContain('--allowed-hosts')
  })

  it('posts no form, though a browser goes where it leads', async () => {
    const { post, acme } = await onPort()
    const navigation = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }
    for (const path of [messages, `/register/${acme.eid}`, '/connect/oauth2/confirm'])
      expect((await post(path, navigation)).status).toBe(403)
  })

  it('may lead a browser to candidates’ pages and web OAuth, in its window or in a frame', async () => {
    const { get, acme } = await onPort()
    for (const dest of ['document', 'iframe']) {
      const headers = {
        'sec-fetch-site': 'cross-site',
        'sec-fetch-mode': 'navigate',
        'sec-fetch-dest': dest,
      }
      for (const path of [`/register/${acme.eid}`, authorizePath(acme)])
        expect({ dest, status: (await get(path, headers)).status }).toEqual({ dest, status: 200 })
    }
  })

  it('may show WeChat’s QR codes, which are made for that, and no call that looks like a picture', async () => {
    const { get, acme } = await onPort()
    const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }
    const picture = { ...headers, 'sec-fetch-dest': 'image' }
    expect((await get('/cgi-bin/showqrcode?ticket=x', picture)).status).not.toBe(403)
    const query = `appid=${acme.appid}&secret=${acme.info.app_secret}`
    for (const path of [
      `/tupu/v1/accounts/${acme.eid}`,
      `/cgi-bin/token?grant_type=client_credential&${query}`,
      '/cgi-bin/menu/delete?access_token=x',
      authorizePath(acme),
    ])
      expect({ path, status: (await get(path, picture)).status }).toEqual({ path, status: 403 })
  })
})

describe('what is let in on loopback all the same', () => {
  it.each([
    { what: 'a program, which is no browser', headers: {} },
    { what: 'node’s own fetch', headers: { 'sec-fetch-mode': 'cors' } },
    { what: 'a page of this server', headers: { 'sec-fetch-site': 'same-origin' } },
    {
      what: 'a page that is developed on this machine',
      headers: { origin: 'http://localhost:3000', 'sec-fetch-site': 'same-site' },
    },
    {
      what: 'a page of a container beside it',
      headers: { host: 'sim:8878', origin: 'http://hr.internal' },
    },
  ])('$what', async ({ headers }) => {
    const { send } = await onPort()
    expect((await send(headers as Record<string, string>)).text).toContain('"errcode":0')
  })

  it('whoever has the control token, from any site and by any name', async () => {
    const { get, send, acme } = await onPort({ controlToken })
    const foreign = { host: 'evil.example', origin: 'https://evil.example' }
    const operator = { ...foreign, authorization: `Bearer ${controlToken}` }
    expect((await send(operator)).text).toContain('"errcode":0')
    for (const path of ['/livez', `/register/${acme.eid}`, token, '/docs'])
      expect((await get(path, operator)).status).toBe(200)
    expect((await send({ ...foreign, authorization: 'Bearer wrong' })).status).toBe(421)
  })
})

it('where other machines reach the server, open surfaces are open to all of them', async () => {
  const { get, send, acme } = await onPort({ exposed: true, controlToken, partnerOpen: true })
  const foreign = { host: 'evil.example', origin: 'null', 'sec-fetch-site': 'cross-site' }
  expect((await send(foreign)).text).toContain('"errcode":0')
  for (const path of ['/livez', `/register/${acme.eid}`, token, '/sign-in'])
    expect((await get(path, foreign)).status).toBe(200)
})
