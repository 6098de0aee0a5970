import { z } from 'zod'
import {
  claimCallback,
  insertCallback,
  listCallbacksOf,
  listSwapped,
  updateCallback,
} from '../../../db/callback.ts'
import { nextCount } from '../../../db/counter.ts'
import type { AccountRow, CallbackChange, CallbackRow, MessageRow } from '../../../db/schema.ts'
import { topics } from '../../../db/topic.ts'
import type { Db } from '../../../db/unit.ts'
import type { Call } from '../../core/call.ts'
import { meet } from '../../core/outcomes.ts'
import { toIso, worldNow } from '../../world/clock.ts'
import { deriveHex } from '../../world/seed.ts'
import { eidOf } from '../account/eid.ts'
import { profileOf } from '../profile/profile.ts'

/** What the platform is told when a receipt has come. */
export const callbackBody = z.object({
  event: z.enum(['message.delivered', 'message.failed']),
  event_id: z.string(),
  eid: z.string(),
  msgid_str: z.string(),
  client_msg_id: z.string().nullable(),
  state: z.enum(['delivered', 'failed']),
  reason: z.enum(['user_block', 'system_failed', 'freq_limit']).nullable(),
  wechat_status: z.string(),
  occurred_at: z.iso.datetime(),
})
/** The same from a partner who accepts a send first: what WeChat says of it is told, too. */
export const toldBody = callbackBody.extend({
  event: z.enum([
    'message.delivered',
    'message.failed',
    'message.accepted',
    'message.refused',
    'message.unknown',
  ]),
  state: z.enum(['delivered', 'failed', 'accepted', 'refused', 'unknown']),
  wechat_status: z.string().nullable(),
  errcode: z.int().nullable().optional(),
  errmsg: z.string().nullable().optional(),
})
type ToldBody = z.output<typeof toldBody>
export type CallbackBody = z.output<typeof callbackBody>

/** How WeChat writes why it failed; one of them with a blank after the colon. Seen in its pushes. */
const wechat_statuses = {
  user_block: 'failed:user block',
  system_failed: 'failed: system failed',
  freq_limit: 'failed:freq limit',
} as const

type Settled = Pick<
  MessageRow,
  'message' | 'trace' | 'msgid' | 'client_msg_id' | 'state' | 'reason' | 'errcode' | 'errmsg'
>

/** Lets the platform know what became of a message, if its account says where; once per state, in the unit in which that is known. */
export function notifyPlatform(
  call: Pick<Call, 'db' | 'world' | 'engine'>,
  account: AccountRow,
  message: Settled,
): void {
  const { db, world } = call
  const { state, reason } = message
  const isFirst = profileOf(call.engine, account).result === 'callback'
  const isReceipt = state === 'delivered' || state === 'failed'
  if (state === 'sending' || !(isReceipt || isFirst)) return
  if (isReceipt) meet(call, `receipt.${reason ?? 'success'}`)
  if (account.callback_url === null) return
  const callback = nextId(call, message.message)
  const body: ToldBody = {
    event: `message.${state}`,
    event_id: callback,
    eid: eidOf(account),
    ...whatBecameOf(message, state),
    ...(isFirst ? resultOf(message) : {}),
    occurred_at: toIso(world.now),
  }
  insertCallback(db, {
    epoch: world.epoch,
    callback,
    eid: account.eid,
    message: message.message,
    trace: message.trace,
    body: JSON.stringify(body),
    state: 'pending',
    tries: 0,
    tries_left: triesOf(call, account).length,
    due_at: world.now + (triesOf(call, account)[0] ?? 0),
    first_at: world.now,
    last_at: null,
    last_status: null,
    last_error: null,
    swapped: 0,
  })
  db.announce(world.epoch, topics.due(world.now + (triesOf(call, account)[0] ?? 0)))
}

function whatBecameOf({ msgid, client_msg_id, reason }: Settled, state: ToldBody['state']) {
  const isReceipt = state === 'delivered' || state === 'failed'
  const status = reason === null ? 'success' : wechat_statuses[reason]
  const wechat_status = isReceipt ? status : null
  return { msgid_str: msgid ?? '', client_msg_id, state, reason, wechat_status }
}

/** What the send itself was answered by WeChat, under the name that the partner has given it. */
function resultOf({ message, errcode, errmsg }: Settled) {
  return { msgid_str: message, errcode, errmsg }
}

/** Tells the platform once more, from now on: the same event, with all tries. */
export function tellAgain(
  call: Pick<Call, 'db' | 'world' | 'engine'>,
  row: CallbackRow,
  account: Pick<AccountRow, 'profile'> | undefined,
): CallbackRow {
  const { db, world } = call
  const tries_left = triesOf(call, account).length
  const change = { state: 'pending', tries_left, due_at: world.now } as const
  updateCallback(db, row, change)
  db.announce(world.epoch, topics.due(world.now))
  return { ...row, ...change }
}

/** Sorts by when it happened in the world, and is nobody else's. */
function nextId({ db, world }: Pick<Call, 'db' | 'world'>, message: string): string {
  const n = nextCount(db, { epoch: world.epoch, purpose: 'callback', key: '' })
  return `evt_${String(n).padStart(9, '0')}_${deriveHex(world, 'callback', message).slice(0, 16)}`
}

/** When it is tried, after the event, in virtual time. */
const tries_at_ms = [0, 10_000, 60_000, 600_000, 3_600_000, 21_600_000]

/** The same as the profile of its account has it. */
function triesOf(
  { engine }: Pick<Call, 'engine'>,
  account: Pick<AccountRow, 'profile'> | undefined,
): readonly number[] {
  const own = account && profileOf(engine, account).callback?.tries_at_s
  return own?.map((at) => at * 1000) ?? tries_at_ms
}

/** A callback that was put behind the next one of its account waits for it at most so long, in virtual milliseconds. */
const swapped_ms_max = 10_000

/** Puts a callback behind the next one. False: it is itself the next one of another. */
export function putBehind({ db, world }: Pick<Call, 'db' | 'world'>, row: CallbackRow): boolean {
  if (listSwapped(db, row).length > 0) return false
  const due_at = world.now + swapped_ms_max
  if (!claimCallback(db, row, { due_at, swapped: 1 })) return false
  db.announce(world.epoch, topics.due(due_at))
  return true
}

/** A callback has been sent: what was put behind it comes next. */
export function releaseSwapped(
  { db, world }: Pick<Call, 'db' | 'world'>,
  { epoch, eid }: Pick<CallbackRow, 'epoch' | 'eid'>,
): void {
  for (const row of listSwapped(db, { epoch, eid })) {
    updateCallback(db, row, { due_at: world.now })
    db.announce(epoch, topics.due(world.now))
  }
}

/** A row whose try has just been taken, as if it failed: a crash only delays it. */
export function takenTry(
  call: Pick<Call, 'world' | 'engine'>,
  row: CallbackRow,
  account: Pick<AccountRow, 'profile'> | undefined,
) {
  const { world } = call
  const tries = triesOf(call, account)
  const tries_left = row.tries_left - 1
  // Late, after a stop: the distance to the next try stays what it was, there is no burst.
  const present = Math.max(world.now, worldNow(world, world.real_now))
  const next = tries.length - tries_left
  const wait = (tries[next] ?? 0) - (tries[next - 1] ?? 0)
  return {
    state: tries_left > 0 ? 'pending' : 'failed',
    tries: row.tries + 1,
    tries_left,
    due_at: tries_left > 0 ? present + wait : null,
    last_at: world.now,
    last_status: null,
    last_error: null,
  } as const satisfies CallbackChange
}

/** Takes the platform's own id out of what it is told of a message: that id may say whose it was. */
export function eraseCallbacks(
  db: Db,
  at: { readonly epoch: number; readonly message: string },
): void {
  for (const row of listCallbacksOf(db, at)) {
    const body = toldBody.parse(JSON.parse(row.body))
    if (body.client_msg_id === null) continue
    updateCallback(db, row, { body: JSON.stringify({ ...body, client_msg_id: null }) })
  }
}
