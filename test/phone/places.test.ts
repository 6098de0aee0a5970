import { describe, expect, it } from 'vitest'
import { startSim } from '../sim.ts'
import { PlainBrowser } from './browser.ts'

describe('a page that there is not', () => {
  it.each([
    ['/w/nothing/phone', 'This world does not exist.'],
    ['/w/_unattributed/phone', 'This world does not exist.'],
    ['/w/test/phone/nobody', 'This person does not exist in this world.'],
    ['/w/test/phone/%00', 'This person does not exist in this world.'],
    ['/w/test/phone/nobody/me', 'This person does not exist in this world.'],
    ['/w/test/phone/li/chat/wx0', 'This official account does not exist in this world.'],
    ['/w/test/phone/li/chat', 'The phone does not have this page.'],
    ['/w/test/phone/li/me/wx0', 'The phone does not have this page.'],
    ['/w/test/phone/li/settings', 'The phone does not have this page.'],
    ['/w/test/phone/li/me/x/y', 'The phone does not have this page.'],
    ['/w/test/phone/li/do/follow', 'The phone does not have this page.'],
  ])('%s says so, and leads on', async (path, said) => {
    const { http } = await startSim()
    const browser = new PlainBrowser(http)
    const { status } = await browser.opens(path)
    expect(status).toBe(404)
    expect(browser.text).toContain(said)
    const [way] = browser.links(browser.inside).slice(-1)
    expect(way).toBe(path.startsWith('/w/test') ? '/w/test/phone' : '/phone')
  })

  it('is no page for another method', async () => {
    const { http } = await startSim()
    expect(await http('PUT', '/w/test/phone/li', '')).toMatchObject({ status: 405 })
    expect(await http('POST', '/w/test/phone/li/me', '')).toMatchObject({ status: 405 })
  })
})

describe('the phone of another world', () => {
  it('is another phone, and its links stay there', async () => {
    const { sim, http, acme, platform, wang } = await startSim({ demo: true })
    await platform.sends(acme, { mobile: wang.mobile, message: 'only in test' })
    const browser = new PlainBrowser(http)
    await browser.opens('/phone/wang')
    expect(browser.text).not.toContain('only in test')
    expect(browser.links(browser.inside).filter((link) => link.startsWith('/w/'))).toEqual([])
    await browser.opens('/w/test/phone/wang')
    expect(browser.text).toContain('only in test')
    const own = browser.links(browser.inside).filter((link) => link.startsWith('/'))
    expect(own.filter((link) => !link.startsWith('/w/test/phone'))).toEqual([])
    await sim.world({ name: 'empty', people: [], accounts: [] })
    expect(await browser.opens('/w/empty/phone/wang')).toMatchObject({ status: 404 })
  })
})

describe('a phone that is opened', () => {
  const cookies = (headers: Headers) => headers.getSetCookie()

  it('is remembered by the browser, in its world, for web OAuth', async () => {
    const { http, li } = await startSim({ demo: true })
    const { headers } = await http('GET', '/w/test/phone/li')
    expect(cookies(headers)).toContain(`sim_phone=${li.id}; Path=/w/test; HttpOnly; SameSite=Lax`)
    expect(cookies(headers)).toContainEqual(
      expect.stringMatching(/^sim_form=[\w-]{43}; Path=\/w\/test; HttpOnly; SameSite=Lax$/u),
    )
    const other = await http('GET', '/phone/li')
    expect(cookies(other.headers)).toContainEqual(
      expect.stringMatching(/^sim_phone=p-\w+; Path=\/; HttpOnly; SameSite=Lax$/u),
    )
  })

  it('is not, when its own script looks again, or on the table of phones', async () => {
    const { http } = await startSim()
    const fetched = await http('GET', '/w/test/phone/li', undefined, { 'sec-fetch-dest': 'empty' })
    expect(cookies(fetched.headers)).toHaveLength(1)
    const table = await http('GET', '/w/test/phone')
    expect(cookies(table.headers).join()).not.toContain('sim_phone')
  })

  it('is who is looking, when a page of anybody’s asks', async () => {
    const { http, li, acme } = await startSim()
    const browser = new PlainBrowser(http, { 'user-agent': 'MicroMessenger' })
    await browser.opens('/w/test/phone/li')
    const query = new URLSearchParams({
      appid: acme.appid,
      redirect_uri: 'http://127.0.0.1/back',
      response_type: 'code',
      scope: 'snsapi_base',
      state: 's',
    })
    const cookie = `sim_phone=${browser.cookies.get('sim_phone')}`
    const { headers } = await http('GET', `/w/test/connect/oauth2/authorize?${query}`, undefined, {
      cookie,
    })
    const code = new URL(headers.get('location') ?? '').searchParams.get('code')
    const exchange = new URLSearchParams({
      appid: acme.appid,
      secret: acme.info.app_secret ?? '',
      code: code ?? '',
      grant_type: 'authorization_code',
    })
    const { json } = await http('GET', `/sns/oauth2/access_token?${exchange}`)
    expect(json).toMatchObject({ openid: li.openidAt(acme) })
  })

  it('is kept in no journal by being looked at', async () => {
    const { http, world } = await startSim()
    for (const path of ['', '/li', '/li/me', '/li/find']) await http('GET', `/w/test/phone${path}`)
    const { items } = (await world.call('exchange.list')) as { items: { surface: string }[] }
    expect(items.filter(({ surface }) => surface === 'phone')).toEqual([])
  })

  it('is opened by nobody from outside without the token', async () => {
    const { http } = await startSim({ exposed: true, controlToken: 'the-operators-token' })
    for (const path of ['', '/li', '/li/me', '/li/events', '/nobody']) {
      expect(await http('GET', `/w/test/phone${path}`)).toMatchObject({ status: 401 })
    }
    expect(await http('POST', '/w/test/phone/li/do/follow', '')).toMatchObject({ status: 401 })
    const authorization = 'Bearer the-operators-token'
    const { status } = await http('GET', '/w/test/phone/li', undefined, { authorization })
    expect(status).toBe(200)
  })

  it('is opened by no foreign page', async () => {
    const { http } = await startSim()
    const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }
    expect(await http('GET', '/w/test/phone/li', undefined, headers)).toMatchObject({ status: 403 })
    const origin = { origin: 'https://evil.example' }
    expect(await http('POST', '/w/test/phone', '', origin)).toMatchObject({ status: 403 })
  })
})
