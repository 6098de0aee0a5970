import { findAccount } from '../../db/account.ts'
import { findEid } from '../../db/eid.ts'
import type { AccountRow } from '../../db/schema.ts'
import type { Call } from '../core/call.ts'
import { isCleanText } from '../core/request.ts'
import type { World } from '../world/world.ts'
import { type AccountView, accountViewOf } from './account.ts'

/** The EID that an account has now, which everybody is shown. Inside, its first one stays its key. */
export function eidOf({ eid, current_eid }: Pick<AccountRow, 'eid' | 'current_eid'>): string {
  return current_eid ?? eid
}

/** The same of an account of which only the key is known. */
export function shownEid(
  { db, world, engine }: Pick<Call, 'db' | 'world' | 'engine'>,
  key: string,
): Promise<string> {
  return engine.cache.get(world, `shown eid ${key}`, async () => {
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
