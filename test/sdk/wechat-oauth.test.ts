import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { startSim } from '../sim.ts'
import {
  codeOn,
  decides,
  onwardOf,
  portal,
  scans,
  type WebsiteApp,
} from '../wechat/oauth/website-login.ts'
import { redirectHosts, visit } from './redirect-hosts.ts'

type Callback = (error: (Error & { code?: number }) | null, result: never) => void

/** As much of the SDK as is called here; it has no types of its own. */
interface Sdk {
  getAuthorizeURL(redirect: string, state: string, scope: string): string
  getAuthorizeURLForWebsite(redirect: string, state: string): string
  getAccessToken(code: string, callback: Callback): void
  refreshAccessToken(refreshToken: string, callback: Callback): void
  getUser(options: { openid: string; lang: string }, callback: Callback): void
  getUserByCode(code: string, callback: Callback): void
  verifyToken(openid: string, accessToken: string, callback: Callback): void
}

interface Token {
  readonly data: Record<'access_token' | 'refresh_token' | 'openid' | 'scope', string>
}

const OAuth: new (appid: string, secret: string) => Sdk = createRequire(import.meta.url)(
  'wechat-oauth',
)

const site = 'http://127.0.0.1:3000/wx?from=menu'

/** The web view of the phone that was opened last, Li's. */
const lisPhone = { cookie: 'sim_phone=li', 'sec-fetch-dest': 'iframe' }

/** What a callback of the SDK gets, as a promise. */
function promised<T>(call: (callback: Callback) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    call((error, result) => (error ? reject(error) : resolve(result)))
  })
}

/** The SDK as it is published, which knows no address but WeChat's own. */
async function start() {
  const sim = await startSim({ listen: true })
  const led = redirectHosts(sim.sim.url ?? '')
  const { WECHAT_APPID = '', WECHAT_SECRET = '' } = sim.world.env
  const sdk = new OAuth(WECHAT_APPID, WECHAT_SECRET)
  /** What Li's WeChat brings back to the site. */
  const browses = async (scope: string, state = 'S1') => {
    const url = sdk.getAuthorizeURL(site, state, scope)
    const { headers } = await visit(url, { headers: lisPhone })
    return new URL(headers.location ?? '').searchParams
  }
  const codeOf = async (scope: string) => (await browses(scope)).get('code') ?? ''
  const tokenOf = async (scope: string) => {
    const code = await codeOf(scope)
    return (await promised<Token>((callback) => sdk.getAccessToken(code, callback))).data
  }
  return { ...sim, sdk, led, browses, codeOf, tokenOf }
}

describe('wechat-oauth', () => {
  it('leads from its own URL to a code, and from there to the openid', async () => {
    const { browses, sdk, li, acme, led } = await start()
    const told = await browses('snsapi_base', 'state of mine')
    expect(Object.fromEntries(told)).toEqual({
      from: 'menu',
      code: expect.stringMatching(/^0\w{31}$/),
      state: 'state of mine',
    })
    const code = told.get('code') ?? ''
    const { data } = await promised<Token>((callback) => sdk.getAccessToken(code, callback))
    expect(data).toMatchObject({
      openid: li.openidAt(acme),
      scope: 'snsapi_base',
      expires_in: 7200,
    })
    expect(led).toEqual([
      expect.stringMatching(/^GET https:\/\/open\.weixin\.qq\.com\/connect\/oauth2\/authorize\?/),
      expect.stringMatching(/^GET https:\/\/api\.weixin\.qq\.com\/sns\/oauth2\/access_token\?/),
    ])
  })

  it('raises WeChat’s codes as errors', async () => {
    const { sdk, codeOf } = await start()
    const code = await codeOf('snsapi_base')
    const exchange = () => promised((callback) => sdk.getAccessToken(code, callback))
    await exchange()
    await expect(exchange()).rejects.toMatchObject({
      name: 'WeChatAPIError',
      code: 40163,
      message: expect.stringMatching(/^code been used, rid: /),
    })
    const verify = promised((callback) => sdk.verifyToken('o', 'nothing', callback))
    await expect(verify).rejects.toMatchObject({ code: 40001 })
    const refresh = promised((callback) => sdk.refreshAccessToken('nothing', callback))
    await expect(refresh).rejects.toMatchObject({ code: 40030 })
  })

  it('verifies a token, and renews it', async () => {
    const { sdk, tokenOf } = await start()
    const { access_token, refresh_token, openid } = await tokenOf('snsapi_base')
    const good = await promised((callback) => sdk.verifyToken(openid, access_token, callback))
    expect(good).toEqual({ errcode: 0, errmsg: 'ok' })
    const { data } = await promised<Token>((callback) =>
      sdk.refreshAccessToken(refresh_token, callback),
    )
    expect(data).toMatchObject({ refresh_token, openid, scope: 'snsapi_base' })
  })

  it('gets nickname and avatar by a code, or by the openid of a token that it keeps', async () => {
    const { sdk, codeOf, li, acme } = await start()
    const code = await codeOf('snsapi_userinfo')
    const openid = li.openidAt(acme)
    const user = await promised((callback) => sdk.getUserByCode(code, callback))
    expect(user).toMatchObject({ openid, nickname: '李雷', sex: 0, privilege: [] })
    const again = await promised((callback) => sdk.getUser({ openid, lang: 'zh_CN' }, callback))
    expect(again).toEqual(user)
  })

  it('is told that snsapi_base is not enough for a nickname', async () => {
    const { sdk, codeOf } = await start()
    const code = await codeOf('snsapi_base')
    const user = promised((callback) => sdk.getUserByCode(code, callback))
    await expect(user).rejects.toMatchObject({ code: 48001 })
  })
})

it('wechat-oauth leads a website from its QR code to nickname and unionid', async () => {
  const sim = await startSim({ listen: true })
  redirectHosts(sim.sim.url ?? '')
  const app = (await sim.world.call('website_app.create', portal)) as WebsiteApp
  const sdk = new OAuth(app.appid, app.app_secret)
  const url = sdk.getAuthorizeURLForWebsite(site, 'S1')
  const { text } = await visit(url)
  const sheet = await scans(sim, sim.li, codeOn(text))
  expect((await decides(sim, sheet, 'allow')).status).toBe(200)
  const { headers } = await visit(new URL(onwardOf(text), url).href)
  const code = new URL(headers.location ?? '').searchParams.get('code') ?? ''
  const user = await promised((callback) => sdk.getUserByCode(code, callback))
  const phone = (await sim.world.call('phone.get', { person: 'li' })) as { unionid: string }
  expect(user).toMatchObject({ nickname: '李雷', unionid: phone.unionid })
})
