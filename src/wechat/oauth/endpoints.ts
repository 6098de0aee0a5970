import { z } from 'zod'
import type { WebTokenRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import { errcodes, words } from '../../core/field.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { admitAccount } from '../admit.ts'
import { checkApp, findApp } from '../authenticate.ts'
import { endpoint, ok, okShape, refuse, type WechatCaller } from '../endpoint.ts'
import { exchangeCode, refreshWebToken, unionidOfToken, userinfoOf } from './token.ts'

const tokenAnswer = {
  access_token: z
    .string()
    .meta(
      words(
        'For one openid only; the platform’s other calls refuse it.',
        '只对这一个 openid 有效；平台的其他接口不认它。',
      ),
    ),
  expires_in: z
    .int()
    .meta(words('Seconds until it expires, up to 7200.', '剩余的秒数，最多 7200。')),
  refresh_token: z.string().meta(words('Valid for 30 days.', '30 天有效。')),
  openid: z.string(),
  scope: z.string(),
}

/** The code that the browser brought back, for the openid of whoever was looking. */
export const exchangeOauth = endpoint({
  id: 'oauth.exchange',
  methods: ['GET', 'POST'],
  path: '/sns/oauth2/access_token',
  from: ['query', 'form', 'json'],
  summary: {
    en: 'Exchange a code of web OAuth for an openid',
    zh: '用网页授权的 code 换取 openid',
  },
  source: {
    en: 'developers.weixin.qq.com: web page authorization; by POST as Auth.js does it',
    zh: 'developers.weixin.qq.com: 网页授权；POST 的方式依 Auth.js',
  },
  credential: 'secret',
  input: z.object({}),
  later: z.object({
    appid: z.string(),
    secret: z.string(),
    code: z.string().meta(words('Valid once, for five minutes.', '只能用一次，五分钟有效。')),
    grant_type: z.literal('authorization_code'),
  }),
  answer: z.object({
    ...tokenAnswer,
    is_snapshotuser: z
      .literal(1)
      .optional()
      .meta(words('Only for a virtual user.', '仅虚拟用户有。')),
    unionid: z
      .string()
      .optional()
      .meta(words('Not with the scope snsapi_base.', 'scope 为 snsapi_base 时没有。')),
  }),
  refusals: [41008, 40029, 40163, 42003],
  example: {
    input: {
      appid: '{acme.appid}',
      secret: '{acme.app_secret}',
      code: '{oauth.code}',
      grant_type: 'authorization_code',
    },
  },
  handle(call) {
    const account = checkApp(call, { grant_type: 'authorization_code', listed: false })
    if (isRefusal(account)) return account
    const { code } = call.fields
    if (typeof code !== 'string' || code === '')
      return refuse(41008, { rule: 'code.given', expected: 'code' })
    const token = exchangeCode(call, account, code)
    if (isRefusal(token)) return token
    return {
      ...tokenResponse(call, token),
      ...(token.snapshot ? { is_snapshotuser: 1 } : {}),
      ...(token.scope !== 'snsapi_base' ? { unionid: unionidOfToken(call, token) } : {}),
    }
  },
})

/** A token that lives is good for two hours more, a dead one is replaced. The refresh token stays, and so does its end. */
export const refreshOauth = endpoint({
  id: 'oauth.refresh',
  methods: ['GET', 'POST'],
  path: '/sns/oauth2/refresh_token',
  from: ['query', 'form', 'json'],
  summary: { en: 'Renew a token of web OAuth', zh: '刷新网页授权的令牌' },
  source: {
    en: 'developers.weixin.qq.com: web page authorization; what becomes of the tokens is assumed',
    zh: 'developers.weixin.qq.com: 网页授权；令牌刷新后的变化为推测',
  },
  credential: 'refresh_token',
  input: z.object({}),
  later: z.object({
    appid: z.string(),
    grant_type: z.literal('refresh_token'),
    refresh_token: z.string(),
  }),
  answer: z.object(tokenAnswer),
  refusals: [41003, 40030, 42002],
  example: {
    input: {
      appid: '{acme.appid}',
      grant_type: 'refresh_token',
      refresh_token: '{oauth.refresh_token}',
    },
  },
  handle(call) {
    const account = findApp(call, 'refresh_token')
    if (isRefusal(account)) return account
    const used = admitAccount(call, account)
    if (used) return used
    const { refresh_token } = call.fields
    if (typeof refresh_token !== 'string' || refresh_token === '')
      return refuse(41003, { rule: 'refresh_token.given', expected: 'refresh_token' })
    const token = refreshWebToken(call, account, refresh_token)
    return isRefusal(token) ? token : tokenResponse(call, token)
  },
})

function tokenResponse({ world }: Pick<Call, 'world'>, row: WebTokenRow) {
  return {
    access_token: row.token,
    expires_in: Math.floor((row.expires_at - world.now) / 1000),
    refresh_token: row.refresh_token,
    openid: row.openid,
    scope: row.scope,
  }
}

const openidField = errcodes(z.string().min(1), { missing: 41009, type: 40003, invalid: 41009 })

/** Nickname and avatar of whoever allowed it. What it told of sex and place is empty since 2021. */
export const oauthUser = endpoint({
  id: 'oauth.user',
  methods: ['GET', 'POST'],
  path: '/sns/userinfo',
  from: ['query', 'form', 'json'],
  summary: {
    en: 'Nickname and avatar of the person a web OAuth token is for',
    zh: '网页授权令牌所属用户的昵称和头像',
  },
  source: {
    en: 'developers.weixin.qq.com: web page authorization; key order of recorded answers',
    zh: 'developers.weixin.qq.com: 网页授权；字段顺序依据实际返回的记录',
  },
  credential: 'web_token',
  input: z.object({
    openid: openidField,
    lang: z
      .unknown()
      .optional()
      .meta({ type: 'string', enum: ['zh_CN', 'zh_TW', 'en'] })
      .meta(
        words(
          'The language for place names, which WeChat no longer returns.',
          '地区名称用哪种语言；如今地区已不再返回。',
        ),
      ),
  }),
  answer: z.object({
    openid: z.string(),
    nickname: z.string(),
    sex: z.int(),
    language: z.string(),
    city: z.string(),
    province: z.string(),
    country: z.string(),
    headimgurl: z.string(),
    privilege: z.array(z.string()),
    unionid: z.string(),
  }),
  refusals: [41009, 40003, 48001],
  example: { input: { openid: '{li.openid}', lang: 'zh_CN' } },
  handle(call) {
    const token = checkOpenid(call, call.input.openid)
    if (isRefusal(token)) return token
    if (token.scope === 'snsapi_base') {
      return refuse(48001, {
        rule: 'scope.userinfo',
        actual: token.scope,
        expected: 'a token of the scope snsapi_userinfo or snsapi_login',
      })
    }
    call.steps.push('scope.userinfo')
    const { nickname, headimgurl } = userinfoOf(call, token)
    return {
      openid: token.openid,
      nickname,
      sex: 0,
      language: '',
      city: '',
      province: '',
      country: '',
      headimgurl,
      privilege: [],
      unionid: unionidOfToken(call, token),
    }
  },
})

/** Whether a token is good for an openid. */
export const checkOauth = endpoint({
  id: 'oauth.check',
  methods: ['GET', 'POST'],
  path: '/sns/auth',
  from: ['query', 'form', 'json'],
  summary: { en: 'Whether a web OAuth token is valid', zh: '网页授权的令牌是否有效' },
  source: {
    en: 'developers.weixin.qq.com: web page authorization',
    zh: 'developers.weixin.qq.com: 网页授权',
  },
  credential: 'web_token',
  input: z.object({ openid: openidField }),
  answer: okShape,
  refusals: [41009, 40003],
  example: { input: { openid: '{li.openid}' } },
  handle(call) {
    const token = checkOpenid(call, call.input.openid)
    return isRefusal(token) ? token : ok
  },
})

function checkOpenid(call: Call<WechatCaller>, openid: string): WebTokenRow | Refusal {
  const { web_token } = call.caller
  if (!web_token) throw new Error('the surface opens these calls by a token of web OAuth')
  call.concern(web_token)
  if (web_token.openid !== openid) {
    return refuse(40003, {
      rule: 'web_token.openid',
      actual: openid,
      expected: 'the openid that the token was given out for',
    })
  }
  call.steps.push('web_token.openid')
  return web_token
}
