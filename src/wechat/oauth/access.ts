import { findWebToken } from '../../../db/oauth.ts'
import type { Call } from '../../core/call.ts'
import type { Refusal } from '../../core/refusal.ts'
import { isCleanText } from '../../core/request.ts'
import { attribute, textField } from '../attribute.ts'
import { refuse, type WechatCaller } from '../caller.ts'
import { officialAccountOf } from '../official-account.ts'
import { refuseScheme } from '../scheme.ts'

/** Finds the world and the official account by a token of web OAuth. Those of the account itself are none here. */
export async function authenticateWebToken(call: Call<WechatCaller>): Promise<Refusal | undefined> {
  const token = textField(call, 'access_token')
  const { world } = await attribute(call, token ?? '')
  call.enter(world, { key: '' })
  if (token === undefined)
    return refuse(41001, { rule: 'web_token.given', expected: 'access_token' })
  const row = isCleanText(token) ? await findWebToken(call.db, world.epoch, token) : undefined
  const account = row && (await officialAccountOf(call, row.appid))
  if (!row || !account) {
    return refuse(40001, {
      rule: 'web_token.known',
      actual: { access_token: token },
      expected: 'a token that /sns/oauth2/access_token gave out',
    })
  }
  call.enter(world, { key: account.appid, caller: { account, web_token: row } })
  const insecure = refuseScheme(call, account)
  if (insecure) return insecure
  if (row.expires_at <= world.now) {
    // Not 42001: that is what the lists say and hardly anybody has been answered.
    return refuse(40001, {
      rule: 'web_token.living',
      row: { expires_at: row.expires_at },
      expected: 'a token younger than two hours',
    })
  }
  call.steps.push('web_token.known', 'web_token.living')
  return undefined
}
