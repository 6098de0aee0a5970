import {
  findLatestForcedToken,
  findLatestToken,
  insertAccessToken,
} from '../../../db/access-token.ts'
import type { AccessTokenRow } from '../../../db/schema.ts'
import { nextCount } from '../../../db/world.ts'
import type { Call } from '../../core/call.ts'
import { deriveBase64url } from '../../world/seed.ts'
import { claim, resetScoped } from '../../world/world.ts'

/** A fresh token lives two hours. */
const life_ms = 7_200_000

/** A replaced ordinary token is good for five more minutes; a stable one is renewed in its last five. */
export const grace_ms = 300_000

/** A second forced refresh within this time refreshes nothing. */
const forced_again_ms = 30_000
/** The generation number that tokens begin with, of late 2026; its growth means nothing to clients. */
const token_generation = 98

/** Whose token, and which of its two. */
type Owner = Pick<AccessTokenRow, 'epoch' | 'appid' | 'kind'>

/** The number of the next token. Until the unit ends nobody else draws one of that account and kind. */
export function nextToken(
  { db }: Pick<Call, 'db'>,
  { epoch, appid, kind }: Owner,
): Promise<number> {
  return nextCount(db, { epoch, purpose: `${kind}_token`, key: appid })
}

/** The newest token, unless it is void or in its last five minutes. */
export async function findLivingToken(
  { db, world }: Pick<Call, 'db' | 'world'>,
  owner: Owner,
): Promise<AccessTokenRow | undefined> {
  const row = await findLatestToken(db, owner)
  const lives = row?.replaced_at === null && row.expires_at - world.now > grace_ms
  return lives ? row : undefined
}

/** Whether a forced refresh would do anything: half a minute after the last one. */
export async function mayForce(
  { db, world }: Pick<Call, 'db' | 'world'>,
  owner: Owner,
): Promise<boolean> {
  const last = await findLatestForcedToken(db, owner)
  return last === undefined || world.now - last.issued_at >= forced_again_ms
}

/** A token as both calls answer it. */
export function tokenResponse({ token, expires_at }: AccessTokenRow, now: number) {
  return { access_token: token, expires_in: Math.floor((expires_at - now) / 1000) }
}

/** Makes a token, and says so in the claims by which worlds are found. */
export async function issueToken(
  call: Call,
  owner: Owner,
  { n, forced }: { n: number; forced: boolean },
): Promise<AccessTokenRow> {
  const opaque = deriveBase64url(
    133,
    resetScoped(call.world),
    'access_token',
    owner.appid,
    owner.kind,
    n,
  )
  const row: AccessTokenRow = {
    ...owner,
    token: `${token_generation}_${opaque}`,
    n,
    forced: forced ? 1 : 0,
    issued_at: call.world.now,
    expires_at: call.world.now + life_ms,
    replaced_at: null,
  }
  await insertAccessToken(call.db, row)
  await claim(call, 'access_token', row.token)
  return row
}
