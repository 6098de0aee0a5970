import { sql } from 'kysely'
import { hot, insertRow } from './hot.ts'
import { insertPhoneMessage } from './phone-message.ts'
import type { TemplateMessageRow, Update } from './schema.ts'
import type { Db, Selecting } from './unit.ts'

const insertOne = insertRow('template_message')

export function insertTemplateMessage(db: Db, row: TemplateMessageRow): void {
  insertOne(db, row)
  const { epoch, openid, msgid, on_phone } = row
  insertPhoneMessage(db, { epoch, openid, msgid, on_phone })
}

const byMsgid = hot('template_message.find', (db, p: { epoch: number; msgid: string }) =>
  db
    .selectFrom('template_message')
    .selectAll()
    .where('epoch', '=', p.epoch)
    .where('msgid', '=', p.msgid),
)

export function findTemplateMessage(
  db: Db,
  epoch: number,
  msgid: string,
): TemplateMessageRow | undefined {
  return byMsgid(db, { epoch, msgid })[0] as TemplateMessageRow | undefined
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

/** Template messages by their msgids, in no order. */
export function listTemplateMessages(
  db: Db,
  epoch: number,
  msgids: readonly string[],
): TemplateMessageRow[] {
  const [first, ...others] = msgids
  if (first === undefined) return []
  if (others.length === 0) return byMsgid(db, { epoch, msgid: first }) as TemplateMessageRow[]
  const query = db.selectFrom('template_message').selectAll().where('epoch', '=', epoch)
  return db.all(query.where('msgid', 'in', msgids))
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
