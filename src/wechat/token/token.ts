import {
  findLatestForcedToken,
  findLatestToken,
  insertAccessToken,
  listLatestTokens,
  replaceTokens,
} from '../../../db/access-token.ts'
import { nextCount } from '../../../db/counter.ts'
import type { AccessTokenRow, OfficialAccountRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import type { Refusal } from '../../core/refusal.ts'
import { deriveBase64url } from '../../world/seed.ts'
import { claim, resetScoped, type Scope } from '../../world/world.ts'
import { useForcedRefresh } from '../quota/quota.ts'

/** A fresh token lives two hours. */
const life_ms = 7_200_000

/** A replaced ordinary token is good for five more minutes; a stable one is renewed in its last five. */
const grace_ms = 300_000

/** A second forced refresh within this time refreshes nothing. */
const forced_again_ms = 30_000
/** The generation number that tokens begin with, of late 2026; its growth means nothing to clients. */
const token_generation = 98

/** Whose token, and which of its two. */
type Owner = Pick<AccessTokenRow, 'epoch' | 'appid' | 'kind'>

type TokenCall = Pick<Call, 'db' | 'world' | 'steps' | 'seal'>

/** A new ordinary token; the one before it lives five minutes longer, older ones end. */
export function ordinaryToken(call: TokenCall, { appid }: OfficialAccountRow): AccessTokenRow {
  const { db, world } = call
  const owner = { epoch: world.epoch, appid, kind: 'ordinary' as const }
  const n = nextToken(call, owner)
  const [last, previous] = listLatestTokens(db, owner)
  const token = issueToken(call, owner, { n, forced: false })
  if (last) replaceTokens(db, { ...owner, from: last.n, up_to: last.n }, world.now + grace_ms)
  // All before that one ended when the last one came.
  if (previous) replaceTokens(db, { ...owner, from: previous.n, up_to: previous.n }, world.now)
  return token
}

/** The stable token while it lives. `force` makes a new one and voids the old at once, as often as that is allowed. */
export function stableToken(
  call: TokenCall,
  account: OfficialAccountRow,
  force: boolean,
): AccessTokenRow | Refusal {
  const { db, world } = call
  const owner = { epoch: world.epoch, appid: account.appid, kind: 'stable' as const }
  let current = findLivingToken(call, owner)
  if (current && !(force && mayForce(call, owner))) return current
  const n = nextToken(call, owner)
  // Whoever drew the number before may have made what this call is looking for.
  current = findLivingToken(call, owner)
  const forced = force && mayForce(call, owner)
  if (current && !forced) return current
  const spent = forced ? useForcedRefresh(call, account) : undefined
  if (spent) return spent
  const token = issueToken(call, owner, { n, forced })
  if (forced) replaceTokens(db, { ...owner, from: 0, up_to: n - 1 }, world.now)
  return token
}

/** The number of the next token. Until the unit ends nobody else draws one of that account and kind. */
function nextToken({ db }: Pick<Call, 'db'>, { epoch, appid, kind }: Owner): number {
  return nextCount(db, { epoch, purpose: `${kind}_token`, key: appid })
}

/** The newest token, unless it is void or in its last five minutes. */
function findLivingToken({ db, world }: Scope, owner: Owner): AccessTokenRow | undefined {
  const row = findLatestToken(db, owner)
  const lives = row?.replaced_at === null && row.expires_at - world.now > grace_ms
  return lives ? row : undefined
}

/** Whether a forced refresh would do anything: half a minute after the last one. */
function mayForce({ db, world }: Scope, owner: Owner): boolean {
  const last = findLatestForcedToken(db, owner)
  return last === undefined || world.now - last.issued_at >= forced_again_ms
}

/** Makes a token, and says so in the claims by which worlds are found. */
function issueToken(
  call: Scope,
  owner: Owner,
  { n, forced }: { n: number; forced: boolean },
): AccessTokenRow {
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
  insertAccessToken(call.db, row)
  claim(call, 'access_token', row.token)
  return row
}
