import { insertWebToken } from '../../../db/oauth.ts'
import type { OauthCodeRow, WebTokenRow } from '../../../db/schema.ts'
import { nextCount } from '../../../db/world.ts'
import type { Call } from '../../core/call.ts'
import { deriveBase64url } from '../../world/seed.ts'
import { claim, resetScoped } from '../../world/world.ts'
import { unionidOf } from '../official-account.ts'
import { virtualUnionid } from './virtual.ts'

/** A token lives two hours, whatever becomes of its refresh token. */
export const token_ms = 7_200_000
const refresh_ms = 30 * 86_400_000
/** The generation number that tokens begin with, as those of the platform's other calls do. */
const token_generation = 98
/** With the generation and its line, 110 characters. Source: samples of 2021–2024. */
const opaque_length = 107

type Of = Pick<Call, 'db' | 'world'>

/** Makes the token and refresh token of whoever a code was given out for, and says so in the claims. */
export async function issueWebToken(
  call: Of,
  { epoch, appid, openid, person, scope, snapshot }: OauthCodeRow,
): Promise<WebTokenRow> {
  const row: WebTokenRow = {
    epoch,
    ...(await nextTokens(call, openid)),
    appid,
    openid,
    person,
    scope,
    snapshot,
    expires_at: call.world.now + token_ms,
    refresh_expires_at: call.world.now + refresh_ms,
    revoked_at: null,
  }
  await insertWebToken(call.db, row)
  await claim(call, 'access_token', row.token)
  return row
}

/** The next pair of tokens of an openid. */
export async function nextTokens(
  { db, world }: Of,
  openid: string,
): Promise<Pick<WebTokenRow, 'token' | 'refresh_token'>> {
  const n = await nextCount(db, { epoch: world.epoch, purpose: 'web_token', key: openid })
  const text = (purpose: string) =>
    `${token_generation}_${deriveBase64url(opaque_length, resetScoped(world), purpose, openid, n)}`
  return { token: text('web_token'), refresh_token: text('refresh_token') }
}

/** A token as both calls that give one out answer it. */
export function shownToken({ world }: Pick<Call, 'world'>, row: WebTokenRow) {
  return {
    access_token: row.token,
    expires_in: Math.floor((row.expires_at - world.now) / 1000),
    refresh_token: row.refresh_token,
    openid: row.openid,
    scope: row.scope,
  }
}

/** The unionid of whoever a token stands for. */
export function unionidOfToken(
  call: Pick<Call, 'world'>,
  { person, snapshot }: Pick<WebTokenRow, 'person' | 'snapshot'>,
): string {
  return snapshot ? virtualUnionid(call, person) : unionidOf(call, person)
}
