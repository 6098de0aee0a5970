import { sql } from 'kysely'
import { hot, insertRow } from './hot.ts'
import type { CallbackChange, CallbackRow } from './schema.ts'
import { topics } from './topic.ts'
import type { Db, Selecting } from './unit.ts'

const insertOne = insertRow('callback')

export function insertCallback(db: Db, row: CallbackRow): void {
  insertOne(db, row)
  db.announce(row.epoch, topics.callbacks)
}

export function findCallback(db: Db, epoch: number, callback: string): CallbackRow | undefined {
  return db.first(
    db
      .selectFrom('callback')
      .selectAll()
      .where('epoch', '=', epoch)
      .where('callback', '=', callback),
  )
}

function dueCallbacks(db: Selecting, epoch: number, limit: number) {
  return db
    .selectFrom('callback')
    .select(['callback', 'due_at'])
    .where('epoch', '=', epoch)
    .where('due_at', '>', sql.lit(-1))
    .orderBy('due_at')
    .orderBy('callback')
    .limit(sql.lit(limit))
}

const firstDue = hot('callback.first_due', (db, p: { epoch: number }) =>
  dueCallbacks(db, p.epoch, 1),
)

/** Callbacks that are to be tried, in order. */
export function listDueCallbacks(
  db: Db,
  epoch: number,
  limit: number,
): Pick<CallbackRow, 'callback' | 'due_at'>[] {
  return limit === 1 ? firstDue(db, { epoch }) : db.all(dueCallbacks(db, epoch, limit))
}

/** Callbacks after one of them, in the order in which their events happened, or the other way round. */
export function listCallbacks(
  db: Db,
  at: {
    epoch: number
    eid?: string | undefined
    state?: CallbackRow['state'] | undefined
    after: string | undefined
    order: 'oldest' | 'newest'
    limit: number
  },
): CallbackRow[] {
  const isNewest = at.order === 'newest'
  let query = db.selectFrom('callback').selectAll().where('epoch', '=', at.epoch)
  if (at.after !== undefined) query = query.where('callback', isNewest ? '<' : '>', at.after)
  if (at.eid !== undefined) query = query.where('eid', '=', at.eid)
  if (at.state !== undefined) query = query.where('state', '=', at.state)
  return db.all(query.orderBy('callback', isNewest ? 'desc' : 'asc').limit(at.limit))
}

/** What the platform was told, or is to be told, of a message. */
export function listCallbacksOf(db: Db, at: { epoch: number; message: string }): CallbackRow[] {
  return db.all(
    db
      .selectFrom('callback')
      .selectAll()
      .where('epoch', '=', at.epoch)
      .where('message', '=', at.message)
      .orderBy('callback'),
  )
}

/** What was put behind the next callback of an account, and is not sent yet. */
export function listSwapped(
  db: Db,
  at: { epoch: number; eid: string },
): Pick<CallbackRow, 'epoch' | 'callback'>[] {
  return db.all(
    db
      .selectFrom('callback')
      .select(['epoch', 'callback'])
      .where('epoch', '=', at.epoch)
      .where('eid', '=', at.eid)
      .where('swapped', '=', sql.lit(1)),
  )
}

export type CallbackKey = Pick<CallbackRow, 'epoch' | 'callback'>

export function updateCallback(db: Db, at: CallbackKey, change: CallbackChange): void {
  db.write(
    db
      .updateTable('callback')
      .set(change)
      .where('epoch', '=', at.epoch)
      .where('callback', '=', at.callback),
  )
  db.announce(at.epoch, topics.callbacks)
}

/** Takes a try as it was seen, for one caller: false when another has taken it, or it is due at another time by now. */
export function claimCallback(
  db: Db,
  seen: CallbackKey & Pick<CallbackRow, 'tries' | 'due_at'>,
  change: CallbackChange,
): boolean {
  const changed = db.change(
    db
      .updateTable('callback')
      .set(change)
      .where('epoch', '=', seen.epoch)
      .where('callback', '=', seen.callback)
      .where('tries', '=', seen.tries)
      .where('due_at', '=', seen.due_at),
  )
  db.announce(seen.epoch, topics.callbacks)
  return changed === 1
}

/** Writes down that a try was acknowledged, unless the callback was begun anew since. */
export function acknowledgeCallback(
  db: Db,
  at: CallbackKey & Pick<CallbackRow, 'tries_left'>,
  change: CallbackChange,
): void {
  db.write(
    db
      .updateTable('callback')
      .set(change)
      .where('epoch', '=', at.epoch)
      .where('callback', '=', at.callback)
      .where('tries_left', '<=', at.tries_left),
  )
  db.announce(at.epoch, topics.callbacks)
}

/** Writes down what went wrong, unless there was a later try since, or an earlier one was acknowledged after all. */
export function failCallback(
  db: Db,
  at: CallbackKey & Pick<CallbackRow, 'tries'>,
  change: CallbackChange,
): void {
  db.write(
    db
      .updateTable('callback')
      .set(change)
      .where('epoch', '=', at.epoch)
      .where('callback', '=', at.callback)
      .where('tries', '=', at.tries)
      .where('state', '<>', 'delivered'),
  )
  db.announce(at.epoch, topics.callbacks)
}
