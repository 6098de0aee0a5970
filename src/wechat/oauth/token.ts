import { z } from 'zod'
import { findWebTokenByRefresh, updateWebToken } from '../../../db/oauth.ts'
import type { WebTokenRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import { words } from '../../core/field.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { isCleanText } from '../../core/request.ts'
import { claim } from '../../world/world.ts'
import { admitAccount } from '../admit.ts'
import { endpoint, refuse } from '../endpoint.ts'
import { checkApp, findApp } from '../token/app.ts'
import { exchangeCode } from './exchange.ts'
import { nextTokens, shownToken, token_ms, unionidOfToken } from './web-token.ts'

const tokenAnswer = {
  access_token: z
    .string()
    .meta(
      words(
        'For one openid alone; the platform’s other calls refuse it.',
        '只对这一个 openid 有效；平台的其他接口不认它。',
      ),
    ),
  expires_in: z
    .int()
    .meta(words('Seconds that it has left, up to 7200.', '剩余的秒数，最多 7200。')),
  refresh_token: z.string().meta(words('Good for 30 days.', '30 天有效。')),
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
  fidelity: 'documented',
  credential: 'secret',
  input: z.object({}),
  later: z.object({
    appid: z.string(),
    secret: z.string(),
    code: z.string().meta(words('One use, five minutes.', '只能用一次，五分钟有效。')),
    grant_type: z.literal('authorization_code'),
  }),
  answer: z.object({
    ...tokenAnswer,
    is_snapshotuser: z
      .literal(1)
      .optional()
      .meta(words('Of a virtual user only.', '仅虚拟用户有。')),
    unionid: z
      .string()
      .optional()
      .meta(words('With the scope snsapi_userinfo only.', '仅 scope 为 snsapi_userinfo 时有。')),
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
  async handle(call) {
    const account = await checkApp(call, { grant_type: 'authorization_code', listed: false })
    if (isRefusal(account)) return account
    const used = await admitAccount(call, account)
    if (used) return used
    const { code } = call.fields
    if (typeof code !== 'string' || code === '')
      return refuse(41008, { rule: 'code.given', expected: 'code' })
    const token = await exchangeCode(call, account, code)
    if (isRefusal(token)) return token
    return {
      ...shownToken(call, token),
      ...(token.snapshot ? { is_snapshotuser: 1 } : {}),
      ...(token.scope === 'snsapi_userinfo' ? { unionid: unionidOfToken(call, token) } : {}),
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
  fidelity: 'documented',
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
  async handle(call) {
    const account = await findApp(call, 'refresh_token')
    if (isRefusal(account)) return account
    const used = await admitAccount(call, account)
    if (used) return used
    const row = await findRefresh(call, account.appid)
    if (isRefusal(row)) return row
    call.concern(row)
    const { steps, world } = call
    steps.push('appid.known', 'grant_type.known')
    steps.push('refresh_token.known', 'refresh_token.latest', 'refresh_token.living')
    const token = await renewedToken(call, row)
    const change = { token, expires_at: world.now + token_ms }
    await updateWebToken(call.db, row, change)
    return shownToken(call, { ...row, ...change })
  },
})

async function findRefresh(call: Call, appid: string): Promise<WebTokenRow | Refusal> {
  const { refresh_token } = call.fields
  if (typeof refresh_token !== 'string' || refresh_token === '')
    return refuse(41003, { rule: 'refresh_token.given', expected: 'refresh_token' })
  const { db, world } = call
  const row = isCleanText(refresh_token)
    ? await findWebTokenByRefresh(db, world.epoch, refresh_token)
    : undefined
  if (row?.appid !== appid) {
    return refuse(40030, {
      rule: 'refresh_token.known',
      actual: { refresh_token },
      expected: 'a refresh token that was given out for this appid',
    })
  }
  const { revoked_at, refresh_expires_at } = row
  if (revoked_at !== null) {
    return refuse(40030, {
      rule: 'refresh_token.latest',
      row: { revoked_at },
      expected: 'one after which no code of snsapi_base was exchanged',
    })
  }
  if (refresh_expires_at <= world.now) {
    return refuse(42002, {
      rule: 'refresh_token.living',
      row: { refresh_expires_at },
      expected: 'a refresh token younger than 30 days',
    })
  }
  return row
}

async function renewedToken(
  call: Call,
  { token, openid, expires_at }: WebTokenRow,
): Promise<string> {
  if (expires_at > call.world.now) return token
  const next = await nextTokens(call, openid)
  await claim(call, 'access_token', next.token)
  return next.token
}
