import { sql } from 'kysely'
import { hot, insertRow } from './hot.ts'
import type { PushChange, PushRow } from './schema.ts'
import { topics } from './topic.ts'
import type { Db, Selecting } from './unit.ts'

const insertOne = insertRow('push')

export function insertPush(db: Db, row: PushRow): void {
  insertOne(db, row)
  db.announce(row.epoch, topics.pushes)
}

export function findPush(db: Db, epoch: number, push: string): PushRow | undefined {
  return db.first(
    db.selectFrom('push').selectAll().where('epoch', '=', epoch).where('push', '=', push),
  )
}

function duePushes(db: Selecting, epoch: number, limit: number) {
  return db
    .selectFrom('push')
    .select(['push', 'due_at'])
    .where('epoch', '=', epoch)
    .where('due_at', '>', sql.lit(-1))
    .orderBy('due_at')
    .orderBy('push')
    .limit(sql.lit(limit))
}

const firstDue = hot('push.first_due', (db, p: { epoch: number }) => duePushes(db, p.epoch, 1))

/** Pushes that are to be tried, in order. */
export function listDuePushes(
  db: Db,
  epoch: number,
  limit: number,
): Pick<PushRow, 'push' | 'due_at'>[] {
  return limit === 1 ? firstDue(db, { epoch }) : db.all(duePushes(db, epoch, limit))
}

/** Which pushes are wanted: all of whom is true what is given. */
export interface PushFilter {
  readonly appid?: string | undefined
  readonly openid?: string | undefined
  readonly event?: string | undefined
  readonly state?: PushRow['state'] | undefined
}

/** Pushes after one of them, in the order in which they happened, or the other way round. */
export function listPushes(
  db: Db,
  at: PushFilter & {
    epoch: number
    after: string | undefined
    order: 'oldest' | 'newest'
    limit: number
  },
): PushRow[] {
  const isNewest = at.order === 'newest'
  let query = db.selectFrom('push').selectAll().where('epoch', '=', at.epoch)
  if (at.after !== undefined) query = query.where('push', isNewest ? '<' : '>', at.after)
  if (at.appid !== undefined) query = query.where('appid', '=', at.appid)
  if (at.openid !== undefined) query = query.where('openid', '=', at.openid)
  if (at.event !== undefined) query = query.where('event', '=', at.event)
  if (at.state !== undefined) query = query.where('state', '=', at.state)
  return db.all(query.orderBy('push', isNewest ? 'desc' : 'asc').limit(at.limit))
}

/** What is pushed of what a person has written. */
export function listPushesOf(db: Db, at: { epoch: number; msgid: string }): PushRow[] {
  return db.all(
    db
      .selectFrom('push')
      .selectAll()
      .where('epoch', '=', at.epoch)
      .where('msgid', '=', at.msgid)
      .where('msgid', 'is not', null),
  )
}

/** What was put behind the next push of an account, and is not sent yet. */
export function listSwapped(
  db: Db,
  at: { epoch: number; appid: string },
): Pick<PushRow, 'epoch' | 'push'>[] {
  return db.all(
    db
      .selectFrom('push')
      .select(['epoch', 'push'])
      .where('epoch', '=', at.epoch)
      .where('appid', '=', at.appid)
      .where('swapped', '=', sql.lit(1)),
  )
}

export type PushKey = Pick<PushRow, 'epoch' | 'push'>

export function updatePush(db: Db, at: PushKey, change: PushChange): void {
  db.write(
    db.updateTable('push').set(change).where('epoch', '=', at.epoch).where('push', '=', at.push),
  )
  db.announce(at.epoch, topics.pushes)
}

/** Takes a try as it was seen, for one caller: false when another has taken it, or it is due at another time by now. */
export function claimPush(
  db: Db,
  seen: PushKey & Pick<PushRow, 'tries' | 'due_at'>,
  change: PushChange,
): boolean {
  const changed = db.change(
    db
      .updateTable('push')
      .set(change)
      .where('epoch', '=', seen.epoch)
      .where('push', '=', seen.push)
      .where('tries', '=', seen.tries)
      .where('due_at', '=', seen.due_at),
  )
  db.announce(seen.epoch, topics.pushes)
  return changed === 1
}

/** Writes down that a try was acknowledged, unless the push was begun anew since. */
export function acknowledgePush(
  db: Db,
  at: PushKey & Pick<PushRow, 'tries_left'>,
  change: PushChange,
): void {
  db.write(
    db
      .updateTable('push')
      .set(change)
      .where('epoch', '=', at.epoch)
      .where('push', '=', at.push)
      .where('tries_left', '<=', at.tries_left),
  )
  db.announce(at.epoch, topics.pushes)
}

/** Writes down what went wrong, unless there was a later try since, or an earlier one was acknowledged after all. */
export function failPush(db: Db, at: PushKey & Pick<PushRow, 'tries'>, change: PushChange): void {
  db.write(
    db
      .updateTable('push')
      .set(change)
      .where('epoch', '=', at.epoch)
      .where('push', '=', at.push)
      .where('tries', '=', at.tries)
      .where('state', '<>', 'delivered'),
  )
  db.announce(at.epoch, topics.pushes)
}
