import { findWebToken } from '../../../db/oauth.ts'
import type { Refusal } from '../../core/refusal.ts'
import { isCleanText } from '../../core/request.ts'
import type { Arrival, Opened } from '../../core/surface.ts'
import { attribute, textField } from '../attribute.ts'
import { refuse, type WechatCaller } from '../endpoint.ts'
import { officialAccountOf } from '../official-account.ts'
import { hasQuotas, useArrival } from '../quota/use.ts'
import { refuseScheme } from '../scheme.ts'

/** Finds the world and the official account by a token of web OAuth. Those of the account itself are none here. */
export async function openByWebToken(
  arrival: Arrival<WechatCaller>,
): Promise<Opened<WechatCaller>> {
  const token = textField(arrival, 'access_token')
  const { world } = await attribute(arrival, token ?? '')
  const no = (refusal: Refusal): Opened<WechatCaller> => ({ world, key: '', refusal })
  if (token === undefined)
    return no(refuse(41001, { rule: 'web_token.given', expected: 'access_token' }))
  const row = isCleanText(token) ? await findWebToken(arrival.db, world.epoch, token) : undefined
  const account = row && (await officialAccountOf({ ...arrival, world }, row.appid))
  if (!row || !account) {
    return no(
      refuse(40001, {
        rule: 'web_token.known',
        actual: { access_token: token },
        expected: 'a token that /sns/oauth2/access_token gave out',
      }),
    )
  }
  const opened = { world, key: account.appid, caller: { account, web_token: row } }
  const insecure = refuseScheme(arrival, account)
  if (insecure) return { ...opened, refusal: insecure }
  if (row.expires_at <= world.now) {
    // Not 42001: that is what the lists say and hardly anybody has been answered.
    const refusal = refuse(40001, {
      rule: 'web_token.living',
      row: { expires_at: row.expires_at },
      expected: 'a token younger than two hours',
    })
    return { ...opened, refusal }
  }
  arrival.steps.push('web_token.known', 'web_token.living')
  const used = hasQuotas(account) ? await useArrival({ ...arrival, world }, account) : undefined
  return used ? { ...opened, refusal: used } : opened
}
