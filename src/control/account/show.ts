import { z } from 'zod'
import { findOfficialAccount } from '../../../db/official-account.ts'
import type { AccountRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import { baseUrl } from '../../core/locate.ts'
import { eidOf } from '../../tupu/account/eid.ts'
import { gatewayOf } from '../../tupu/gateway/config.ts'
import { readFacts } from '../../tupu/gateway/facts.ts'
import { showCallback, shownCallback } from './callback.ts'

/** An account as the control API describes it. */
export const shownAccount = z.object({
  key: z.string(),
  company: z.string(),
  eid: z.string(),
  appid: z.string().nullable(),
  app_secret: z.string().nullable(),
  token: z.string().nullable(),
  aes_key: z.string().nullable(),
  partner_secret: z.string().nullable(),
  template_id: z.string().nullable(),
  register_url: z.string().nullable(),
  rebind: z.enum(['reject', 'replace']),
  oauth_scope: z.enum(['snsapi_base', 'snsapi_userinfo']),
  callback: shownCallback,
  retention_days: z.int().nullable(),
  minute_limit: z.int().nullable(),
})
export type ShownAccount = z.output<typeof shownAccount>

/** Whatever a caller needs to be an account's platform or its WeChat client. */
export async function showAccount(call: Call, account: AccountRow): Promise<ShownAccount> {
  const { key, company, appid, partner_secret, rebind, oauth_scope, retention_days } = account
  const eid = eidOf(account)
  const isLocal = gatewayOf(account).kind === 'local'
  const official =
    isLocal && appid !== null
      ? await findOfficialAccount(call.db, call.world.epoch, appid)
      : undefined
  const template_id = isLocal
    ? account.template_id
    : (readFacts(account.facts).template?.template_id ?? null)
  return {
    key,
    company,
    eid,
    appid,
    app_secret: official?.app_secret ?? null,
    token: official?.token ?? null,
    aes_key: official?.aes_key ?? null,
    partner_secret,
    template_id,
    register_url: appid === null ? null : registerUrl(call, account),
    rebind,
    oauth_scope,
    callback: showCallback(account),
    retention_days,
    minute_limit: account.minute_limit,
  }
}

/** Where an account's candidates register. */
export function registerUrl(call: Call, account: AccountRow): string {
  return `${baseUrl(call)}/register/${eidOf(account)}`
}
