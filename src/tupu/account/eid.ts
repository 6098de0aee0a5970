import { findAccount, updateAccount } from '../../../db/account.ts'
import { findEid, insertEid, listEids, updateEid } from '../../../db/eid.ts'
import type { AccountRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import { isCleanText } from '../../core/request.ts'
import { toIso } from '../../world/clock.ts'
import { deriveReadable } from '../../world/seed.ts'
import { claim, touchVersion, type World } from '../../world/world.ts'
import { type AccountView, accountViewOf } from './account.ts'
import { eventsOf, keepEvent } from './event.ts'

/** The EID that an account has now, which everybody is shown. Inside, its first one stays its key. */
export function eidOf({ eid, current_eid }: Pick<AccountRow, 'eid' | 'current_eid'>): string {
  return current_eid ?? eid
}

/** The same of an account of which only the key is known. */
export function shownEid(
  { db, world, engine }: Pick<Call, 'db' | 'world' | 'engine'>,
  key: string,
): string {
  return engine.cache.get({ db, world }, ['current_eid', key], () => {
    const account = findAccount(db, world.epoch, key)
    return account ? eidOf(account) : key
  })
}

/** Where an EID leads. `ends_at`: when it works no more, because it was rotated; null: it is the account's present one. */
export interface EidLead {
  readonly view: AccountView
  readonly ends_at: number | null
}

/** The account of an EID, also of one that works no more. */
export function followEid(
  call: Pick<Call, 'db' | 'world' | 'engine'>,
  eid: string,
): EidLead | undefined {
  const { db, world, engine } = call
  const row = engine.cache.get({ db, world }, ['eid', eid], () => findEid(db, world.epoch, eid))
  const view = accountViewOf(call, row?.account ?? eid)
  return view && { view, ends_at: row?.valid_until ?? null }
}

/** Whether an EID has been rotated away, by the world's clock. */
export function isRotatedAway(
  { ends_at }: Pick<EidLead, 'ends_at'>,
  { now }: Pick<World, 'now'>,
): boolean {
  return ends_at !== null && ends_at <= now
}

/** The key of the account that an EID names now, if there is one; undefined: it was rotated away, or cannot be one. */
export function keyOfEid(
  { db, world }: Pick<Call, 'db' | 'world'>,
  eid: string,
): string | undefined {
  if (!isCleanText(eid)) return undefined
  const row = findEid(db, world.epoch, eid)
  if (!row) return eid
  return isRotatedAway({ ends_at: row.valid_until }, world) ? undefined : row.account
}

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
export function turnEid(
  call: Pick<Call, 'db' | 'world'>,
  account: AccountRow,
  turn: EidTurn,
): AccountRow {
  const { state, verb } = turns[turn]
  if (account.state === state) return account
  touchVersion(call)
  updateAccount(call.db, account, { state })
  keepEvent(call, account, verb, { eid: eidOf(account) })
  return { ...account, state }
}

/** Gives an account another EID. The one that it had works until the overlap is over. Undefined: it has had too many. */
export function replaceEid(
  call: Pick<Call, 'db' | 'world'>,
  account: AccountRow,
  overlap_ms: number,
): AccountRow | undefined {
  const { db, world } = call
  const { epoch, now } = world
  const had = listEids(db, { epoch, account: account.eid })
  const current_eid = newEid(call, account, had.length)
  if (current_eid === undefined) return undefined
  touchVersion(call)
  const own = { epoch, account: account.eid }
  const old = eidOf(account)
  const valid_until = now + overlap_ms
  if (had.length > 0) updateEid(db, { epoch, eid: old }, { valid_until })
  else {
    const { created_at: issued_at } = account
    insertEid(db, { ...own, eid: old, n: 0, valid_until, issued_at })
  }
  const n = Math.max(had.length, 1)
  insertEid(db, { ...own, eid: current_eid, n, valid_until: null, issued_at: now })
  updateAccount(db, account, { current_eid })
  const detail = { eid: current_eid, from: old, until: toIso(valid_until) }
  keepEvent(call, account, 'eid_rotated', detail)
  return { ...account, current_eid }
}

/** Derived from the account's key and a number; one that somebody has is passed over. */
function newEid(
  call: Pick<Call, 'db' | 'world'>,
  { key }: AccountRow,
  had: number,
): string | undefined {
  const { db, world } = call
  for (let n = Math.max(had, 1); n < eids_max; n++) {
    const eid = `${key}-${deriveReadable(8, world, 'eid', key, n)}`
    const isTaken =
      findAccount(db, world.epoch, eid) !== undefined ||
      findEid(db, world.epoch, eid) !== undefined ||
      claim(call, 'eid', eid) !== undefined
    if (!isTaken) return eid
  }
  return undefined
}

/** Writes down that the platform knows an EID; once for each. */
export function keepConfirmedEid(
  call: Pick<Call, 'db' | 'world'>,
  account: AccountRow,
  eid: string,
): void {
  const events = eventsOf(call, account)
  const isKnown = events.some(({ verb, detail }) => {
    return verb === 'eid_confirmed' && detail['eid'] === eid
  })
  if (!isKnown) keepEvent(call, account, 'eid_confirmed', { eid })
}
