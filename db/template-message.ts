import { sql } from 'kysely'
import { hot, insertRow } from './hot.ts'
import type { TemplateMessageRow, Update } from './schema.ts'
import type { Db, Selecting } from './unit.ts'

/** So many messages are read at once: those of a page, and one that says whether there are older ones. */
export const on_phone_max = 21
/** So far unread messages are counted: a badge says no more than "99+". */
export const unread_max = 100

const insertOne = insertRow('template_message')

export function insertTemplateMessage(db: Db, row: TemplateMessageRow): void {
  insertOne(db, row)
}

export function findTemplateMessage(
  db: Db,
  epoch: number,
  msgid: string,
): TemplateMessageRow | undefined {
  return db.first(
    db
      .selectFrom('template_message')
      .selectAll()
      .where('epoch', '=', epoch)
      .where('msgid', '=', msgid),
  )
}

/** The latest message with a client's own id to one openid. */
export function findClientTemplateMessage(
  db: Db,
  at: { epoch: number; openid: string; client_msg_id: string },
): TemplateMessageRow | undefined {
  return db.first(
    db
      .selectFrom('template_message')
      .selectAll()
      .where('epoch', '=', at.epoch)
      .where('openid', '=', at.openid)
      .where('client_msg_id', '=', at.client_msg_id)
      .where('client_msg_id', 'is not', null)
      .orderBy('msgid', 'desc')
      .limit(1),
  )
}

function dueReceipts(db: Selecting, epoch: number, limit: number) {
  return db
    .selectFrom('template_message')
    .selectAll()
    .where('epoch', '=', epoch)
    .where('due_at', '>', sql.lit(-1))
    .orderBy('due_at')
    .orderBy('msgid')
    .limit(sql.lit(limit))
}

const firstDue = hot('receipt.first_due', (db, p: { epoch: number }) => dueReceipts(db, p.epoch, 1))

/** Messages whose receipt is due, in order. */
export function listDueReceipts(db: Db, epoch: number, limit: number): TemplateMessageRow[] {
  const rows = limit === 1 ? firstDue(db, { epoch }) : db.all(dueReceipts(db, epoch, limit))
  return rows as TemplateMessageRow[]
}

/** Writes the receipt down, once: false when it was there already. */
export function updateReceipt(
  db: Db,
  message: { epoch: number; msgid: string },
  receipt: Pick<TemplateMessageRow, 'receipt' | 'receipt_at'>,
): boolean {
  const changed = db.change(
    db
      .updateTable('template_message')
      .set({ ...receipt, due_at: null })
      .where('epoch', '=', message.epoch)
      .where('msgid', '=', message.msgid)
      .where('receipt', 'is', null),
  )
  return changed === 1
}

/** Template messages of an openid after one of them, oldest first. */
export function listTemplateMessagesOf(
  db: Db,
  at: { epoch: number; openid: string; after: string; limit: number },
): TemplateMessageRow[] {
  return db.all(
    db
      .selectFrom('template_message')
      .selectAll()
      .where('epoch', '=', at.epoch)
      .where('openid', '=', at.openid)
      .where('msgid', '>', at.after)
      .orderBy('msgid')
      .limit(at.limit),
  )
}

/** The newest template message of an openid; empty: it has none. */
export function findLastMsgid(db: Db, at: { epoch: number; openid: string }): string {
  const row = db.first(
    db
      .selectFrom('template_message')
      .select((e) => e.fn.max('msgid').as('last'))
      .where('epoch', '=', at.epoch)
      .where('openid', '=', at.openid),
  )
  return row?.last ?? ''
}

export function updateTemplateMessage(
  db: Db,
  at: { epoch: number; msgid: string },
  change: Update<'template_message'>,
): void {
  db.write(
    db
      .updateTable('template_message')
      .set(change)
      .where('epoch', '=', at.epoch)
      .where('msgid', '=', at.msgid),
  )
}

const newest = hot('inbox.newest', (db, p: { epoch: number; openid: string }) =>
  db
    .selectFrom('template_message')
    .selectAll()
    .where('epoch', '=', p.epoch)
    .where('openid', '=', p.openid)
    .where('on_phone', '=', 1)
    .orderBy('msgid', 'desc')
    .limit(sql.lit(1)),
)

/** The newest message that stands on the phone of whoever an openid is. */
export function findNewestOnPhone(
  db: Db,
  at: { epoch: number; openid: string },
): TemplateMessageRow | undefined {
  return newest(db, at)[0] as TemplateMessageRow | undefined
}

const older = hot('inbox.list', (db, p: { epoch: number; openid: string; before: string }) =>
  db
    .selectFrom('template_message')
    .selectAll()
    .where('epoch', '=', p.epoch)
    .where('openid', '=', p.openid)
    .where('on_phone', '=', 1)
    .where('msgid', '<', p.before)
    .orderBy('msgid', 'desc')
    .limit(sql.lit(on_phone_max)),
)
/** Comes after all digits. */
const after_all = ':'

/** Messages that stand there, the newest first; `before`: only those that are older than this one. */
export function listOnPhone(
  db: Db,
  { before = after_all, ...at }: { epoch: number; openid: string; before?: string | undefined },
): TemplateMessageRow[] {
  return older(db, { ...at, before }) as TemplateMessageRow[]
}

const unread = hot('inbox.unread', (db, p: { epoch: number; openid: string; after: string }) =>
  db
    .selectFrom('template_message')
    .select('msgid')
    .where('epoch', '=', p.epoch)
    .where('openid', '=', p.openid)
    .where('on_phone', '=', 1)
    .where('msgid', '>', p.after)
    .limit(sql.lit(unread_max)),
)

/** How many of them are newer than the last that was read, counted up to a limit. */
export function countUnread(
  db: Db,
  { epoch, openid, read_msgid }: { epoch: number; openid: string; read_msgid: string | null },
): number {
  return unread(db, { epoch, openid, after: read_msgid ?? '' }).length
}
