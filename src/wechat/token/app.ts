import { isIPv6 } from 'node:net'
import type { OfficialAccountRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { refuse } from '../endpoint.ts'
import { isAppid, officialAccountOf } from '../official-account.ts'
import { refuseScheme } from '../scheme.ts'

/**
 * Whose appid and secret a call carries. Appid first, then grant type, secret, address, and the secret's value: as reports of
 * refusals order them. A whitelist is for those who act for the account itself. `grant_type`: null where there is none.
 */
export async function checkApp(
  call: Call,
  { grant_type = 'client_credential', listed = true, field = 'secret' }: AppCheck = {},
): Promise<OfficialAccountRow | Refusal> {
  const account = await findApp(call, grant_type)
  if (isRefusal(account)) return account
  const secret = call.fields[field]
  if (typeof secret !== 'string' || secret === '')
    return refuse(41004, { rule: 'secret.given', expected: field })
  const unlisted = listed ? refuseAddress(call, account) : undefined
  if (unlisted) return unlisted
  if (secret !== account.app_secret)
    return refuse(40125, { rule: 'secret.right', expected: 'the secret of this appid' })
  call.steps.push('appid.known')
  if (grant_type !== null) call.steps.push('grant_type.known')
  if (listed) call.steps.push('ip.allowed')
  call.steps.push('secret.right')
  return account
}

interface AppCheck {
  readonly grant_type?: string | null
  readonly listed?: boolean
  /** Where the secret stands. */
  readonly field?: string
}

/** Whose appid a call carries, for a grant of this type. */
export async function findApp(
  call: Call,
  expected: string | null,
): Promise<OfficialAccountRow | Refusal> {
  const { appid, grant_type } = call.fields
  if (typeof appid !== 'string' || appid === '')
    return refuse(41002, { rule: 'appid.given', expected: 'appid' })
  const account = isAppid(appid) ? await officialAccountOf(call, appid) : undefined
  if (!account)
    return refuse(40013, {
      rule: 'appid.known',
      actual: appid,
      expected: 'an appid of this server',
    })
  const insecure = refuseScheme(call, account)
  if (insecure) return insecure
  if (expected !== null && grant_type !== expected)
    return refuse(40002, { rule: 'grant_type.known', actual: grant_type, expected })
  return account
}

/** With a whitelist, tokens are fetched from its addresses only. */
function refuseAddress(call: Call, account: OfficialAccountRow): Refusal | undefined {
  const { appid, ip_whitelist } = account
  if (ip_whitelist === null) return undefined
  const allowed = JSON.parse(ip_whitelist) as string[]
  const ip = plainAddress(call.request.ip)
  if (allowed.includes(ip)) return undefined
  const step = {
    rule: 'ip.allowed',
    actual: ip,
    expected: allowed,
    fix: {
      call: 'official_account.update',
      input: { appid, ip_whitelist: [...allowed, ip] },
    },
  }
  return refuse(40164, step, { ip, ipv6: isIPv6(ip) ? ip : `::ffff:${ip}` })
}

/** `::ffff:127.0.0.1` is what a dual-stack socket calls 127.0.0.1; a call in process comes from this machine. */
export function plainAddress(ip: string): string {
  if (ip === '') return '127.0.0.1'
  return ip.startsWith('::ffff:') ? ip.slice(7) : ip
}
