import type { Scene, State } from './state.ts'

const people = Array.from({ length: 101 }, (_, i) => ({ key: `p${i}`, name: `候选人${i}` }))
const wechat_agent =
  'Mozilla/5.0 (Linux; Android 13) Chrome/107.0 Mobile Safari/537.36 MicroMessenger/8.0.34.2340'

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
