import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { tagsOf } from '../page.ts'
import { startSim } from '../sim.ts'
import { redirectHosts, visit } from './redirect-hosts.ts'

type Middleware = (request: IncomingMessage, response: ServerResponse, next: Next) => void
type Next = (error?: Error & { code?: number }) => void
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
/** The one that the strategy was made for. */
const { Passport }: { Passport: new () => Passport } = createRequire(
  require.resolve('passport-wechat'),
)('passport')

/** A site that signs people in by the strategy as it is published. */
async function startSite(options: object) {
  const sim = await startSim({ listen: true })
  redirectHosts(sim.sim.url ?? '')
  const { WECHAT_APPID: appID, WECHAT_SECRET: appSecret } = sim.world.env
  const passport = new Passport()
  const verify: Verify = (token, refresh, profile, expires_in, done) =>
    done(null, { token, refresh, profile, expires_in })
  passport.use(new Strategy({ appID, appSecret, state: 'S1', ...options }, verify))
  const server = createServer((request, response) => answer(passport, request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { ...sim, login: `${origin}/login?from=menu` }
}

function answer(passport: Passport, request: IncomingMessage, response: ServerResponse): void {
  const { searchParams } = new URL(request.url ?? '', 'http://site')
  // As much of Express as the strategy asks for.
  Object.assign(request, {
    query: Object.fromEntries(searchParams),
    protocol: 'http',
    originalUrl: request.url,
    get: (name: string) => request.headers[name.toLowerCase()],
  })
  const done: Authenticated = (error, user) => {
    response.statusCode = error ? 500 : user ? 200 : 401
    response.end(JSON.stringify(error ? { code: error.code, message: error.message } : user))
  }
  const authenticate = passport.authenticate('wechat', { session: false }, done)
  passport.initialize()(request, response, () => authenticate(request, response, () => undefined))
}

/** Han's WeChat, sent by the site to the authorise page. */
async function arrives(login: string) {
  const sent = await visit(login)
  expect(sent.status).toBe(302)
  return visit(sent.headers.location ?? '', { headers: { 'x-sim-person': 'han' } })
}

describe('passport-wechat', () => {
  it('signs a person in who allows it, with nickname, avatar and unionid', async () => {
    const { login, sim } = await startSite({})
    const sheet = await arrives(login)
    const back = await decides(sheet, sim.url ?? '', 'allow')
    expect(back.status).toBe(303)
    const { status, text } = await visit(back.headers.location ?? '')
    expect(status, text).toBe(200)
    expect(JSON.parse(text)).toMatchObject({
      token: expect.stringMatching(/^98_/),
      refresh: expect.stringMatching(/^98_/),
      expires_in: 7200,
      profile: {
        openid: expect.stringMatching(/^o/),
        nickname: '韩梅梅',
        unionid: expect.stringMatching(/^o/),
        headimgurl: expect.stringContaining('qlogo.cn'),
      },
    })
  })

  it('hears nothing of a person who refuses', async () => {
    const { login, sim } = await startSite({})
    const end = await decides(await arrives(login), sim.url ?? '', 'deny')
    expect(end.status).toBe(200)
    expect(end.headers.location).toBeUndefined()
  })

  it('signs a person in by the openid alone with snsapi_base, without any question', async () => {
    const { login } = await startSite({ scope: 'snsapi_base' })
    const back = await arrives(login)
    expect(back.status).toBe(302)
    const { text } = await visit(back.headers.location ?? '')
    expect(JSON.parse(text).profile).toEqual({ openid: expect.stringMatching(/^o[\w-]{27}$/) })
  })

  it('fails with WeChat’s code when a page is loaded again', async () => {
    const { login } = await startSite({ scope: 'snsapi_base' })
    const { location = '' } = (await arrives(login)).headers
    expect((await visit(location)).status).toBe(200)
    const again = await visit(location)
    expect(again.status).toBe(500)
    expect(JSON.parse(again.text)).toMatchObject({ code: 40163 })
  })
})

/** Sends the sheet's form with the cookie that came with it. */
function decides(
  sheet: Awaited<ReturnType<typeof visit>>,
  origin: string,
  verdict: 'allow' | 'deny',
) {
  const tags = tagsOf(sheet.text)
  const form = new URLSearchParams({ verdict })
  for (const { name, attributes } of tags)
    if (name === 'input') form.set(attributes['name'] ?? '', attributes['value'] ?? '')
  const action = tags.find(({ name }) => name === 'form')?.attributes['action'] ?? ''
  const [cookie = ''] = (sheet.headers['set-cookie'] ?? []).map((one) => one.split(';')[0] ?? '')
  return visit(origin + action, { headers: { cookie }, form })
}
