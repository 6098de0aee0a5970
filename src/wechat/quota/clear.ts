import { z } from 'zod'
import { deleteDayQuotas } from '../../../db/quota.ts'
import type { OfficialAccountRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import type { Outcome } from '../../core/endpoint.ts'
import { errcodes, words } from '../../core/field.ts'
import { isRefusal } from '../../core/refusal.ts'
import { admitAccount } from '../admit.ts'
import { endpoint, ok, refuse } from '../endpoint.ts'
import { checkApp } from '../token/app.ts'
import { clears_month } from './limits.ts'
import { countUp, hasQuotas } from './use.ts'

const okShape = z.object({ errcode: z.literal(0), errmsg: z.literal('ok') })

/** Gives an account all its calls of the day back, ten times in a Beijing month. */
export const clearQuota = endpoint({
  id: 'quota.clear',
  methods: ['POST'],
  path: '/cgi-bin/clear_quota',
  from: ['json'],
  summary: { en: 'Clear what the account has called today', zh: '清零公众号今天的调用次数' },
  source: 'developers.weixin.qq.com: clearQuota',
  fidelity: 'documented',
  credential: 'access_token',
  permission: 'clearing quotas',
  input: z.object({
    appid: errcodes(z.string().meta(words("The token's own.", '令牌所属的公众号。')), {
      missing: 41002,
      type: 40013,
      invalid: 40013,
    }),
  }),
  answer: okShape,
  refusals: [41002, 40013, 48006],
  example: { input: { appid: '{acme.appid}' } },
  async handle(call) {
    const { account } = call.caller
    if (call.input.appid !== account.appid) {
      return refuse(40013, { rule: 'appid.own', actual: call.input.appid, expected: account.appid })
    }
    call.steps.push('appid.own')
    return clear(call, account)
  },
})

/** The same by appid and secret, for when there is no token left to be had. */
export const clearQuotaBySecret = endpoint({
  id: 'quota.clear_by_secret',
  methods: ['POST'],
  path: '/cgi-bin/clear_quota/v2',
  from: ['query', 'json'],
  summary: {
    en: 'Clear what the account has called today, without a token',
    zh: '不用令牌清零公众号今天的调用次数',
  },
  source: {
    en: 'developers.weixin.qq.com: clearQuotaByAppSecret; fields in the query as SDKs send them',
    zh: 'developers.weixin.qq.com: clearQuotaByAppSecret；字段也可像某些 SDK 那样放在查询串里',
  },
  fidelity: 'documented',
  credential: 'secret',
  permission: 'clearing quotas',
  input: z.object({}),
  later: z.object({ appid: z.string(), appsecret: z.string() }),
  answer: okShape,
  refusals: [48006],
  example: { input: { appid: '{acme.appid}', appsecret: '{acme.app_secret}' } },
  async handle(call) {
    const account = await checkApp(call, { grant_type: null, field: 'appsecret' })
    if (isRefusal(account)) return account
    return (await admitAccount(call, account)) ?? clear(call, account)
  },
})

/** Only what takes effect counts in the month, by whichever call. Without quotas there is nothing to clear. */
async function clear(call: Call, account: OfficialAccountRow): Promise<Outcome> {
  if (!hasQuotas(account)) return ok
  const { appid, kind } = account
  const limit = clears_month[kind]
  const used = await countUp(call, account, { path: clearQuota.path, per: 'month', limit })
  if (used === undefined) {
    return refuse(48006, {
      rule: 'quota.clears',
      row: { per: 'month', limit },
      actual: limit,
      expected: `fewer than ${limit}`,
      fix: { call: 'official_account.update', input: { appid, quotas: 'off' } },
    })
  }
  await deleteDayQuotas(call.db, { epoch: call.world.epoch, appid })
  call.steps.push('quota.clears')
  return ok
}
