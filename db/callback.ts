import { insertRow } from './hot.ts'
import type { CallbackChange, CallbackRow } from './schema.ts'
import type { Db } from './unit.ts'

const insertOne = insertRow('callback')

export async function insertCallback(db: Db, row: CallbackRow): Promise<void> {
  await insertOne(db, row)
}

export function findCallback(
  db: Db,
  epoch: number,
  callback: string,
): Promise<CallbackRow | undefined> {
  return db
    .selectFrom('callback')
    .selectAll()
    .where('epoch', '=', epoch)
    .where('callback', '=', callback)
    .executeTakeFirst()
}

/** Callbacks that are to be tried, in order. */
export function listDueCallbacks(
  db: Db,
  epoch: number,
  limit: number,
): Promise<Pick<CallbackRow, 'callback' | 'due_at'>[]> {
  return db
    .selectFrom('callback')
    .select(['callback', 'due_at'])
    .where('epoch', '=', epoch)
    .where('due_at', 'is not', null)
    .orderBy('due_at')
    .orderBy('callback')
    .limit(limit)
    .execute()
}

/** Callbacks after one of them, in the order in which their events happened. */
export function listCallbacks(
  db: Db,
  at: {
    epoch: number
    eid?: string | undefined
    state?: CallbackRow['state'] | undefined
    after: string
    limit: number
  },
): Promise<CallbackRow[]> {
  let query = db
    .selectFrom('callback')
    .selectAll()
    .where('epoch', '=', at.epoch)
    .where('callback', '>', at.after)
  if (at.eid !== undefined) query = query.where('eid', '=', at.eid)
  if (at.state !== undefined) query = query.where('state', '=', at.state)
  return query.orderBy('callback').limit(at.limit).execute()
}

/** What the platform was told, or is to be told, of a message. */
export function listCallbacksOf(
  db: Db,
  at: { epoch: number; message: string },
): Promise<CallbackRow[]> {
  return db
    .selectFrom('callback')
    .selectAll()
    .where('epoch', '=', at.epoch)
    .where('message', '=', at.message)
    .orderBy('callback')
    .execute()
}

export type CallbackKey = Pick<CallbackRow, 'epoch' | 'callback'>

export async function updateCallback(
  db: Db,
  at: CallbackKey,
  change: CallbackChange,
): Promise<void> {
  await db
    .updateTable('callback')
    .set(change)
    .where('epoch', '=', at.epoch)
    .where('callback', '=', at.callback)
    .execute()
}

/** Takes a try as it was seen, for one caller: false when another has taken it, or it is due at another time by now. */
export async function claimCallback(
  db: Db,
  seen: CallbackKey & Pick<CallbackRow, 'tries' | 'due_at'>,
  change: CallbackChange,
): Promise<boolean> {
  const result = await db
    .updateTable('callback')
    .set(change)
    .where('epoch', '=', seen.epoch)
    .where('callback', '=', seen.callback)
    .where('tries', '=', seen.tries)
    .where('due_at', '=', seen.due_at)
    .executeTakeFirst()
  return Number(result.numUpdatedRows) === 1
}

/** Writes down that a try was acknowledged, unless the callback was begun anew since. */
export async function acknowledgeCallback(
  db: Db,
  at: CallbackKey & Pick<CallbackRow, 'tries_left'>,
  change: CallbackChange,
): Promise<void> {
  await db
    .updateTable('callback')
    .set(change)
    .where('epoch', '=', at.epoch)
    .where('callback', '=', at.callback)
    .where('tries_left', '<=', at.tries_left)
    .execute()
}

/** Writes down what went wrong, unless there was a later try since, or an earlier one was acknowledged after all. */
export async function failCallback(
  db: Db,
  at: CallbackKey & Pick<CallbackRow, 'tries'>,
  change: CallbackChange,
): Promise<void> {
  await db
    .updateTable('callback')
    .set(change)
    .where('epoch', '=', at.epoch)
    .where('callback', '=', at.callback)
    .where('tries', '=', at.tries)
    .where('state', '<>', 'delivered')
    .execute()
}
