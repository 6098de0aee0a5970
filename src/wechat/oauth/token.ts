import { deleteClaims } from '../../../db/claim.ts'
import { nextCount } from '../../../db/counter.ts'
import {
  findOauthCode,
  findWebTokenByRefresh,
  insertOauthCode,
  insertWebToken,
  revokeRefreshTokens,
  updateCodeUsed,
  updateWebToken,
} from '../../../db/oauth.ts'
import { findPerson } from '../../../db/person.ts'
import type { OauthCodeRow, OfficialAccountRow, WebTokenRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import { credentialElsewhere } from '../../core/locate.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { isCleanText } from '../../core/request.ts'
import { deriveBase62, deriveBase64url, deriveHex } from '../../world/seed.ts'
import { claim, resetScoped, type Scope } from '../../world/world.ts'
import { refuse } from '../caller.ts'
import { openidPrefix, unionidOf } from '../official-account.ts'

/** A code is good for five minutes. */
const code_ms = 300_000
/** A token lives two hours, whatever becomes of its refresh token. */
const token_ms = 7_200_000
const refresh_ms = 30 * 86_400_000
/** The generation number that tokens begin with, as those of the platform's other calls do. */
const token_generation = 98
/** With the generation and its line, 110 characters. Source: samples of 2021–2024. */
const opaque_length = 107

/** Gives out a code for a person at an account, of whom a page learns this openid. */
export function issueCode(
  call: Pick<Call, 'db' | 'world' | 'concern'>,
  of: Pick<OauthCodeRow, 'appid' | 'openid' | 'person' | 'scope' | 'snapshot'>,
): string {
  const { db, world } = call
  const { epoch, now } = world
  call.concern(of)
  const n = nextCount(db, { epoch, purpose: 'oauth_code', key: of.openid })
  const code = makeCode(call, of.openid, n)
  const row = { epoch, code, ...of, issued_at: now, expires_at: now + code_ms, used_at: null }
  insertOauthCode(db, row)
  claim(call, 'oauth_code', code)
  return code
}

/** 32 characters that begin with `001` to `091`, as all that were ever shown do. */
function makeCode({ world }: Pick<Call, 'world'>, openid: string, n: number): string {
  const digit = Number.parseInt(
    deriveHex(resetScoped(world), 'oauth_code_line', openid, n)[0] ?? '',
    16,
  )
  return `0${digit % 10}1${deriveBase62(29, resetScoped(world), 'oauth_code', openid, n)}`
}

/**
 * Exchanges a code of web OAuth for the token of whoever was looking: 40029 for a code that is not this account's, 40163 for
 * a used one, 42003 for an old one. `snapshot` of the row says that it is a virtual user.
 */
export function exchangeCode(
  call: Pick<Call, 'db' | 'world' | 'steps' | 'concern'>,
  account: OfficialAccountRow,
  code: string,
): WebTokenRow | Refusal {
  const { db, world, steps } = call
  const row = isCleanText(code) ? findOauthCode(db, world.epoch, code) : undefined
  if (row?.appid !== account.appid) {
    const step = {
      rule: 'code.known',
      actual: { code },
      expected: 'a code that was given out for this appid',
    }
    return refuse(40029, credentialElsewhere(call, 'oauth_code', code) ?? step)
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
  if (!updateCodeUsed(db, row, world.now)) return refuseUsed(row)
  const { epoch, openid } = row
  if (row.scope === 'snsapi_base')
    revokeRefreshTokens(db, { epoch, openid, scope: 'snsapi_userinfo' }, world.now)
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

/** A token that lives is good for two hours more, a dead one is replaced. The refresh token stays, and so does its end. */
export function refreshWebToken(
  call: Pick<Call, 'db' | 'world' | 'steps' | 'concern'>,
  account: OfficialAccountRow,
  refresh_token: string,
): WebTokenRow | Refusal {
  const { db, world, steps } = call
  const row = findRefreshed(call, account.appid, refresh_token)
  if (isRefusal(row)) return row
  call.concern(row)
  steps.push('appid.known', 'grant_type.known')
  steps.push('refresh_token.known', 'refresh_token.latest', 'refresh_token.living')
  let { token } = row
  if (row.expires_at <= world.now) {
    token = nextTokens(call, row.openid).token
    claim(call, 'access_token', token)
    // The row goes by its refresh token, and the claim of a token that it has no longer would stay for ever.
    deleteClaims(db, { world: world.world, kind: 'access_token', values: [row.token] })
  }
  const change = { token, expires_at: world.now + token_ms }
  updateWebToken(db, row, change)
  return { ...row, ...change }
}

function findRefreshed(
  { db, world }: Scope,
  appid: string,
  refresh_token: string,
): WebTokenRow | Refusal {
  const row = isCleanText(refresh_token)
    ? findWebTokenByRefresh(db, world.epoch, refresh_token)
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

/** Makes the token and refresh token of whoever a code was given out for, and says so in the claims. */
function issueWebToken(
  call: Scope,
  { epoch, appid, openid, person, scope, snapshot }: OauthCodeRow,
): WebTokenRow {
  const row: WebTokenRow = {
    epoch,
    ...nextTokens(call, openid),
    appid,
    openid,
    person,
    scope,
    snapshot,
    expires_at: call.world.now + token_ms,
    refresh_expires_at: call.world.now + refresh_ms,
    revoked_at: null,
  }
  insertWebToken(call.db, row)
  claim(call, 'access_token', row.token)
  return row
}

/** The next pair of tokens of an openid. */
function nextTokens(
  { db, world }: Scope,
  openid: string,
): Pick<WebTokenRow, 'token' | 'refresh_token'> {
  const n = nextCount(db, { epoch: world.epoch, purpose: 'web_token', key: openid })
  const text = (purpose: string) =>
    `${token_generation}_${deriveBase64url(opaque_length, resetScoped(world), purpose, openid, n)}`
  return { token: text('web_token'), refresh_token: text('refresh_token') }
}

/** The unionid of whoever a token stands for. */
export function unionidOfToken(
  call: Scope,
  { person, snapshot }: Pick<WebTokenRow, 'person' | 'snapshot'>,
): string {
  return snapshot ? virtualUnionid(call, person) : unionidOf(call, person)
}

/** Nickname and avatar of whoever a token stands for. */
export function userinfoOf(
  { db, world }: Scope,
  { person, snapshot }: WebTokenRow,
): { nickname: string; headimgurl: string } {
  if (snapshot) return { nickname: virtual_nickname, headimgurl: virtual_avatar }
  const row = findPerson(db, world.epoch, person)
  const picture = deriveBase62(86, world, 'avatar', person)
  const headimgurl = `https://thirdwx.qlogo.cn/mmopen/vi_32/${picture}/132`
  return { nickname: row?.name ?? '', headimgurl }
}

/** The nickname of whoever sees a page as a snapshot. */
const virtual_nickname = '微信用户'

/** The grey avatar that goes with it. Source: answers that users of 2022 and later were given. */
const virtual_avatar =
  'https://thirdwx.qlogo.cn/mmopen/vi_32/POgEwh4mIHO4nibH0KlMECNjjGxQUq24ZEaGT4poC6icRiccVGKSyXwibcPq4BWmiaIGuG1icwxaQX6grC9VemZoJ8rg/132'

/** The id that a page in snapshot mode learns instead of the person's own: it looks alike and belongs to no follower. */
export function virtualOpenid(call: Pick<Call, 'world'>, appid: string, person: string): string {
  return openidPrefix(call, appid) + deriveBase64url(22, call.world, 'snapshot', appid, person)
}

/** The same over all official accounts of the world. */
function virtualUnionid({ world }: Pick<Call, 'world'>, person: string): string {
  const common = `o${deriveBase64url(5, world, 'unionid_prefix')}`
  return common + deriveBase64url(22, world, 'snapshot_unionid', person)
}
