import { findOauthCode, revokeRefreshTokens, updateCodeUsed } from '../../../db/oauth.ts'
import type { OauthCodeRow, OfficialAccountRow, WebTokenRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import type { Refusal } from '../../core/refusal.ts'
import { isCleanText } from '../../core/request.ts'
import { refuse } from '../endpoint.ts'
import { issueWebToken } from './web-token.ts'

/**
 * Exchanges a code of web OAuth for the token of whoever was looking: 40029 for a code that is not this account's, 40163 for
 * a used one, 42003 for an old one. `snapshot` of the row says that it is a virtual user.
 */
export async function exchangeCode(
  call: Pick<Call, 'db' | 'world' | 'steps' | 'concern'>,
  account: OfficialAccountRow,
  code: string,
): Promise<WebTokenRow | Refusal> {
  const { db, world, steps } = call
  const row = isCleanText(code) ? await findOauthCode(db, world.epoch, code) : undefined
  if (row?.appid !== account.appid) {
    return refuse(40029, {
      rule: 'code.known',
      actual: { code },
      expected: 'a code that was given out for this appid',
    })
  }
  call.concern(row)
  if (row.used_at !== null) return refuseUsed(row)
  if (row.expires_at <= world.now) {
    return refuse(42003, {
      rule: 'code.living',
      row: { expires_at: row.expires_at },
      expected: 'a code younger than five minutes',
    })
  }
  // Another replica may have used it since it was read.
  if (!(await updateCodeUsed(db, row, world.now))) return refuseUsed(row)
  const { epoch, openid } = row
  if (row.scope === 'snsapi_base')
    await revokeRefreshTokens(db, { epoch, openid, scope: 'snsapi_userinfo' }, world.now)
  steps.push('code.known', 'code.unused', 'code.living')
  return issueWebToken(call, row)
}

function refuseUsed({ used_at }: Pick<OauthCodeRow, 'used_at'>): Refusal {
  return refuse(40163, {
    rule: 'code.unused',
    row: { used_at },
    expected: 'a code that was not exchanged before',
  })
}
