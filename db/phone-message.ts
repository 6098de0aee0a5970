import { sql } from 'kysely'
import { hot, insertRow } from './hot.ts'
import type { Row } from './schema.ts'
import type { Db } from './unit.ts'

/** So many messages are read at once: those of a page, and one that says whether there are older ones. */
export const on_phone_max = 21
/** So far unread messages are counted: a badge says no more than "99+". */
export const unread_max = 100
/** Comes after all digits. */
const after_all = ':'

const insertOne = insertRow('phone_message', { unlessThere: true, late: true })

/** Files a message under its openid: in its unit, or later with others where one process owns the database. */
export function insertPhoneMessage(db: Db, row: Row<'phone_message'>): void {
  insertOne(db, row)
}

interface Openid {
  readonly epoch: number
  readonly openid: string
}

const older = hot(
  'phone_message.older',
  (db, p: Openid & { before: string }) =>
    db
      .selectFrom('phone_message')
      .select('msgid')
      .where('epoch', '=', p.epoch)
      .where('openid', '=', p.openid)
      .where('on_phone', '=', 1)
      .where('msgid', '<', p.before)
      .orderBy('msgid', 'desc')
      .limit(sql.lit(on_phone_max)),
  { ofOne: true },
)

/** Messages that stand there, the newest first; `before`: only those that are older than this one. */
export function listMsgidsOnPhone(
  db: Db,
  { before = after_all, ...at }: Openid & { readonly before?: string | undefined },
): string[] {
  return older(db, { ...at, before }).map(({ msgid }) => msgid)
}

/** All messages of an openid after one of them, oldest first, also those that do not stand on the phone. */
export function listMsgidsOf(
  db: Db,
  at: Openid & { readonly after: string; readonly limit: number },
): string[] {
  const rows = db.all(
    db
      .selectFrom('phone_message')
      .select('msgid')
      .where('epoch', '=', at.epoch)
      .where('openid', '=', at.openid)
      .where('msgid', '>', at.after)
      .orderBy('msgid')
      .limit(at.limit),
  )
  return rows.map(({ msgid }) => msgid)
}

/** The newest message of an openid; empty: it has none. */
export function findLastMsgid(db: Db, at: Openid): string {
  const row = db.first(
    db
      .selectFrom('phone_message')
      .select((e) => e.fn.max('msgid').as('last'))
      .where('epoch', '=', at.epoch)
      .where('openid', '=', at.openid),
  )
  return row?.last ?? ''
}

const unread = hot(
  'phone_message.unread',
  (db, p: Openid & { after: string }) =>
    db
      .selectFrom('phone_message')
      .select('msgid')
      .where('epoch', '=', p.epoch)
      .where('openid', '=', p.openid)
      .where('on_phone', '=', 1)
      .where('msgid', '>', p.after)
      .limit(sql.lit(unread_max)),
  { ofOne: true },
)

/** How many of them are newer than the last that was read, counted up to a limit. */
export function countUnread(
  db: Db,
  { epoch, openid, read_msgid }: Openid & { readonly read_msgid: string | null },
): number {
  return unread(db, { epoch, openid, after: read_msgid ?? '' }).length
}
