import { findAccount, updateAccount } from '../../db/account.ts'
import { findEid, insertEid, listEids, updateEid } from '../../db/eid.ts'
import type { AccountRow } from '../../db/schema.ts'
import type { Call } from '../core/call.ts'
import { toIso } from '../world/clock.ts'
import { deriveReadable } from '../world/seed.ts'
import { claim, touchVersion } from '../world/world.ts'
import { keepEvent } from './account-event.ts'
import { eidOf } from './eid.ts'

/** An account has at most so many EIDs in its life. */
export const eids_max = 1000

const turns = {
  suspend: { state: 'suspended', verb: 'eid_suspended' },
  resume: { state: 'active', verb: 'eid_resumed' },
  revoke: { state: 'revoked', verb: 'eid_revoked' },
} as const

/** What may be done to an account's EID besides replacing it. */
export type EidTurn = keyof typeof turns

/** Suspends, resumes or revokes whatever EIDs an account has. Nothing happens to what is so already. */
export async function turnEid(
  call: Pick<Call, 'db' | 'world'>,
  account: AccountRow,
  turn: EidTurn,
): Promise<AccountRow> {
  const { state, verb } = turns[turn]
  if (account.state === state) return account
  await touchVersion(call)
  await updateAccount(call.db, account, { state })
  await keepEvent(call, account, verb, { eid: eidOf(account) })
  return { ...account, state }
}

/** Gives an account another EID. The one that it had works until the overlap is over. Undefined: it has had too many. */
export async function replaceEid(
  call: Pick<Call, 'db' | 'world'>,
  account: AccountRow,
  overlap_ms: number,
): Promise<AccountRow | undefined> {
  const { db, world } = call
  const { epoch, now } = world
  const had = await listEids(db, { epoch, account: account.eid })
  const current_eid = await newEid(call, account, had.length)
  if (current_eid === undefined) return undefined
  await touchVersion(call)
  const own = { epoch, account: account.eid }
  const old = eidOf(account)
  const valid_until = now + overlap_ms
  if (had.length > 0) await updateEid(db, { epoch, eid: old }, { valid_until })
  else {
    const { created_at: issued_at } = account
    await insertEid(db, { ...own, eid: old, n: 0, valid_until, issued_at })
  }
  const n = Math.max(had.length, 1)
  await insertEid(db, { ...own, eid: current_eid, n, valid_until: null, issued_at: now })
  await updateAccount(db, account, { current_eid })
  const detail = { eid: current_eid, from: old, until: toIso(valid_until) }
  await keepEvent(call, account, 'eid_rotated', detail)
  return { ...account, current_eid }
}

/** Derived from the account's key and a number; one that somebody has is passed over. */
async function newEid(
  call: Pick<Call, 'db' | 'world'>,
  { key }: AccountRow,
  had: number,
): Promise<string | undefined> {
  const { db, world } = call
  for (let n = Math.max(had, 1); n < eids_max; n++) {
    const eid = `${key}-${deriveReadable(8, world, 'eid', key, n)}`
    const isTaken =
      (await findAccount(db, world.epoch, eid)) !== undefined ||
      (await findEid(db, world.epoch, eid)) !== undefined ||
      (await claim(call, 'eid', eid)) !== undefined
    if (!isTaken) return eid
  }
  return undefined
}
