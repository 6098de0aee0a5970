import { listAccounts } from '../../../db/account.ts'
import { findOpenid } from '../../../db/association.ts'
import { type Exchange, listExchangesBy, listTraceKeys } from '../../../db/exchange.ts'
import {
  findNewestAttempt,
  listNewestMessages,
  listNewestMsgids,
  listSubjectMessages,
  type MessageNames,
} from '../../../db/latest-message.ts'
import {
  findMessage,
  findMessageByMsgid,
  listMessages,
  listMessagesBy,
} from '../../../db/message.ts'
import type { MessageRow, TemplateMessageRow } from '../../../db/schema.ts'
import { findTemplateMessage } from '../../../db/template-message.ts'
import { listWorlds } from '../../../db/world.ts'
import { messageKey } from '../../tupu/message/message.ts'
import { readMobile } from '../../tupu/mobile.ts'
import { subjectKey } from '../../world/subject.ts'
import { readTrace } from '../../world/trace.ts'
import { type Scope, unattributed } from '../../world/world.ts'

/** By what somebody asks for a send. */
export interface Question {
  readonly by: 'mobile' | 'trace' | 'msgid' | 'client_msg_id'
  /** A mobile in E.164. */
  readonly value: string
}

/** What is known of what was asked for: TUPU's message, WeChat's own, or a call that left neither. */
export interface Found {
  readonly message?: MessageRow | undefined
  readonly sent?: TemplateMessageRow | undefined
  readonly exchange?: Exchange | undefined
}

/** Of so many of the newest messages each is looked at; older ones are found by their keys. */
const newest_max = 200
/** Of one person. */
const own_max = 50
/** So many other worlds are looked into, those that were called last. */
const worlds_max = 20

/** The latest send that a question means; undefined: there was none. */
export function findAsked(scope: Scope, { by, value }: Question): Found | undefined {
  switch (by) {
    case 'mobile':
      return known(scope, findLatestTo(scope, value))
    case 'client_msg_id':
      return known(scope, findAttempt(scope, value))
    case 'msgid':
      return findByMsgid(scope, value)
    case 'trace':
      return findByTrace(scope, value)
  }
}

function known(scope: Scope, message: MessageRow | undefined): Found | undefined {
  return (
    message && { message, sent: sentOf(scope, message), exchange: callOf(scope, message.trace) }
  )
}

function sentOf({ db, world }: Scope, { msgid }: MessageRow): TemplateMessageRow | undefined {
  return msgid === null ? undefined : findTemplateMessage(db, world.epoch, msgid)
}

function findLatestTo(scope: Scope, mobile: string): MessageRow | undefined {
  const { db, world } = scope
  const { epoch } = world
  const newest = listNewestMessages(db, { epoch, limit: newest_max })
  const row = newest.find((one) => one.mobile === mobile)
  if (row) return findMessage(db, epoch, row.message)
  return newest.length < newest_max ? undefined : findOlderTo(scope, mobile)
}

/**
 * By whom its sends concern: refused ones and those through a remote gateway were written down under the mobile or the openid,
 * and what our own WeChat accepted is filed under the openid alone.
 */
function findOlderTo(scope: Scope, mobile: string): MessageRow | undefined {
  const { db, world } = scope
  const { epoch } = world
  const subjects: string[] = []
  const msgids: string[] = []
  for (const { eid, appid } of listAccounts(db, epoch)) {
    subjects.push(subjectKey(world, { eid, mobile }))
    const openid = appid === null ? undefined : findOpenid(db, { epoch, appid, mobile })
    if (appid === null || openid === undefined) continue
    subjects.push(subjectKey(world, { appid, openid }))
    msgids.push(...listNewestMsgids(db, { epoch, openid, limit: own_max }))
  }
  const accepted = listMessagesBy(db, 'msgid', { epoch, values: msgids })
  const keys = [
    ...listSubjectMessages(db, { epoch, subjects, limit: own_max }),
    ...accepted.map(({ message }) => message),
  ]
  const rows = listMessages(db, epoch, keys)
  return latestOf(rows.filter((row) => row.mobile === mobile))
}

function latestOf(rows: readonly MessageRow[]): MessageRow | undefined {
  return rows.reduce<MessageRow | undefined>(
    (latest, row) => (latest && latest.message >= row.message ? latest : row),
    undefined,
  )
}

function findAttempt({ db, world }: Scope, client_msg_id: string): MessageRow | undefined {
  const { epoch } = world
  const eids = listAccounts(db, epoch).map(({ eid }) => eid)
  return findNewestAttempt(db, { epoch, eids, client_msg_id })
}

/** A message that was sent at the WeChat surface is none of TUPU's. */
function findByMsgid(scope: Scope, msgid: string): Found | undefined {
  const { db, world } = scope
  const message = findMessageByMsgid(db, world.epoch, msgid)
  if (message) return known(scope, message)
  const sent = findTemplateMessage(db, world.epoch, msgid)
  return sent && { sent }
}

/** The trace of a send says which key its message has, but for the account. */
function findByTrace(scope: Scope, trace: string): Found | undefined {
  const { db, world } = scope
  const exchange = callOf(scope, trace)
  const named = readTrace(trace)
  if (!named) return exchange && { exchange }
  const { now, n } = named
  const accounts = listAccounts(db, world.epoch)
  const keys = accounts.map(({ n: ordinal }) => messageKey({ now, ordinal, n }))
  const message = listMessages(db, world.epoch, keys).find((row) => row.trace === trace)
  if (message) return known(scope, message)
  if (!exchange) return undefined
  return findRepeated(scope, exchange) ?? { exchange, sent: sentBy(scope, exchange) }
}

/** A repeat by client_msg_id has left no message: it is the first call's. */
function findRepeated(scope: Scope, { decision }: Exchange): Found | undefined {
  const { db, world } = scope
  for (const step of decision as { rule?: unknown; row?: { message?: unknown } }[]) {
    const message = step.rule === 'client_msg_id.repeated' ? step.row?.message : undefined
    if (typeof message === 'string') return known(scope, findMessage(db, world.epoch, message))
  }
  return undefined
}

/** What a call at the WeChat surface has sent, as its answer says. */
function sentBy({ db, world }: Scope, exchange: Exchange): TemplateMessageRow | undefined {
  if (exchange.endpoint !== 'template.send') return undefined
  const [, msgid] = /"msgid":(\d+)/.exec(exchange.response_body.toString()) ?? []
  return msgid === undefined ? undefined : findTemplateMessage(db, world.epoch, msgid)
}

/** The call that came in under a trace. */
function callOf({ db, world }: Scope, trace: string): Exchange | undefined {
  const keys = listTraceKeys(db, world.epoch, trace)
  const outgoing = ['gateway', 'callback', 'push']
  const key = keys.find(({ surface }) => !outgoing.includes(surface))
  return key && listExchangesBy(db, { epoch: world.epoch, seqs: [key.seq] })[0]
}

/** The newest messages, by what they are called. */
export function listNewest({ db, world }: Scope): MessageNames[] {
  return listNewestMessages(db, { epoch: world.epoch, limit: newest_max })
}

/** A message in another world. */
export interface Elsewhere {
  readonly world: string
  readonly message: string
}

/** The latest send to a mobile in other worlds: what a platform sends into the wrong one is missed here. */
export function findElsewhere({ db, world }: Scope, text: string): Elsewhere | undefined {
  const mobile = readMobile(text)
  const others = listWorlds(db).filter(
    (other) => other.world !== world.world && other.world !== unattributed,
  )
  const latest = others.toSorted((a, b) => b.called_at - a.called_at).slice(0, worlds_max)
  for (const { world: name, epoch } of latest) {
    const newest = listNewestMessages(db, { epoch, limit: newest_max })
    const found = newest.find((message) => message.mobile === mobile)
    if (found) return { world: name, message: found.message }
  }
  return undefined
}
