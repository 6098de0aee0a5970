import type { RefusalEntry, RefusalTable } from '../../core/refusal.ts'

/** Errors that WeChat shows without a number: ours are below zero and never shown. */
export const unnumbered = {
  appid: -1,
  state: -2,
  link: -3,
  path: -4,
  website: -5,
  scope: -6,
  redirect: -7,
  login: -8,
} as const

const entries: readonly RefusalEntry[] = [
  {
    code: 10003,
    text: 'redirect_uri域名与后台配置不一致',
    zh: 'redirect_uri 的域名不在网页授权域名之内',
    en: 'The domain of redirect_uri is not one that the account has set',
    fidelity: 'documented',
  },
  {
    code: 10005,
    text: '此公众号并没有这些scope的权限',
    zh: '公众号没有所请求的 scope 的权限',
    en: 'This official account may not ask for this scope',
    fidelity: 'documented',
  },
  {
    code: 10010,
    text: 'scope不能为空',
    zh: '链接中没有 scope',
    en: 'The scope is missing',
    fidelity: 'documented',
  },
  {
    code: 10011,
    text: 'redirect_uri不能为空',
    zh: '链接中没有 redirect_uri',
    en: 'The redirect_uri is missing',
    fidelity: 'documented',
  },
  {
    code: 10012,
    text: 'appid不能为空',
    zh: '链接中没有 appid',
    en: 'The appid is missing',
    fidelity: 'documented',
  },
  {
    code: unnumbered.appid,
    text: 'AppID 参数错误',
    zh: '没有公众号使用这个 appid',
    en: 'The appid belongs to no official account',
    fidelity: 'assumed',
  },
  {
    code: unnumbered.state,
    text: 'state参数过长',
    zh: 'state 超过 128 字节',
    en: 'The state is over 128 bytes',
    fidelity: 'documented',
  },
  {
    code: unnumbered.link,
    text: '该链接无法访问',
    zh: '链接不符合要求的形式',
    en: 'This link cannot be opened',
    fidelity: 'assumed',
  },
  {
    code: unnumbered.path,
    text: '该链接无法访问',
    zh: '没有这个页面',
    en: 'The page does not exist',
    fidelity: 'assumed',
  },
  {
    code: unnumbered.website,
    text: 'AppID 参数错误',
    zh: '没有网站应用使用这个 appid；公众号用 /connect/oauth2/authorize',
    en: 'The appid belongs to no website app; an official account uses /connect/oauth2/authorize',
    fidelity: 'assumed',
  },
  {
    code: unnumbered.scope,
    text: 'Scope 参数错误或没有 Scope 权限',
    zh: '网站应用的 scope 只能是 snsapi_login',
    en: 'The scope of a website app can only be snsapi_login',
    fidelity: 'reported',
  },
  {
    code: unnumbered.redirect,
    text: 'redirect_uri 参数错误',
    zh: 'redirect_uri 的域名不是网站应用的授权回调域',
    en: 'The domain of redirect_uri is not the one that the website app has set',
    fidelity: 'reported',
  },
  {
    code: unnumbered.login,
    text: '二维码已失效',
    zh: '登录二维码已过期、已被他人扫描，或已处理',
    en: 'The code has expired, was scanned by somebody else, or has already been decided',
    fidelity: 'assumed',
  },
]

/** What WeChat's error pages say, in its own words, and what that means. */
export const pageErrors: RefusalTable = new Map(entries.map((entry) => [entry.code, entry]))
