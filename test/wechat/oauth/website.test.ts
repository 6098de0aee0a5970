import { describe, expect, it } from 'vitest'
import { textOf } from '../../page.ts'
import { type Sim, startSim } from '../../sim.ts'
import { tablesOf } from '../client.ts'
import { codeOn, decides, onwardOf, portal, scans, type WebsiteApp } from './website-login.ts'

const site = 'https://hr.example.com/in?from=web'

async function start(options: Parameters<typeof startSim>[0] = {}) {
  const sim = await startSim(options)
  const given = { ...portal, domain: 'hr.example.com' }
  const app = (await sim.world.call('website_app.create', given)) as WebsiteApp
  const linkOf = (but: Record<string, string> = {}) =>
    `/w/test/connect/qrconnect?${new URLSearchParams({
      appid: app.appid,
      redirect_uri: site,
      response_type: 'code',
      scope: 'snsapi_login',
      state: 'S 1',
      ...but,
    })}`
  return { ...sim, app, linkOf }
}

const tokenBy = ({ http }: Pick<Sim, 'http'>, fields: Record<string, string>) =>
  http('GET', `/w/test/sns/oauth2/access_token?${new URLSearchParams(fields)}`)

describe('login at a website by QR code', () => {
  it('leads the browser back with a code, once the phone has scanned and allowed it', async () => {
    const sim = await start()
    const { http, app, linkOf, li } = sim
    const page = await http('GET', linkOf())
    expect(page.status).toBe(200)
    expect(textOf(page.text)).toContain('使用微信扫一扫登录')
    const onward = `/w/test/connect/qrconnect${onwardOf(page.text)}`
    const asks = `/w/test/connect/l/qrconnect?uuid=${new URLSearchParams(onward).get('uuid')}`
    expect((await http('GET', asks)).text).toBe("window.wx_errcode=408;window.wx_code='';")
    const sheet = await scans(sim, li, codeOn(page.text))
    expect(textOf(sheet.text)).toContain('入职平台')
    expect((await http('GET', asks)).text).toBe("window.wx_errcode=404;window.wx_code='';")
    expect(textOf((await http('GET', onward)).text)).toContain('扫描成功')
    expect(textOf((await decides(sim, sheet, 'allow')).text)).toContain('已登录')
    const back = await http('GET', onward)
    expect(back.status).toBe(302)
    const url = new URL(back.headers.get('location') ?? '')
    expect(url.origin + url.pathname).toBe('https://hr.example.com/in')
    expect(Object.fromEntries(url.searchParams)).toEqual({
      from: 'web',
      code: expect.stringMatching(/^0\w{31}$/),
      state: 'S 1',
    })
    const code = url.searchParams.get('code') ?? ''
    expect((await http('GET', asks)).text).toBe(`window.wx_errcode=405;window.wx_code='${code}';`)
    const { appid, app_secret: secret } = app
    const grant = { appid, secret, code, grant_type: 'authorization_code' }
    const token = (await tokenBy(sim, grant)).json as Record<string, string>
    expect(token).toMatchObject({ scope: 'snsapi_login', expires_in: 7200 })
    const { unionid, openid } = token
    const phone = await sim.world.call('phone.get', { person: 'li' })
    expect(phone).toMatchObject({ unionid })
    const asked = new URLSearchParams({
      access_token: token['access_token'] ?? '',
      openid: openid ?? '',
    })
    const user = await http('GET', `/w/test/sns/userinfo?${asked}`)
    expect(user.json).toMatchObject({ openid, unionid, nickname: '李雷' })
    expect((await http('GET', `/w/test/sns/auth?${asked}`)).json).toMatchObject({ errcode: 0 })
    const renewed = {
      appid,
      grant_type: 'refresh_token',
      refresh_token: token['refresh_token'] ?? '',
    }
    const again = await http(
      'GET',
      `/w/test/sns/oauth2/refresh_token?${new URLSearchParams(renewed)}`,
    )
    expect(again.json).toMatchObject({ openid, scope: 'snsapi_login' })
    expect((await tokenBy(sim, grant)).json).toMatchObject({ errcode: 40163 })
    expect((await tokenBy(sim, { ...grant, secret: 'x' })).json).toMatchObject({ errcode: 40125 })
  })

  it('leads it back with the state alone when the phone refuses', async () => {
    const sim = await start()
    const page = await sim.http('GET', sim.linkOf())
    const sheet = await scans(sim, sim.li, codeOn(page.text))
    expect(textOf((await decides(sim, sheet, 'deny')).text)).toContain('已拒绝')
    const back = await sim.http('GET', `/w/test/connect/qrconnect${onwardOf(page.text)}`)
    expect(back.headers.get('location')).toBe('https://hr.example.com/in?from=web&state=S%201')
  })

  it('has one openid of a person, whoever follows which account', async () => {
    const sim = await start()
    const openids = new Set<unknown>()
    for (let n = 0; n < 2; n++) {
      const page = await sim.http('GET', sim.linkOf())
      await decides(sim, await scans(sim, sim.han, codeOn(page.text)), 'allow')
      const back = await sim.http('GET', `/w/test/connect/qrconnect${onwardOf(page.text)}`)
      const code = new URL(back.headers.get('location') ?? '').searchParams.get('code') ?? ''
      const { appid, app_secret: secret } = sim.app
      const grant = { appid, secret, code, grant_type: 'authorization_code' }
      openids.add((await tokenBy(sim, grant)).json['openid'])
    }
    expect([...openids]).toEqual([expect.stringMatching(/^o[\w-]{27}$/)])
    expect([...openids]).not.toContain(sim.han.openidAt(sim.acme))
  })

  it('is nobody else’s once a phone has scanned it, is decided once, and grows old', async () => {
    const sim = await start()
    const { http, linkOf, li, wang, world } = sim
    const code = codeOn((await http('GET', linkOf())).text)
    const sheet = await scans(sim, li, code)
    expect(textOf((await scans(sim, wang, code)).text)).toContain('二维码已失效')
    expect((await decides(sim, { text: sheet.text, headers: new Headers() }, 'allow')).status).toBe(
      403,
    )
    expect((await decides(sim, sheet, 'allow')).status).toBe(200)
    expect(textOf((await decides(sim, sheet, 'deny')).text)).toContain('二维码已失效')
    const page = await http('GET', linkOf())
    await world.advance('PT5M')
    expect(textOf((await scans(sim, li, codeOn(page.text))).text)).toContain('二维码已失效')
    const old = await http('GET', `/w/test/connect/qrconnect${onwardOf(page.text)}`)
    expect(textOf(old.text)).toContain('刷新二维码')
  })

  it('is found by WeChat’s own host, which has no world in its paths', async () => {
    const sim = await start()
    const host = { host: 'open.weixin.qq.com' }
    const page = await sim.http(
      'GET',
      sim.linkOf().replace('/w/test', '/open.weixin.qq.com'),
      undefined,
      host,
    )
    const sheet = await scans(sim, sim.li, codeOn(page.text))
    expect(textOf((await decides(sim, sheet, 'allow')).text)).toContain('已登录')
  })
})

describe('WeChat’s page for logging in at a website', () => {
  it.each([
    {
      when: 'the appid is nobody’s',
      but: { appid: 'wx0000000000000000' },
      status: 404,
      text: 'AppID 参数错误',
    },
    {
      when: 'the scope is another',
      but: { scope: 'snsapi_userinfo' },
      text: 'Scope 参数错误或没有 Scope 权限',
    },
    { when: 'no code is asked for', but: { response_type: 'token' }, text: '该链接无法访问' },
    {
      when: 'the domain is another',
      but: { redirect_uri: 'https://evil.example/' },
      text: 'redirect_uri 参数错误',
    },
    { when: 'there is no redirect_uri', but: { redirect_uri: '' }, text: 'redirect_uri 参数错误' },
    { when: 'the state is long', but: { state: 'x'.repeat(129) }, text: 'state参数过长' },
  ])('says so when $when, and nothing else happens', async ({ but, status = 200, text }) => {
    const { http, linkOf, world } = await start()
    const before = await tablesOf(world)
    const answer = await http('GET', linkOf(but))
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(textOf(answer.text)).toContain(text)
    expect(await tablesOf(world)).toEqual(before)
  })

  it('does not know an official account’s appid', async () => {
    const { http, linkOf, acme } = await start()
    expect((await http('GET', linkOf({ appid: acme.appid }))).status).toBe(404)
  })
})

describe('a website app', () => {
  it('is declared with a world, too, and has the ids that are chosen for it', async () => {
    const appid = 'wxaaaaaaaaaaaaaaaa'
    const app_secret = 'b'.repeat(32)
    const chosen = { ...portal, appid, app_secret, domain: 'hr.example.com' }
    const { world } = await startSim({ world: { website_apps: [chosen] } })
    await world.reset()
    expect(await world.call('website_app.list', {})).toEqual({ items: [chosen] })
  })

  it('has no other calls of the platform', async () => {
    const { http, app } = await start()
    const query = `grant_type=client_credential&appid=${app.appid}&secret=${app.app_secret}`
    const answer = await http('GET', `/w/test/cgi-bin/token?${query}`)
    expect(answer.json).toMatchObject({ errcode: 40013 })
  })

  it('is deleted, and its appid may be another world’s', async () => {
    const { sim, world, http, linkOf, app } = await start()
    const other = await sim.world({ name: 'other' })
    const same = { key: 'portal', appid: app.appid }
    const taken = await http('POST', '/_sim/v1/worlds/other/website-apps', same)
    expect(taken).toMatchObject({ status: 409, json: { field: 'appid' } })
    expect((await http('GET', linkOf({}))).status).toBe(200)
    const path = `/_sim/v1/worlds/test/website-apps/portal`
    for (const _ of ['first', 'again']) expect((await http('DELETE', path)).status).toBe(204)
    expect(await world.call('website_app.list', {})).toEqual({ items: [] })
    expect((await http('GET', linkOf({}))).status).toBe(404)
    expect(await other.call('website_app.create', same)).toMatchObject(same)
  })

  it.each([
    { when: 'its key is taken', of: { key: 'portal' }, field: 'key' },
    { when: 'its appid is taken', of: { key: 'other', appid: 'acme' }, field: 'appid' },
  ])('is refused when $when', async ({ of, field }) => {
    const { http, acme } = await start()
    const body = 'appid' in of ? { ...of, appid: acme.appid } : of
    const answer = await http('POST', '/_sim/v1/worlds/test/website-apps', body)
    expect(answer.status).toBe(409)
    expect(answer.json).toMatchObject({ field })
  })
})
