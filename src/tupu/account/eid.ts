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
): Promise<string> {
  return engine.cache.get(world, `current eid ${key}`, async () => {
    const account = await findAccount(db, world.epoch, key)
    return account ? eidOf(account) : key
  })
}

/** Where an EID leads. `ends_at`: when it works no more, because it was rotated; null: it is the account's present one. */
export interface EidLead {
  readonly view: AccountView
  readonly ends_at: number | null
}

/** The account of an EID, also of one that works no more. */
export async function followEid(
  call: Pick<Call, 'db' | 'world' | 'engine'>,
  eid: string,
): Promise<EidLead | undefined> {
  const { db, world, engine } = call
  const row = await engine.cache.get(world, `eid ${eid}`, () => findEid(db, world.epoch, eid))
  const view = await accountViewOf(call, row?.account ?? eid)
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
export async function keyOfEid(
  { db, world }: Pick<Call, 'db' | 'world'>,
  eid: string,
): Promise<string | undefined> {
  if (!isCleanText(eid)) return undefined
  const row = await findEid(db, world.epoch, eid)
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

/** Writes down that the platform knows an EID; once for each. */
export async function keepConfirmedEid(
  call: Pick<Call, 'db' | 'world'>,
  account: AccountRow,
  eid: string,
): Promise<void> {
  const events = await eventsOf(call, account)
  const isKnown = events.some(({ verb, detail }) => {
    return verb === 'eid_confirmed' && detail['eid'] === eid
  })
  if (!isKnown) await keepEvent(call, account, 'eid_confirmed', { eid })
}
