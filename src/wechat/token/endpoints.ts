import { z } from 'zod'
import { findLatestToken, replaceTokens } from '../../../db/access-token.ts'
import { words } from '../../core/field.ts'
import { isRefusal } from '../../core/refusal.ts'
import { admitAccount } from '../admit.ts'
import { checkApp } from '../authenticate.ts'
import { endpoint } from '../endpoint.ts'
import { useForcedRefresh } from '../quota/quota.ts'
import {
  findLivingToken,
  grace_ms,
  issueToken,
  mayForce,
  nextToken,
  tokenResponse,
} from './token.ts'

const tokenAnswer = z.object({
  access_token: z.string(),
  expires_in: z
    .int()
    .meta(words('Seconds that it has left, up to 7200.', '剩余的秒数，最多 7200。')),
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
  fidelity: 'documented',
  credential: 'secret',
  input: z.object({}),
  later: z.object(appFields),
  answer: tokenAnswer,
  example: {
    input: { grant_type: 'client_credential', appid: '{acme.appid}', secret: '{acme.app_secret}' },
  },
  async handle(call) {
    const account = await checkApp(call)
    if (isRefusal(account)) return account
    const used = await admitAccount(call, account)
    if (used) return used
    const owner = { epoch: call.world.epoch, appid: account.appid, kind: 'ordinary' as const }
    const n = await nextToken(call, owner)
    const before = await findLatestToken(call.db, owner)
    const token = await issueToken(call, owner, { n, forced: false })
    if (before) {
      await replaceTokens(call.db, { ...owner, up_to: before.n }, call.world.now + grace_ms)
      await replaceTokens(call.db, { ...owner, up_to: before.n - 1 }, call.world.now)
    }
    return tokenResponse(token, call.world.now)
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
  fidelity: 'documented',
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
  async handle(call) {
    const account = await checkApp(call)
    if (isRefusal(account)) return account
    const used = await admitAccount(call, account)
    if (used) return used
    const owner = { epoch: call.world.epoch, appid: account.appid, kind: 'stable' as const }
    const { now } = call.world
    const wanted = call.fields['force_refresh'] === true
    let current = await findLivingToken(call, owner)
    if (current && !(wanted && (await mayForce(call, owner)))) return tokenResponse(current, now)
    const n = await nextToken(call, owner)
    // Whoever drew the number before may have made what this call is looking for.
    current = await findLivingToken(call, owner)
    const forced = wanted && (await mayForce(call, owner))
    if (current && !forced) return tokenResponse(current, now)
    const spent = forced ? await useForcedRefresh(call, account) : undefined
    if (spent) return spent
    const token = await issueToken(call, owner, { n, forced })
    if (forced) await replaceTokens(call.db, { ...owner, up_to: n - 1 }, now)
    return tokenResponse(token, now)
  },
})
