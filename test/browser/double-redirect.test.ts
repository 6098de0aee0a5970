import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { redirectHosts } from '../sdk/redirect-hosts.ts'
import { startSim } from '../sim.ts'
import { openPage } from './browser.ts'

type Middleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => void
type Verify = (token: string, refresh: string, profile: object, age: number, done: Done) => void
type Done = (error: Error | null, user: object) => void
type Authenticated = (error: (Error & { code?: number }) | null, user: unknown) => void

interface Passport {
  use(strategy: object): void
  initialize(): Middleware
  authenticate(name: string, options: object, done: Authenticated): Middleware
}

const require = createRequire(import.meta.url)
const Strategy: new (options: object, verify: Verify) => object = require('passport-wechat')
const { Passport }: { Passport: new () => Passport } = createRequire(
  require.resolve('passport-wechat'),
)('passport')

const wechat = 'https://open.weixin.qq.com'

/** What a platform was asked when a browser came back, and what became of it. */
interface Login {
  readonly code: string | null
  readonly cookie: string | undefined
  readonly errcode: number | undefined
  readonly openid: string | undefined
}

/** A platform that signs people in by `passport-wechat` as it is published. */
async function startPlatform() {
  const sim = await startSim({ listen: true })
  redirectHosts(sim.sim.url ?? '')
  const { WECHAT_APPID: appID, WECHAT_SECRET: appSecret } = sim.world.env
  const passport = new Passport()
  const verify: Verify = (_token, _refresh, profile, _age, done) => done(null, profile)
  const options = { appID, appSecret, state: 'S1', scope: 'snsapi_base' }
  passport.use(new Strategy(options, verify))
  const logins: Login[] = []
  const server = createServer((request, response) => {
    if (request.url === '/favicon.ico') return response.writeHead(204).end()
    const { searchParams } = new URL(request.url ?? '', 'http://site')
    const code = searchParams.get('code')
    const { cookie } = request.headers
    // As if the name of WeChat's host led here, into the WeChat of Li.
    const setHeader = response.setHeader.bind(response)
    response.setHeader = (name, value) => {
      return setHeader(name, String(value).replace(wechat, `${sim.world.baseUrl}/as/li`))
    }
    Object.assign(request, {
      query: Object.fromEntries(searchParams),
      protocol: 'http',
      originalUrl: request.url,
      get: (name: string) => request.headers[name.toLowerCase()],
    })
    const done: Authenticated = (error, user) => {
      const { openid } = (user || {}) as { openid?: string }
      logins.push({ code, cookie, errcode: error?.code, openid })
      response.setHeader('content-type', 'text/html; charset=utf-8')
      response.end(`<title>${error ? 'refused' : 'welcome'}</title>`)
    }
    if (code === null) response.setHeader('set-cookie', 'login=1; SameSite=Lax')
    const authenticate = passport.authenticate('wechat', { session: false }, done)
    return passport.initialize()(request, response, () => {
      authenticate(request, response, () => undefined)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`
  return { ...sim, origin, logins }
}

it.each([
  { double_redirect: 'off', titles: 'welcome', codes: 1, errcodes: [undefined] },
  { double_redirect: 'same_code', titles: 'refused', codes: 1, errcodes: [undefined, 40163] },
  { double_redirect: 'second_code', titles: 'welcome', codes: 2, errcodes: [undefined, undefined] },
])(
  'a login by passport-wechat meets a browser that opens the redirect twice: $double_redirect',
  async ({ double_redirect, titles, codes, errcodes }) => {
    const { sim, world, origin, logins, li, acme } = await startPlatform()
    await world.call('person.update', { person: 'li', double_redirect })
    const page = await openPage(String(sim.url), { others: [origin] })
    await page.goto(`${origin}/login`)
    await expect.poll(() => page.title()).toBe(titles)
    expect(logins.map(({ errcode }) => errcode)).toEqual(errcodes)
    expect(new Set(logins.map(({ code }) => code)).size).toBe(codes)
    // Both come with what the platform has given the browser.
    for (const { cookie } of logins) expect(cookie).toContain('login=1')
    const signedIn = logins.filter(({ errcode }) => errcode === undefined)
    expect(new Set(signedIn.map(({ openid }) => openid))).toEqual(new Set([li.openidAt(acme)]))
  },
)
