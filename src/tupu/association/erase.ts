import { z } from 'zod'
import { listChatMessages, updateChatMessage } from '../../../db/chat-message.ts'
import { deleteContactsOf } from '../../../db/contact.ts'
import {
  databaseNow,
  deleteErasure,
  isOlderUnitRunning,
  listErasures,
  lockErasure,
  updateErasure,
} from '../../../db/erasure.ts'
import { blankExchanges } from '../../../db/exchange.ts'
import { deleteExchangeSubjects, listExchangeSubjects } from '../../../db/exchange-subject.ts'
import { blankMessage, listMessagesBy } from '../../../db/message.ts'
import { findFollower } from '../../../db/person.ts'
import { findLastMsgid, listMsgidsOf } from '../../../db/phone-message.ts'
import { listPushes, listPushesOf, updatePush } from '../../../db/push.ts'
import type { ChatMessageRow, ErasureRow, PushRow, TemplateMessageRow } from '../../../db/schema.ts'
import { bumpSnapshot, findWorldOfSnapshot, listSnapshots } from '../../../db/snapshot.ts'
import { listTemplateMessages, updateTemplateMessage } from '../../../db/template-message.ts'
import { topics } from '../../../db/topic.ts'
import type { Db } from '../../../db/unit.ts'
import { findWorldOfEpoch } from '../../../db/world.ts'
import type { Engine } from '../../core/engine.ts'
import { mapShown, readShown } from '../../core/shown.ts'
import { sleep } from '../../world/clock.ts'
import { asWorld, touchVersion, type World } from '../../world/world.ts'
import { eraseCallbacks } from '../callback/callback.ts'
import { forgottenOf, remembered_ms } from '../message/forget.ts'

/** Taken up at a time; the next look takes the rest. */
const erasures_max = 100
/** Of one kind in one unit. */
const unit_rows = 50
/** Between two units others go first. */
const pause_ms = 1
/** A call that withdraws waits so long; what is left is done by itself. */
const call_ms_max = 3000
const older_look_ms = 5
const older_ms_max = 1000

/** What is left to do of an erasure. Nothing of the person stands in it but keys: hashes, and the openid that WeChat keeps. */
const erasureWork = z.object({
  openid: z.string(),
  /** Keys of the openid and its mobiles, as long as there may be traces that concern them. */
  subjects: z.array(z.string()),
  /** Template messages after this one, and up to that one, are to do; null: it has not begun. */
  msgid_after: z.string(),
  msgid_until: z.string().nullable(),
  /** Pushed events after this one are to do. */
  push_after: z.string().default(''),
  /** Traces that are this person's alone, and the messages that were on their way, whose exchanges are still to come. */
  awaited: z.array(z.object({ trace: z.string(), message: z.string().nullable() })),
})
export type ErasureWork = z.output<typeof erasureWork>

/** Erases what has been withdrawn, in small units, until it is done; by itself now and then, so that a crash only delays it. */
export async function eraseDue(
  engine: Engine,
  { epoch, until = Number.POSITIVE_INFINITY }: { epoch?: number; until?: number } = {},
): Promise<void> {
  const due = await engine.store.unit('erasure.list', ({ db }) =>
    listErasures(db, { epoch, limit: erasures_max }),
  )
  if (due.length === 0) return
  if (!(await waitForOlderUnits(engine))) return
  for (const at of due) {
    // One that fails is tried again at the next look, and stops no other.
    await eraseOne(engine, at, until).catch((error) => {
      if (engine.outages.note(error)) return
      const fields = { erasure: at.erasure, error: error instanceof Error ? error.name : 'unknown' }
      engine.log('error', 'erasure.failed', fields)
    })
  }
}

/** The same for a call that has withdrawn somebody and can wait: its `outside`. What takes longer goes on by itself. */
export async function eraseNow(engine: Engine, epoch: number): Promise<void> {
  const until = engine.realNow() + call_ms_max
  const snapshots = await engine.store.unit('erasure.epochs', ({ db }) => {
    const world = findWorldOfEpoch(db, epoch)
    return world ? listSnapshots(db, world.world) : []
  })
  for (const one of [epoch, ...snapshots.map((snapshot) => snapshot.epoch)])
    await eraseDue(engine, { epoch: one, until })
}

type Key = Pick<ErasureRow, 'epoch' | 'erasure'>

async function eraseOne(engine: Engine, at: Key, until: number): Promise<void> {
  while (!engine.closing.aborted && engine.realNow() < until) {
    const real = engine.realNow()
    const step = await engine.store.unit('erasure.step', ({ db }) => stepOn(db, at, real))
    if (step !== 'more') return
    await sleep(pause_ms, engine.closing)
  }
}

/**
 * A call that found the association just before it went may still be writing: on PostgreSQL, where units meet. False: one
 * still is, and what it writes would be missed; the erasure waits for the next look.
 */
async function waitForOlderUnits(engine: Engine): Promise<boolean> {
  const { store, closing } = engine
  if (store.dialect === 'sqlite') return true
  const before = await store.unit('erasure.now', ({ db }) => databaseNow(db))
  const until = engine.realNow() + older_ms_max
  while (!closing.aborted && engine.realNow() < until) {
    const isRunning = await store.unit('erasure.older', ({ db }) => isOlderUnitRunning(db, before))
    if (!isRunning) return true
    await sleep(older_look_ms, closing)
  }
  return false
}

/** How a step left an erasure; `waits`: for answers that are still under way. */
export type Step = 'more' | 'waits' | 'done'

/** One erasure within one unit. */
interface Erasing {
  readonly db: Db
  /** In a snapshot nothing is on its way any more. */
  readonly isSnapshot: boolean
  readonly epoch: number
  readonly work: ErasureWork
  readonly world: World
}

/** Carries an erasure on for one unit: what concerns the person by key first, then what stands on their phone. */
export function stepOn(db: Db, at: Key, real: number): Step {
  const row = lockErasure(db, at)
  if (!row) return 'done'
  const living = findWorldOfEpoch(db, at.epoch)
  const found = living ?? findWorldOfSnapshot(db, at.epoch)
  // Its epoch has ended: all its rows are swept.
  if (!found) return end(db, at)
  if (!living) bumpSnapshot(db, at.epoch)
  const work = erasureWork.parse(JSON.parse(row.work))
  const { epoch } = at
  // What comes on the phone from here on is a new story: the same person may register again.
  work.msgid_until ??= findLastMsgid(db, { epoch, openid: work.openid })
  const erasing = { db, epoch, work, world: asWorld(found, real), isSnapshot: !living }
  const isOver = eraseSubjects(erasing) && erasePhone(erasing) && eraseEvents(erasing)
  if (isOver && eraseAwaited(erasing)) return end(db, at)
  updateErasure(db, at, JSON.stringify(work))
  return isOver ? 'waits' : 'more'
}

function end(db: Db, at: Key): Step {
  deleteErasure(db, at)
  return 'done'
}

/** All traces that concern the person, and the messages in them that are theirs. Like each part: false, when there is more. */
function eraseSubjects(erasing: Erasing): boolean {
  const { db, epoch, work } = erasing
  if (work.subjects.length === 0) return true
  const at = { epoch, subjects: work.subjects }
  const rows = listExchangeSubjects(db, { ...at, limit: unit_rows })
  eraseMessages(
    erasing,
    'message',
    rows.flatMap(({ message }) => message ?? []),
  )
  eraseExchanges(erasing, rows)
  deleteContactsOf(db, { epoch, traces: rows.map(({ trace }) => trace) })
  if (rows.length > 0) deleteExchangeSubjects(db, { ...at, traces: rows.map(({ trace }) => trace) })
  if (rows.length === unit_rows) return false
  work.subjects = []
  return true
}

function erasePhone(erasing: Erasing): boolean {
  const { db, epoch, work } = erasing
  const { openid, msgid_after, msgid_until } = work
  const at = { epoch, openid, after: msgid_after, limit: unit_rows }
  const msgids = listMsgidsOf(db, at).filter((msgid) => msgid <= (msgid_until ?? ''))
  if (msgids.length > 0) touchVersion(erasing)
  const templates = listTemplateMessages(db, epoch, msgids)
  for (const row of templates) eraseShown(db, row)
  const shown = new Set(templates.map(({ msgid }) => msgid))
  const others = msgids.filter((msgid) => !shown.has(msgid))
  for (const row of listChatMessages(db, epoch, others)) eraseSaid(db, row)
  const follower = msgids.length > 0 ? findFollower(db, epoch, openid) : undefined
  if (follower) db.announce(epoch, topics.phone(follower.person))
  eraseMessages(erasing, 'msgid', msgids)
  work.msgid_after = msgids.at(-1) ?? msgid_after
  return msgids.length < unit_rows
}

/** What stands where something was erased. */
export const erased_mark = '***'

/** The phone keeps when there was a message, and its title. */
function eraseShown(db: Db, row: TemplateMessageRow): void {
  const shown = JSON.stringify(mapShown(readShown(row.shown), (text) => text && erased_mark))
  updateTemplateMessage(db, row, { shown, url: '', client_msg_id: null })
}

/** Of what was said the phone keeps when, by whom, and of which kind; a line of WeChat's own is of nobody. */
function eraseSaid(db: Db, row: ChatMessageRow): void {
  if (row.type === 'notice') return
  updateChatMessage(db, row, { parts: JSON.stringify(withoutValues(JSON.parse(row.parts))) })
  for (const push of listPushesOf(db, row))
    erasePush(db, push, (name) => kept_elements.includes(name))
}

/** What of an event tells of a person: what was scanned and sent, and where they are. */
const telling_elements: readonly string[] = [
  'ScanCodeInfo',
  'SendPicsInfo',
  'SendLocationInfo',
  'Latitude',
  'Longitude',
]

/** What was pushed of the person's events says no more than that there were some. */
function eraseEvents({ db, epoch, work }: Erasing): boolean {
  const { openid, push_after } = work
  const after = push_after === '' ? undefined : push_after
  const rows = listPushes(db, { epoch, openid, after, order: 'oldest', limit: unit_rows })
  for (const row of rows) {
    if (row.msgid !== null) continue
    const elements = JSON.parse(row.elements) as [string, unknown][]
    if (elements.some(([name]) => telling_elements.includes(name)))
      erasePush(db, row, (name) => !telling_elements.includes(name))
  }
  work.push_after = rows.at(-1)?.push ?? push_after
  return rows.length < unit_rows
}

const kept_elements: readonly string[] = ['MsgType', 'MsgId']

/** What was pushed of it says no more than that. */
function erasePush(db: Db, row: PushRow, isKept: (name: string) => boolean): void {
  const elements = JSON.parse(row.elements) as [string, unknown][]
  const erased = elements.map(([name, value]) => {
    return [name, isKept(name) ? value : withoutValues(value)]
  })
  updatePush(db, row, { elements: JSON.stringify(erased) })
}

/** JSON of the same form that says nothing any more. */
function withoutValues(value: unknown): unknown {
  if (typeof value === 'string') return value === '' ? '' : erased_mark
  if (Array.isArray(value)) return value.map(withoutValues)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, of]) => [name, withoutValues(of)]))
}

/** Messages, what the platform was told of them, and their exchanges. */
function eraseMessages(
  erasing: Erasing,
  column: 'message' | 'msgid',
  values: readonly string[],
): void {
  const { db, epoch, work, world } = erasing
  const rows = listMessagesBy(db, column, { epoch, values })
  for (const row of rows) {
    if (row.erased_at !== null) continue
    blankMessage(db, row, { ...forgottenOf(world, row), erased_at: world.now })
    if (row.remembered !== null) db.announce(epoch, topics.due(row.created_at + remembered_ms))
  }
  for (const row of rows) if (row.client_msg_id !== null) eraseCallbacks(db, row)
  eraseExchanges(erasing, rows)
  // The exchange of one on its way is written when its answer has come.
  const sending = rows.filter(({ state }) => state === 'sending')
  work.awaited.push(...sending.map(({ trace, message }) => ({ trace, message })))
}

/** The exchanges of this person alone; of a message on its way, once its answer is there. */
function eraseAwaited(erasing: Erasing): boolean {
  const { db, epoch, work, isSnapshot } = erasing
  if (isSnapshot) return true
  const messages = work.awaited.flatMap(({ message }) => message ?? [])
  const rows = listMessagesBy(db, 'message', { epoch, values: messages })
  const sending = new Set(
    rows.filter(({ state }) => state === 'sending').map(({ message }) => message),
  )
  const isSending = ({ message }: { message: string | null }) =>
    message !== null && sending.has(message)
  eraseExchanges(
    erasing,
    work.awaited.filter((one) => !isSending(one)),
  )
  work.awaited = work.awaited.filter(isSending)
  return work.awaited.length === 0
}

const erased_decision = [{ rule: 'association.erased' }]

function eraseExchanges({ db, epoch }: Erasing, rows: readonly { readonly trace: string }[]): void {
  const traces = [...new Set(rows.map(({ trace }) => trace))]
  blankExchanges(db, { epoch, traces, decision: erased_decision })
}
