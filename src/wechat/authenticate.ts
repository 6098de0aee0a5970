import { findAccessToken } from '../../db/access-token.ts'
import { findWebToken } from '../../db/oauth.ts'
import type { OfficialAccountRow } from '../../db/schema.ts'
import { seenAddress } from '../auth/origin.ts'
import type { Call } from '../core/call.ts'
import { credentialElsewhere } from '../core/locate.ts'
import { isRefusal, type Refusal } from '../core/refusal.ts'
import { isCleanText, type RawRequest } from '../core/request.ts'
import type { World } from '../world/world.ts'
import { admitAccount } from './admit.ts'
import { attribute, textField } from './attribute.ts'
import { addressFill, plainAddress, refuse, type WechatCaller } from './caller.ts'
import { asksForToken } from './documented-paths.ts'
import { oauthAccountOf } from './oauth/website-app.ts'
import { isAppid, officialAccountOf } from './official-account.ts'

/** Finds the world by whatever credential the call carries, and the official account by its token. */
export function authenticate(call: Call<WechatCaller>): Refusal | undefined {
  const token = call.query['access_token'] ?? ''
  const credential = call.endpoint?.credential
  const isUnbuilt = !call.endpoint && asksForToken(call.address.path)
  if (credential === 'access_token' || isUnbuilt) return authenticateToken(call, token)
  if (credential === 'web_token') return authenticateWebToken(call)
  const { world, key } = attribute(call, token)
  call.enter(world, { key })
  return undefined
}

function authenticateToken(call: Call<WechatCaller>, token: string): Refusal | undefined {
  const { world } = attribute(call, token)
  call.enter(world, { key: '' })
  if (token === '') {
    const expected = 'access_token in the query'
    return refuse(41001, { rule: 'access_token.given', expected, ...misplaced(call) })
  }
  const row = isCleanText(token) ? findAccessToken(call.db, world.epoch, token) : undefined
  const account = row && officialAccountOf(call, row.appid)
  if (!row || !account) {
    const step = {
      rule: 'access_token.known',
      actual: { access_token: token },
      expected: 'a token that this server gave out',
    }
    return refuse(40001, credentialElsewhere(call, 'access_token', token) ?? step)
  }
  call.enter(world, { key: account.appid, caller: { account } })
  const no = refuseScheme(call, account) ?? refuseToken(row, world)
  if (no) return no
  call.steps.push('access_token.known', 'access_token.living')
  return undefined
}

/** A token that was replaced in its lifetime is unknown for ever after, one that grew old is expired for ever. */
function refuseToken(
  row: { replaced_at: number | null; expires_at: number },
  world: World,
): Refusal | undefined {
  const { replaced_at, expires_at } = row
  if (replaced_at !== null && replaced_at <= world.now && replaced_at < expires_at) {
    return refuse(40001, {
      rule: 'access_token.latest',
      row: { replaced_at },
      expected: 'the newest token',
    })
  }
  if (expires_at <= world.now) {
    return refuse(42001, {
      rule: 'access_token.living',
      row: { expires_at },
      expected: 'a token younger than two hours',
    })
  }
  return undefined
}

/** A token in the body, a form or a header is a common mistake; WeChat reads the query only. */
function misplaced(call: Call<WechatCaller>): { actual?: string } {
  if (call.fields['access_token'] === '') return { actual: 'an empty access_token' }
  if (Object.hasOwn(call.fields, 'access_token')) return { actual: 'access_token in the body' }
  return call.request.headers['authorization'] ? { actual: 'an Authorization header' } : {}
}

/** Finds the world and the official account by a token of web OAuth. Those of the account itself are none here. */
function authenticateWebToken(call: Call<WechatCaller>): Refusal | undefined {
  const token = textField(call, 'access_token')
  const { world } = attribute(call, token ?? '')
  call.enter(world, { key: '' })
  if (token === undefined)
    return refuse(41001, { rule: 'web_token.given', expected: 'access_token' })
  const row = isCleanText(token) ? findWebToken(call.db, world.epoch, token) : undefined
  const account = row && oauthAccountOf(call, row.appid)
  if (!row || !account) {
    const step = {
      rule: 'web_token.known',
      actual: { access_token: token },
      expected: 'a token that /sns/oauth2/access_token gave out',
    }
    return refuse(40001, credentialElsewhere(call, 'access_token', token) ?? step)
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

/**
 * Whose appid and secret a call carries. Appid first, then grant type, secret, address, and the secret's value: as reports of
 * refusals order them; then what the account is admitted to. A whitelist is for those who act for the account itself.
 * `grant_type`: null where there is none.
 */
export function checkApp(
  call: Call,
  { grant_type = 'client_credential', listed = true, field = 'secret' }: AppCheck = {},
): OfficialAccountRow | Refusal {
  const account = findApp(call, grant_type)
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
  return admitAccount(call, account) ?? account
}

interface AppCheck {
  readonly grant_type?: string | null
  readonly listed?: boolean
  /** Where the secret stands. */
  readonly field?: string
}

/** Whose appid a call carries, for a grant of this type. */
export function findApp(call: Call, expected: string | null): OfficialAccountRow | Refusal {
  const { appid, grant_type } = call.fields
  if (typeof appid !== 'string' || appid === '')
    return refuse(41002, { rule: 'appid.given', expected: 'appid' })
  // A website app has web OAuth and none of the platform's other calls.
  const accountOf = call.endpoint?.path.startsWith('/sns/') ? oauthAccountOf : officialAccountOf
  const account = isAppid(appid) ? accountOf(call, appid) : undefined
  if (!account) {
    const step = { rule: 'appid.known', actual: appid, expected: 'an appid of this server' }
    return refuse(40013, credentialElsewhere(call, 'appid', appid) ?? step)
  }
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
  const ip = plainAddress(seenAddress(call.request, call.engine.settings))
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
  return refuse(40164, step, addressFill(ip))
}

/** Plain http is as good as https, unless the account asks for the latter. */
function refuseScheme(
  { request }: { readonly request: RawRequest },
  { appid, require_https }: OfficialAccountRow,
): Refusal | undefined {
  if (!require_https || request.origin.startsWith('https:')) return undefined
  return refuse(43003, {
    rule: 'request.https',
    actual: request.origin,
    fix: { call: 'official_account.update', input: { appid, require_https: false } },
  })
}
