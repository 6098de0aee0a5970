import { expect, it } from 'vitest'
import { leadBrowser, startPassport } from '../sdk/passport.ts'
import { redirectHosts } from '../sdk/redirect-hosts.ts'
import { startSim } from '../sim.ts'
import { openPage } from './browser.ts'

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
  const logins: Login[] = []
  const codeOf = (url = '') => new URL(url, 'http://site').searchParams.get('code')
  const port = await startPassport({
    options: { appID, appSecret, state: 'S1', scope: 'snsapi_base' },
    verify: (_token, _refresh, profile, _age, done) => done(null, profile),
    before({ request, response }) {
      // Into the WeChat of Li.
      leadBrowser(response, `${sim.world.baseUrl}/as/li`)
      const isFirst = codeOf(request.url) === null
      if (isFirst) response.setHeader('set-cookie', 'login=1; SameSite=Lax')
    },
    answer({ request, response, error, user }) {
      const { openid } = (user || {}) as { openid?: string }
      const { cookie } = request.headers
      logins.push({ code: codeOf(request.url), cookie, errcode: error?.code, openid })
      response.setHeader('content-type', 'text/html; charset=utf-8')
      response.end(`<title>${error ? 'refused' : 'welcome'}</title>`)
    },
  })
  return { ...sim, origin: `http://localhost:${port}`, logins }
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
