import { codeOn } from '../../wechat/oauth/website-login.ts'
import type { Scene, State } from './state.ts'

const people = Array.from({ length: 101 }, (_, i) => ({ key: `p${i}`, name: `候选人${i}` }))
const wechat_agent =
  'Mozilla/5.0 (Linux; Android 13) Chrome/107.0 Mobile Safari/537.36 MicroMessenger/8.0.34.2340'

/** A website app that the world has. */
const portal = { key: 'portal', name: '入职平台', appid: 'wx0123456789abcdef' }
const withPortal = { world: { website_apps: [portal] } }

/** WeChat's own pages between a site and the person whom it wants to know. */
export const wechatStates: readonly State[] = [
  {
    page: 'wechat-consent',
    state: 'asked',
    shows: ({ wechat }) => wechat.consent.what,
    reach: (scene) => ask(scene),
  },
  {
    page: 'wechat-consent',
    state: 'stale',
    shows: ({ wechat }) => wechat.consent.stale,
    reach: comeBackLate,
  },
  {
    page: 'wechat-consent',
    state: 'refused',
    shows: ({ wechat }) => wechat.refused.heading,
    reach: refuse,
  },
  {
    page: 'wechat-outside',
    state: 'at-the-simulator',
    shows: ({ wechat }) => wechat.outside.who,
    reach: openLink({}),
  },
  {
    page: 'wechat-outside',
    state: 'exposed',
    shows: ({ wechat }) => wechat.outside.heading,
    options: { exposed: true, controlToken: 'the-operators-token' },
    reach: openLink({}),
  },
  {
    page: 'wechat-who',
    state: 'people',
    shows: ({ wechat }) => wechat.who.title,
    look: { userAgent: wechat_agent },
    reach: openLink({}),
  },
  {
    page: 'wechat-who',
    state: 'nobody',
    shows: ({ wechat }) => wechat.who.none,
    look: { userAgent: wechat_agent },
    options: { world: { people: [] } },
    reach: openLink({}),
  },
  {
    page: 'wechat-who',
    state: 'too-many',
    look: { userAgent: wechat_agent },
    options: { world: { people } },
    reach: openLink({}),
  },
  {
    page: 'wechat-error',
    state: 'no-appid',
    shows: () => 'appid不能为空',
    reach: openLink({ appid: '' }),
  },
  {
    page: 'wechat-error',
    state: 'unknown-appid',
    shows: () => 'AppID 参数错误',
    reach: openLink({ appid: 'wx0' }),
  },
  {
    page: 'wechat-error',
    state: 'no-redirect-uri',
    shows: () => 'redirect_uri不能为空',
    reach: openLink({ redirect_uri: '' }),
  },
  {
    page: 'wechat-error',
    state: 'foreign-domain',
    shows: () => '10003',
    reach: openLink({ redirect_uri: 'ftp://x' }),
  },
  {
    page: 'wechat-error',
    state: 'no-scope',
    shows: () => 'scope不能为空',
    reach: openLink({ scope: '' }),
  },
  {
    page: 'wechat-error',
    state: 'no-permission',
    shows: () => '10005',
    reach: openLink({ scope: 'snsapi_login' }),
  },
  {
    page: 'wechat-error',
    state: 'long-state',
    shows: () => 'state参数过长',
    reach: openLink({ state: 'x'.repeat(435) }),
  },
  {
    page: 'wechat-error',
    state: 'bad-link',
    shows: () => '该链接无法访问',
    reach: openLink({ response_type: 'token' }),
  },
  {
    page: 'wechat-login',
    state: 'code',
    shows: ({ wechat }) => wechat.login.waiting,
    options: withPortal,
    reach: (scene) => openCode(scene),
  },
  {
    page: 'wechat-login',
    state: 'scanned',
    shows: ({ wechat }) => wechat.login.scanned,
    options: withPortal,
    reach: waitForPhone,
  },
  {
    page: 'wechat-login',
    state: 'expired',
    shows: ({ wechat }) => wechat.login.anew,
    options: withPortal,
    reach: growOld,
  },
  {
    page: 'wechat-login',
    state: 'asked',
    shows: ({ wechat }) => wechat.consent.what,
    options: withPortal,
    reach: scanCode,
  },
  {
    page: 'wechat-login',
    state: 'allowed',
    shows: ({ wechat }) => wechat.login.allowed.heading,
    options: withPortal,
    reach: decideCode('allow'),
  },
  {
    page: 'wechat-login',
    state: 'denied',
    shows: ({ wechat }) => wechat.login.denied.heading,
    options: withPortal,
    reach: decideCode('deny'),
  },
  {
    page: 'wechat-error',
    state: 'wrong-scope',
    shows: () => 'Scope 参数错误或没有 Scope 权限',
    options: withPortal,
    reach: (scene) => openCode(scene, { scope: 'snsapi_base' }),
  },
]

function openLink(but: Record<string, string>, way = ''): State['reach'] {
  return ({ page, acme, base }) => {
    const query = new URLSearchParams({
      appid: acme.appid,
      redirect_uri: `${base}/docs`,
      response_type: 'code',
      scope: 'snsapi_userinfo',
      state: 's',
      ...but,
    })
    return page.goto(`${base}${way}/connect/oauth2/authorize?${query}`)
  }
}

/** Han does not follow the account: nickname and avatar are hers to give. */
async function ask(scene: Scene): Promise<void> {
  await openLink({}, '/as/han')(scene)
}

async function comeBackLate(scene: Scene): Promise<void> {
  await ask(scene)
  await scene.page.context().clearCookies()
  await scene.page.locator('button[value=allow]').click()
}

async function refuse(scene: Scene): Promise<void> {
  await ask(scene)
  await scene.page.locator('button[value=deny]').click()
}

function openCode({ page, base }: Scene, but: Record<string, string> = {}) {
  const query = new URLSearchParams({
    appid: portal.appid,
    redirect_uri: `${base}/docs`,
    response_type: 'code',
    scope: 'snsapi_login',
    state: 's',
    ...but,
  })
  return page.goto(`${base}/connect/qrconnect?${query}`)
}

async function scanCode(scene: Scene): Promise<void> {
  await openCode(scene)
  const code = codeOn(await scene.page.content())
  await scene.page.goto((await scene.li.scans(code)).url ?? '')
}

async function waitForPhone(scene: Scene): Promise<void> {
  const { page, http, li } = scene
  await openCode(scene)
  const { url } = await li.scans(codeOn(await page.content()))
  const { pathname, search } = new URL(url ?? '')
  await http('GET', pathname + search)
  await page.waitForURL(/uuid=/)
}

async function growOld(scene: Scene): Promise<void> {
  await openCode(scene)
  await scene.world.advance('PT5M')
  await scene.page.waitForURL(/uuid=/)
}

function decideCode(verdict: 'allow' | 'deny') {
  return async (scene: Scene) => {
    await scanCode(scene)
    await scene.page.locator(`button[value=${verdict}]`).click()
  }
}
