import { nextCount } from '../../../db/counter.ts'
import { claimPush, insertPush, listSwapped, updatePush } from '../../../db/push.ts'
import type { ChatMessageRow, OfficialAccountRow, PushChange, PushRow } from '../../../db/schema.ts'
import { topics } from '../../../db/topic.ts'
import type { XmlField } from '../../core/xml.ts'
import { worldNow } from '../../world/clock.ts'
import { deriveHex } from '../../world/seed.ts'
import { traceOf } from '../../world/trace.ts'
import type { Scope, World } from '../../world/world.ts'
import type { ChatContent } from '../chat/content.ts'

/** A call's unit, or a job's; `trace`: of the call that a push follows from, left out where there is none. */
type PushScope = Scope & { trace?(): string }

/** An event at an official account, in WeChat's words. */
export interface PushedEvent {
  readonly account: OfficialAccountRow
  readonly openid: string
  /** `subscribe`, `CLICK`, `TEMPLATESENDJOBFINISH`; spelled as WeChat does. */
  readonly event: string
  /** The elements behind Event, in their order. */
  readonly fields: readonly XmlField[]
}

/** Lets WeChat push an event to the account's server, from now on, in this unit. Undefined: the account has no server. */
export function pushEvent(
  call: PushScope,
  { account, openid, event, fields }: PushedEvent,
): PushRow | undefined {
  const elements: XmlField[] = [['MsgType', 'event'], ['Event', event], ...fields]
  return insert(call, account, { openid, event, msgid: null, elements })
}

/** The same of what a person has written; undefined also for kinds that nobody can write. */
export function pushMessage(
  call: PushScope,
  account: OfficialAccountRow,
  { msgid, openid }: ChatMessageRow,
  content: ChatContent,
): PushRow | undefined {
  const own = elementsOf(content)
  if (!own) return undefined
  const id: XmlField = ['MsgId', { bare: msgid }]
  // Pictures were recorded so; no page says why.
  const fields = content.type === 'image' ? [...own.slice(0, 1), id, ...own.slice(1)] : [...own, id]
  if (content.type === 'text' && content.bizmsgmenuid !== undefined)
    fields.push(['bizmsgmenuid', bareIfNumber(content.bizmsgmenuid)])
  const elements: XmlField[] = [['MsgType', content.type], ...fields]
  return insert(call, account, { openid, event: content.type, msgid, elements })
}

/** Ids of items are numbers in all samples, and may be any text. */
function bareIfNumber(text: string): XmlField[1] {
  return /^\d{1,19}$/.test(text) ? { bare: text } : text
}

function elementsOf(content: ChatContent): XmlField[] | undefined {
  switch (content.type) {
    case 'text':
      return [['Content', content.content]]
    case 'image':
      return [
        ['PicUrl', content.pic_url ?? ''],
        ['MediaId', content.media_id ?? ''],
      ]
    case 'location':
      return [
        ['Location_X', { bare: content.latitude }],
        ['Location_Y', { bare: content.longitude }],
        ['Scale', { bare: String(content.scale) }],
        ['Label', content.label],
      ]
    default:
      return undefined
  }
}

function insert(
  call: PushScope,
  { appid, server_url }: OfficialAccountRow,
  what: Pick<PushRow, 'openid' | 'event' | 'msgid'> & { readonly elements: readonly XmlField[] },
): PushRow | undefined {
  if (server_url === null) return undefined
  const { db, world } = call
  const n = nextCount(db, { epoch: world.epoch, purpose: 'push', key: '' })
  const digits = deriveHex(world, 'push', appid, n).slice(0, 16)
  const row: PushRow = {
    ...what,
    epoch: world.epoch,
    push: `psh_${String(n).padStart(9, '0')}_${digits}`,
    appid,
    trace: call.trace?.() ?? traceOf(world, { purpose: 'push', key: appid, n }),
    elements: JSON.stringify(what.elements),
    state: 'pending',
    tries: 0,
    tries_left: tries_max,
    due_at: world.now,
    created_at: world.now,
    last_at: null,
    last_status: null,
    last_error: null,
    answer: null,
    swapped: 0,
  }
  insertPush(db, row)
  db.announce(world.epoch, topics.due(world.now))
  return row
}

/** Pushes it once more, from now on: the same message, with all tries. */
export function pushAgain({ db, world }: Scope, row: PushRow): PushRow {
  const change = { state: 'pending', tries_left: tries_max, due_at: world.now } as const
  updatePush(db, row, change)
  db.announce(world.epoch, topics.due(world.now))
  return { ...row, ...change }
}

/** Three in all. Source: the platform's page, "重试三次". */
const tries_max = 3
/** Virtual milliseconds from one try to the next. */
const wait_ms = 5000

/** A row whose try has just been taken, as if it failed: a crash only delays it. */
export function takenTry(row: PushRow, world: World) {
  const tries_left = row.tries_left - 1
  // Late, after a stop: the distance to the next try stays what it was.
  const present = Math.max(world.now, worldNow(world, world.real_now))
  return {
    state: tries_left > 0 ? 'pending' : 'failed',
    tries: row.tries + 1,
    tries_left,
    due_at: tries_left > 0 ? present + wait_ms : null,
    last_at: world.now,
    last_status: null,
    last_error: null,
  } as const satisfies PushChange
}

/** A push that was put behind the next one of its account waits for it at most so long, in virtual milliseconds. */
const swapped_ms_max = 10_000

/** Puts a push behind the next one. False: it is itself the next one of another. */
export function putBehind({ db, world }: Scope, row: PushRow): boolean {
  if (listSwapped(db, row).length > 0) return false
  const due_at = world.now + swapped_ms_max
  if (!claimPush(db, row, { due_at, swapped: 1 })) return false
  db.announce(world.epoch, topics.due(due_at))
  return true
}

/** A push has been sent: what was put behind it comes next. */
export function releaseSwapped(
  { db, world }: Scope,
  { epoch, appid }: Pick<PushRow, 'epoch' | 'appid'>,
): void {
  for (const row of listSwapped(db, { epoch, appid })) {
    updatePush(db, row, { due_at: world.now })
    db.announce(epoch, topics.due(world.now))
  }
}
