import { sql } from 'kysely'
import { hot, insertRow } from './hot.ts'
import type { TemplateMessageRow, Update } from './schema.ts'
import type { Db } from './unit.ts'

/** So many messages are read at once: those of a page, and one that says whether there are older ones. */
export const on_phone_max = 21
/** So far unread messages are counted: a badge says no more than "99+". */
export const unread_max = 100

const insertOne = insertRow('template_message')

export async function insertTemplateMessage(db: Db, row: TemplateMessageRow): Promise<void> {
  await insertOne(db, row)
}

export function findTemplateMessage(
  db: Db,
  epoch: number,
  msgid: string,
): Promise<TemplateMessageRow | undefined> {
  return db
    .selectFrom('template_message')
    .selectAll()
    .where('epoch', '=', epoch)
    .where('msgid', '=', msgid)
    .executeTakeFirst()
}

/** The latest message with a client's own id to one openid. */
export function findClientTemplateMessage(
  db: Db,
  at: { epoch: number; openid: string; client_msg_id: string },
): Promise<TemplateMessageRow | undefined> {
  return db
    .selectFrom('template_message')
    .selectAll()
    .where('epoch', '=', at.epoch)
    .where('openid', '=', at.openid)
    .where('client_msg_id', '=', at.client_msg_id)
    .where('client_msg_id', 'is not', null)
    .orderBy('msgid', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Messages whose receipt is due, in order. */
export function listDueReceipts(
  db: Db,
  epoch: number,
  limit: number,
): Promise<TemplateMessageRow[]> {
  return db
    .selectFrom('template_message')
    .selectAll()
    .where('epoch', '=', epoch)
    .where('due_at', 'is not', null)
    .orderBy('due_at')
    .orderBy('msgid')
    .limit(limit)
    .execute() as Promise<TemplateMessageRow[]>
}

/** Writes the receipt down, once: false when it was there already. */
export async function updateReceipt(
  db: Db,
  message: { epoch: number; msgid: string },
  receipt: Pick<TemplateMessageRow, 'receipt' | 'receipt_at'>,
): Promise<boolean> {
  const result = await db
    .updateTable('template_message')
    .set({ ...receipt, due_at: null })
    .where('epoch', '=', message.epoch)
    .where('msgid', '=', message.msgid)
    .where('receipt', 'is', null)
    .executeTakeFirst()
  return Number(result.numUpdatedRows) === 1
}

/** Template messages of an openid after one of them, oldest first. */
export function listTemplateMessagesOf(
  db: Db,
  at: { epoch: number; openid: string; after: string; limit: number },
): Promise<TemplateMessageRow[]> {
  return db
    .selectFrom('template_message')
    .selectAll()
    .where('epoch', '=', at.epoch)
    .where('openid', '=', at.openid)
    .where('msgid', '>', at.after)
    .orderBy('msgid')
    .limit(at.limit)
    .execute()
}

/** The newest template message of an openid; empty: it has none. */
export async function findLastMsgid(
  db: Db,
  at: { epoch: number; openid: string },
): Promise<string> {
  const row = await db
    .selectFrom('template_message')
    .select((e) => e.fn.max('msgid').as('last'))
    .where('epoch', '=', at.epoch)
    .where('openid', '=', at.openid)
    .executeTakeFirst()
  return row?.last ?? ''
}

export async function updateTemplateMessage(
  db: Db,
  at: { epoch: number; msgid: string },
  change: Update<'template_message'>,
): Promise<void> {
  await db
    .updateTable('template_message')
    .set(change)
    .where('epoch', '=', at.epoch)
    .where('msgid', '=', at.msgid)
    .execute()
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
export async function findNewestOnPhone(
  db: Db,
  at: { epoch: number; openid: string },
): Promise<TemplateMessageRow | undefined> {
  return (await newest(db, at))[0] as TemplateMessageRow | undefined
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
): Promise<TemplateMessageRow[]> {
  return older(db, { ...at, before }) as Promise<TemplateMessageRow[]>
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
export async function countUnread(
  db: Db,
  { epoch, openid, read_msgid }: { epoch: number; openid: string; read_msgid: string | null },
): Promise<number> {
  return (await unread(db, { epoch, openid, after: read_msgid ?? '' })).length
}
