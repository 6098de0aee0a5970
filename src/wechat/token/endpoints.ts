import { z } from 'zod'
import type { AccessTokenRow } from '../../../db/schema.ts'
import { words } from '../../core/field.ts'
import { isRefusal } from '../../core/refusal.ts'
import type { World } from '../../world/world.ts'
import { checkApp } from '../authenticate.ts'
import { endpoint } from '../endpoint.ts'
import { ordinaryToken, stableToken } from './token.ts'

const tokenAnswer = z.object({
  access_token: z.string(),
  expires_in: z
    .int()
    .meta(words('Seconds until it expires, up to 7200.', '剩余的秒数，最多 7200。')),
})

/** All three are checked by the handler, in WeChat's order. */
const appFields = {
  grant_type: z.literal('client_credential'),
  appid: z.string(),
  secret: z.string(),
}

/** A new access token at every call; the one before it lives five minutes longer. */
export const getToken = endpoint({
  id: 'token.get',
  methods: ['GET', 'POST'],
  path: '/cgi-bin/token',
  from: ['query', 'form', 'json'],
  summary: { en: 'Fetch a new access token', zh: '获取新的访问令牌' },
  source: 'developers.weixin.qq.com: getAccessToken',
  credential: 'secret',
  input: z.object({}),
  later: z.object(appFields),
  answer: tokenAnswer,
  example: {
    input: { grant_type: 'client_credential', appid: '{acme.appid}', secret: '{acme.app_secret}' },
  },
  handle(call) {
    const account = checkApp(call)
    return isRefusal(account) ? account : toResponse(ordinaryToken(call, account), call)
  },
})

/** The same token while it lives; `force_refresh` makes a new one and voids the old at once. */
export const getStableToken = endpoint({
  id: 'stable_token.get',
  methods: ['POST'],
  path: '/cgi-bin/stable_token',
  from: ['json'],
  summary: { en: 'Fetch the stable access token', zh: '获取稳定版访问令牌' },
  source: 'developers.weixin.qq.com: getStableAccessToken',
  credential: 'secret',
  input: z.object({}),
  later: z.object({ ...appFields, force_refresh: z.boolean().optional() }),
  answer: tokenAnswer,
  example: {
    input: {
      grant_type: 'client_credential',
      appid: '{acme.appid}',
      secret: '{acme.app_secret}',
      force_refresh: false,
    },
  },
  handle(call) {
    const account = checkApp(call)
    if (isRefusal(account)) return account
    const force = call.fields['force_refresh'] === true
    const token = stableToken(call, account, force)
    return isRefusal(token) ? token : toResponse(token, call)
  },
})

function toResponse({ token, expires_at }: AccessTokenRow, { world }: { readonly world: World }) {
  return { access_token: token, expires_in: Math.floor((expires_at - world.now) / 1000) }
}
