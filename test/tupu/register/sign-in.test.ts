import { describe, expect, it } from 'vitest'
import { onEither } from '../../database.ts'
import { startSim } from '../../sim.ts'
import { Browser, linkIn, type Page } from './browser.ts'
import { asked, calls, pageOf } from './candidate.ts'

/** Where an answer leads. */
function leadsTo(page: Page): URL {
  return new URL(page.headers.get('location') ?? '', 'http://sim.localhost')
}

/** Asks for the page, goes to WeChat, and stops before it comes back. */
async function onTheWayBack(browser: Browser, path: string): Promise<string> {
  const first = await browser.ask(path)
  const { pathname, search } = leadsTo(first)
  const back = leadsTo(await browser.ask(pathname + search))
  return back.pathname + back.search
}

describe('a browser that is not known', () => {
  it('is sent to WeChat, from where it comes back to the very page', async () => {
    const { http, acme } = await startSim()
    const path = `${pageOf(acme)}?lang=en&show=all&x=1`
    const answer = await new Browser(http).ask(path)
    expect(answer.status).toBe(302)
    const { pathname, searchParams, hash } = leadsTo(answer)
    expect(pathname).toBe('/as/li/connect/oauth2/authorize')
    expect(hash).toBe('#wechat_redirect')
    const { state, ...rest } = Object.fromEntries(searchParams)
    expect(Object.keys(Object.fromEntries(searchParams))).toEqual([
      'appid',
      'redirect_uri',
      'response_type',
      'scope',
      'state',
    ])
    expect(rest).toEqual({
      appid: acme.appid,
      redirect_uri: `http://sim.localhost${pageOf(acme)}?lang=en`,
      response_type: 'code',
      scope: 'snsapi_base',
    })
    expect(state).toMatch(/^0[A-Za-z0-9]{30,127}$/)
  })

  it('gets a cookie for its way in alone, which no script and no foreign form sees', async () => {
    const { http, acme } = await startSim()
    const answer = await new Browser(http).ask(pageOf(acme))
    const cookie = answer.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/^tupu_[0-9a-f]{16}=[\w-]{43}; Path=\/as\/li; HttpOnly; SameSite=Lax$/)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const other = await new Browser(http).ask(`/w/test/as/li/register/${acme.eid}`)
    expect(other.headers.get('set-cookie')).toContain('; Path=/w/test/as/li;')
  })

  it('asks for nickname and picture where the account wants them', async () => {
    const { http, acme, world } = await startSim()
    await world.call('account.update', { eid: 'acme', oauth_scope: 'snsapi_userinfo' })
    const { searchParams } = leadsTo(await new Browser(http).ask(pageOf(acme)))
    expect(searchParams.get('scope')).toBe('snsapi_userinfo')
  })
})

onEither('a browser that comes back from WeChat', (database) => {
  it('gets a new session: the cookie that it came with is worth nothing any more', async () => {
    const { http, acme, world } = await startSim({ database })
    const browser = new Browser(http)
    const back = await onTheWayBack(browser, pageOf(acme))
    const before = browser.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
    const page = await browser.open(back)
    expect(page.way).toEqual([back, pageOf(acme)])
    expect(page.status).toBe(200)
    expect(asked(await browser.open(pageOf(acme)))).toBe(0)
    const stale = () => new Browser(http, { headers: { cookie: before } })
    expect((await stale().ask(pageOf(acme))).status).toBe(302)
    await stale().ask(back)
    const [latest] = await calls({ world })
    expect(latest?.decision[0]).toMatchObject({ rule: 'sign_in.state', actual: 'no session' })
  })

  it('starts once more by itself with a used code, an unknown one, and an old one', async () => {
    const { http, acme, world } = await startSim({ database })
    const browser = new Browser(http)
    const used = new URL(await onTheWayBack(browser, pageOf(acme)), 'http://x')
    await browser.open(used.pathname + used.search)
    browser.forget()
    const old = new URL(await onTheWayBack(browser, pageOf(acme)), 'http://x')
    await world.advance('PT6M')
    for (const code of [used.searchParams.get('code'), 'unknown', old.searchParams.get('code')]) {
      browser.forget()
      const back = new URL(await onTheWayBack(browser, pageOf(acme)), 'http://x')
      back.searchParams.set('code', code ?? '')
      const page = await browser.open(back.pathname + back.search)
      expect(asked(page)).toBe(1)
      expect(page).toMatchObject({ status: 200, url: pageOf(acme) })
    }
  })
})

describe('a browser that comes back with something else', () => {
  it.each([
    { what: 'a state of somebody else', change: { state: '0abc' }, cookie: true },
    { what: 'no state', change: { state: undefined }, cookie: true },
    { what: 'no cookie', change: {}, cookie: false },
    { what: 'neither state nor cookie', change: { state: undefined }, cookie: false },
    { what: 'a code of its own', change: { code: 'abc', state: undefined }, cookie: false },
  ])('starts once more by itself with $what, and gets there', async ({ change, cookie }) => {
    const { http, acme } = await startSim()
    const browser = new Browser(http)
    const back = new URL(await onTheWayBack(browser, pageOf(acme)), 'http://x')
    for (const [name, value] of Object.entries(change)) {
      if (value === undefined) back.searchParams.delete(name)
      else back.searchParams.set(name, value)
    }
    if (!cookie) browser.forget()
    const page = await browser.open(back.pathname + back.search)
    expect(asked(page)).toBe(1)
    expect(page).toMatchObject({ status: 200, url: pageOf(acme) })
    expect(page.text).toContain('信息登记')
  })

  it('is told what to do after two more tries, when it takes no cookies', async () => {
    const { http, acme } = await startSim()
    const browser = new Browser(http, { takesCookies: false })
    const page = await browser.open(`${pageOf(acme)}?lang=zh`)
    expect(asked(page)).toBe(3)
    expect(page.status).toBe(400)
    expect(page.text).toContain('Cookie')
    expect(linkIn(page, '重新打开')).toBe(`${pageOf(acme)}?lang=zh`)
  })

  it('is told what to do after two more tries, when WeChat loses the state', async () => {
    const { http, acme } = await startSim()
    const browser = new Browser(async (method, url, body, headers) => {
      const lossy = new URL(url, 'http://sim.localhost')
      lossy.searchParams.delete('state')
      return http(method, lossy.pathname + lossy.search, body, headers)
    })
    const page = await browser.open(pageOf(acme))
    expect(page.status).toBe(400)
    expect(asked(page)).toBeLessThanOrEqual(3)
  })

  it('is told what to do when WeChat knows none of its codes', async () => {
    const { http, acme } = await startSim()
    const browser = new Browser(async (method, url, body, headers) => {
      return http(method, url.replace(/code=\w{32}/, 'code=unknown'), body, headers)
    })
    const page = await browser.open(pageOf(acme))
    expect(asked(page)).toBe(3)
    expect(page.status).toBe(400)
  })

  it.each(['state=0abc', 'code=authdeny&state=0abc'])(
    'is told that it must allow it, and not asked again: %s',
    async (query) => {
      const { http, acme } = await startSim()
      const page = await new Browser(http).open(`${pageOf(acme)}?${query}`)
      expect(page.status).toBe(403)
      expect(page.text).toContain('没有得到你的允许')
      expect(linkIn(page, '重新打开')).toBe(pageOf(acme))
    },
  )

  it('goes on when it is known already, and leaves the code alone', async () => {
    const { http, acme } = await startSim()
    const browser = new Browser(http)
    await browser.open(pageOf(acme))
    const page = await browser.open(`${pageOf(acme)}?code=abc&state=0abc`)
    expect(page.way).toEqual([`${pageOf(acme)}?code=abc&state=0abc`, pageOf(acme)])
  })

  it('is let in by both when two tabs were opened at once', async () => {
    const { http, acme } = await startSim()
    const browser = new Browser(http)
    const [first, second] = [
      await onTheWayBack(browser, pageOf(acme)),
      await onTheWayBack(browser, pageOf(acme)),
    ]
    expect(asked(await browser.open(first))).toBe(0)
    expect(asked(await browser.open(second))).toBe(0)
  })
})
