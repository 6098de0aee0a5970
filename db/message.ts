import { sql } from 'kysely'
import { hot, insertRow } from './hot.ts'
import type { MessageRow, Update } from './schema.ts'
import { topics } from './topic.ts'
import type { Db, Selecting } from './unit.ts'

/** What is erased later was there before. */
export type FreshMessage = Omit<MessageRow, 'erased_at'>

const insertOne = insertRow('message')

export function insertMessage(db: Db, row: FreshMessage): void {
  insertOne(db, row)
  announceMessage(db, row)
}

/** What was sent as a mobile and is none nobody waits for. */
const mobile_form = /^\+\d{1,15}$/

function announceMessage(
  db: Db,
  { epoch, mobile, state }: Pick<MessageRow, 'epoch' | 'mobile' | 'state'>,
): void {
  db.announce(epoch, topics.messagesIn(state))
  if (mobile_form.test(mobile)) db.announce(epoch, topics.messagesTo(mobile))
}

const byMsgid = hot('message.find_by_msgid', (db, p: { epoch: number; msgid: string }) =>
  db.selectFrom('message').selectAll().where('epoch', '=', p.epoch).where('msgid', '=', p.msgid),
)

export function findMessageByMsgid(db: Db, epoch: number, msgid: string): MessageRow | undefined {
  return byMsgid(db, { epoch, msgid })[0]
}

export function findMessage(db: Db, epoch: number, message: string): MessageRow | undefined {
  return db.first(
    db.selectFrom('message').selectAll().where('epoch', '=', epoch).where('message', '=', message),
  )
}

function forgotten(db: Selecting, epoch: number, limit: number) {
  return db
    .selectFrom('message')
    .select(['message', 'created_at'])
    .where('epoch', '=', epoch)
    .where('erased_at', 'is not', null)
    .where('remembered', 'is not', null)
    .where('created_at', '>', sql.lit(-1))
    .orderBy('created_at')
    .orderBy('message')
    .limit(sql.lit(limit))
}

const firstForgotten = hot('message.first_forgotten', (db, p: { epoch: number }) =>
  forgotten(db, p.epoch, 1),
)

/** Erased messages that are still remembered by their hashes, the oldest first. */
export function listForgotten(
  db: Db,
  { epoch, limit }: { epoch: number; limit: number },
): Pick<MessageRow, 'message' | 'created_at'>[] {
  return limit === 1 ? firstForgotten(db, { epoch }) : db.all(forgotten(db, epoch, limit))
}

interface ClientMessage {
  readonly epoch: number
  readonly eid: string
  readonly client_msg_id: string
}

/** The send whose answer a repeat gets, by any of the names under which it may be remembered. */
export function findRemembered(
  db: Db,
  at: Pick<ClientMessage, 'epoch' | 'eid'> & { readonly names: readonly string[] },
): MessageRow | undefined {
  return db.first(
    db
      .selectFrom('message')
      .selectAll()
      .where('epoch', '=', at.epoch)
      .where('eid', '=', at.eid)
      .where('remembered', 'in', at.names)
      .where('remembered', 'is not', null),
  )
}

/** The latest attempt with a client_msg_id, refused ones too. */
export function findLatestAttempt(db: Db, at: ClientMessage): MessageRow | undefined {
  return db.first(
    db
      .selectFrom('message')
      .selectAll()
      .where('epoch', '=', at.epoch)
      .where('eid', '=', at.eid)
      .where('client_msg_id', '=', at.client_msg_id)
      .where('client_msg_id', 'is not', null)
      .orderBy('message', 'desc')
      .limit(1),
  )
}

const attempts_max = 1000

/** Traces of all attempts at some accounts with a client_msg_id. */
export function listTracesOfClient(
  db: Db,
  at: { epoch: number; eids: readonly string[]; client_msg_id: string },
): string[] {
  if (at.eids.length === 0) return []
  const rows = db.all(
    db
      .selectFrom('message')
      .select('trace')
      .where('epoch', '=', at.epoch)
      .where('eid', 'in', at.eids)
      .where('client_msg_id', '=', at.client_msg_id)
      .where('client_msg_id', 'is not', null)
      .limit(attempts_max),
  )
  return rows.map(({ trace }) => trace)
}

/** What tells whether a reader wants a message. */
export type MessageKey = Pick<MessageRow, 'message' | 'mobile' | 'email' | 'eid' | 'state'>

/** Messages of a world from a key on, oldest first: no more of each than tells whether it is wanted. */
export function listMessageKeys(
  db: Db,
  at: { epoch: number; from: string; limit: number },
): MessageKey[] {
  return db.all(
    db
      .selectFrom('message')
      .select(['message', 'mobile', 'email', 'eid', 'state'])
      .where('epoch', '=', at.epoch)
      .where('message', '>=', at.from)
      .orderBy('message')
      .limit(at.limit),
  )
}

/** What an audit must know of a message. */
export type JudgedMessage = Pick<MessageRow, (typeof judged)[number]>
const judged = [
  'message',
  'mobile',
  'eid',
  'client_msg_id',
  'state',
  'created_at',
  'state_at',
  'erased_at',
] as const

/** Messages of a world after one of them, oldest first: no more of each than tells whether something must come for it. */
export function listJudgedMessages(
  db: Db,
  at: { epoch: number; after: string; limit: number },
): JudgedMessage[] {
  const query = db.selectFrom('message').select(judged).where('epoch', '=', at.epoch)
  return db.all(query.where('message', '>', at.after).orderBy('message').limit(at.limit))
}

/** The same of messages before one of them, the newest first. */
export function listJudgedBefore(
  db: Db,
  at: { epoch: number; before: string; limit: number },
): JudgedMessage[] {
  const query = db.selectFrom('message').select(judged).where('epoch', '=', at.epoch)
  return db.all(query.where('message', '<', at.before).orderBy('message', 'desc').limit(at.limit))
}

/** Messages of a world by their keys, oldest first. */
export function listMessages(db: Db, epoch: number, messages: readonly string[]): MessageRow[] {
  if (messages.length === 0) return []
  const query = db.selectFrom('message').selectAll().where('epoch', '=', epoch)
  return db.all(query.where('message', 'in', messages).orderBy('message'))
}

/** The newest messages of a world, the newest first. */
export function listNewestMessages(db: Db, at: { epoch: number; limit: number }): MessageRow[] {
  const query = db.selectFrom('message').selectAll().where('epoch', '=', at.epoch)
  return db.all(query.orderBy('message', 'desc').limit(at.limit))
}

/** Messages still `sending` whose sender had until `before`: nobody will write down what became of them. */
export function listStranded(db: Db, before: number): MessageRow[] {
  return db.all(
    db
      .selectFrom('message')
      .selectAll()
      .where('sending_until', 'is not', null)
      .where('sending_until', '<=', before)
      .orderBy('sending_until')
      .limit(100),
  )
}

/** What tells whose answer is still waited for. */
export type SendingMessage = Pick<MessageRow, 'epoch' | 'message' | 'eid' | 'openid'>

/** Messages of all worlds on their way to a WeChat, whose sender has until later than `now`. */
export function listSending(db: Db, at: { now: number; limit: number }): SendingMessage[] {
  return db.all(
    db
      .selectFrom('message')
      .select(['epoch', 'message', 'eid', 'openid'])
      .where('sending_until', 'is not', null)
      .where('sending_until', '>', at.now)
      .orderBy('sending_until')
      .limit(at.limit),
  )
}

/** What an erasure must know of a message. */
export type ErasableMessage = Pick<MessageRow, (typeof erasable)[number]>
const erasable = [
  'epoch',
  'message',
  'trace',
  'eid',
  'state',
  'client_msg_id',
  'remembered',
  'body_hash',
  'created_at',
  'erased_at',
] as const

/** Messages of a world by their keys, or by the msgids that WeChat gave them. */
export function listMessagesBy(
  db: Db,
  column: 'message' | 'msgid',
  at: { epoch: number; values: readonly string[] },
): ErasableMessage[] {
  if (at.values.length === 0) return []
  return db.all(
    db
      .selectFrom('message')
      .select(erasable)
      .where('epoch', '=', at.epoch)
      .where(column, 'in', at.values),
  )
}

/** Takes out of a message what it said and to whom: that it was sent, when, and what became of it stays. */
export function blankMessage(
  db: Db,
  at: { epoch: number; message: string },
  kept: Pick<MessageRow, 'remembered' | 'body_hash' | 'erased_at'>,
): void {
  const nothing = { mobile: '', name: '', email: '', body: '', keywords: '{}', url: '' }
  updateMessage(db, at, { ...nothing, openid: null, client_msg_id: null, ...kept })
}

/** Brings a message into another state. */
export function settleMessage(
  db: Db,
  row: Pick<MessageRow, 'epoch' | 'message' | 'mobile'>,
  change: Update<'message'> & Pick<MessageRow, 'state'>,
): void {
  const { epoch, message } = row
  updateMessage(db, { epoch, message }, change)
  announceMessage(db, { ...row, state: change.state })
  db.announce(epoch, topics.message(message))
}

/** Changes what nobody waits for. */
export function updateMessage(
  db: Db,
  at: { epoch: number; message: string },
  change: Update<'message'>,
): void {
  db.write(
    db
      .updateTable('message')
      .set(change)
      .where('epoch', '=', at.epoch)
      .where('message', '=', at.message),
  )
}
