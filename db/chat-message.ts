import { hot, insertRow } from './hot.ts'
import { insertPhoneMessage } from './phone-message.ts'
import type { ChatMessageRow, Update } from './schema.ts'
import type { Db } from './unit.ts'

const insertOne = insertRow('chat_message')

export function insertChatMessage(db: Db, row: ChatMessageRow): void {
  insertOne(db, row)
  const { epoch, openid, msgid, on_phone } = row
  insertPhoneMessage(db, { epoch, openid, msgid, on_phone })
}

const byMsgid = hot('chat_message.find', (db, p: { epoch: number; msgid: string }) =>
  db
    .selectFrom('chat_message')
    .selectAll()
    .where('epoch', '=', p.epoch)
    .where('msgid', '=', p.msgid),
)

export function findChatMessage(db: Db, epoch: number, msgid: string): ChatMessageRow | undefined {
  return byMsgid(db, { epoch, msgid })[0]
}

/** Chat messages by their msgids, in no order. */
export function listChatMessages(
  db: Db,
  epoch: number,
  msgids: readonly string[],
): ChatMessageRow[] {
  const [first, ...others] = msgids
  if (first === undefined) return []
  if (others.length === 0) return byMsgid(db, { epoch, msgid: first })
  const query = db.selectFrom('chat_message').selectAll().where('epoch', '=', epoch)
  return db.all(query.where('msgid', 'in', msgids))
}

export function updateChatMessage(
  db: Db,
  at: { epoch: number; msgid: string },
  change: Update<'chat_message'>,
): void {
  db.write(
    db
      .updateTable('chat_message')
      .set(change)
      .where('epoch', '=', at.epoch)
      .where('msgid', '=', at.msgid),
  )
}
