import type { MessageRow } from './schema.ts'
import type { Db } from './unit.ts'

/** By what a message may be asked for. */
export type MessageNames = Pick<
  MessageRow,
  'message' | 'mobile' | 'msgid' | 'client_msg_id' | 'trace' | 'created_at'
>

/** The newest messages of a world, the newest first: no more of each than what it is called. */
export function listNewestMessages(
  db: Db,
  { epoch, limit }: { epoch: number; limit: number },
): MessageNames[] {
  return db.all(
    db
      .selectFrom('message')
      .select(['message', 'mobile', 'msgid', 'client_msg_id', 'trace', 'created_at'])
      .where('epoch', '=', epoch)
      .orderBy('message', 'desc')
      .limit(limit),
  )
}

/** The newest message with a client_msg_id, of any of some accounts. */
export function findNewestAttempt(
  db: Db,
  at: { epoch: number; eids: readonly string[]; client_msg_id: string },
): MessageRow | undefined {
  if (at.eids.length === 0) return undefined
  return db.first(
    db
      .selectFrom('message')
      .selectAll()
      .where('epoch', '=', at.epoch)
      .where('eid', 'in', at.eids)
      .where('client_msg_id', '=', at.client_msg_id)
      .where('client_msg_id', 'is not', null)
      .orderBy('message', 'desc')
      .limit(1),
  )
}

/** The newest messages that were written down as somebody's. */
export function listSubjectMessages(
  db: Db,
  at: { epoch: number; subjects: readonly string[]; limit: number },
): string[] {
  if (at.subjects.length === 0) return []
  const rows = db.all(
    db
      .selectFrom('exchange_subject')
      .select('message')
      .where('epoch', '=', at.epoch)
      .where('subject', 'in', at.subjects)
      .where('message', 'is not', null)
      .orderBy('trace', 'desc')
      .limit(at.limit),
  )
  return rows.flatMap(({ message }) => message ?? [])
}

/** The newest msgids of an openid, the newest first. */
export function listNewestMsgids(
  db: Db,
  at: { epoch: number; openid: string; limit: number },
): string[] {
  const rows = db.all(
    db
      .selectFrom('phone_message')
      .select('msgid')
      .where('epoch', '=', at.epoch)
      .where('openid', '=', at.openid)
      .orderBy('msgid', 'desc')
      .limit(at.limit),
  )
  return rows.map(({ msgid }) => msgid)
}

/** What a list of messages is narrowed by, without what is said in them. */
export type NarrowedMessage = Pick<MessageRow, 'message' | 'eid' | 'state'>

/** Messages before one of them, and from another one on. */
interface Stretch {
  readonly epoch: number
  readonly from?: string
  readonly before: string
  readonly limit: number
}

/** The same, no more of each than tells whether it is wanted. */
export function listNarrowedBefore(db: Db, at: Stretch): NarrowedMessage[] {
  const query = db.selectFrom('message').select(['message', 'eid', 'state'])
  return db.all(
    query
      .where('epoch', '=', at.epoch)
      .where('message', '>=', at.from ?? '')
      .where('message', '<', at.before)
      .orderBy('message', 'desc')
      .limit(at.limit),
  )
}

/** Messages of a world before one of them, the newest first. */
export function listMessagesBefore(db: Db, at: Stretch): MessageRow[] {
  const query = db.selectFrom('message').selectAll().where('epoch', '=', at.epoch)
  return db.all(
    query
      .where('message', '>=', at.from ?? '')
      .where('message', '<', at.before)
      .orderBy('message', 'desc')
      .limit(at.limit),
  )
}

/** What tells how a message has ended so far; its key says when it came. */
export type MessageStateRow = Pick<MessageRow, 'message' | 'state'>

/** How the newest messages of a world have ended, the newest first. */
export function listNewestStates(db: Db, at: { epoch: number; limit: number }): MessageStateRow[] {
  const query = db.selectFrom('message').select(['message', 'state']).where('epoch', '=', at.epoch)
  return db.all(query.orderBy('message', 'desc').limit(at.limit))
}
