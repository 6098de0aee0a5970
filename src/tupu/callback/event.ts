import { z } from 'zod'
import { insertCallback, updateCallback } from '../../../db/callback.ts'
import type { AccountRow, CallbackRow, MessageRow } from '../../../db/schema.ts'
import { nextCount } from '../../../db/world.ts'
import type { Call } from '../../core/call.ts'
import { toIso } from '../../world/clock.ts'
import { deriveHex } from '../../world/seed.ts'
import { eidOf } from '../eid.ts'
import { begunAnew, tries_max } from './try.ts'

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
export type CallbackBody = z.output<typeof callbackBody>

/** How WeChat writes why it failed; one of them with a blank after the colon. Seen in its pushes. */
const wechat_statuses = {
  user_block: 'failed:user block',
  system_failed: 'failed: system failed',
  freq_limit: 'failed:freq limit',
} as const

/** On PostgreSQL whoever looks for due work at once does not see yet what this unit has written. */
const commit_ms = 20

type Settled = Pick<
  MessageRow,
  'message' | 'trace' | 'msgid' | 'client_msg_id' | 'state' | 'reason'
>

/** Lets the platform know what became of a message, if its account says where; once per message, in the receipt's own unit. */
export async function tellPlatform(
  call: Pick<Call, 'db' | 'world' | 'engine'>,
  account: AccountRow,
  message: Settled,
): Promise<void> {
  const { db, world, engine } = call
  const { state, reason } = message
  if (account.callback_url === null || (state !== 'delivered' && state !== 'failed')) return
  const callback = await nextId(call, message.message)
  const body: CallbackBody = {
    event: `message.${state}`,
    event_id: callback,
    eid: eidOf(account),
    msgid_str: message.msgid ?? '',
    client_msg_id: message.client_msg_id,
    state,
    reason,
    wechat_status: reason === null ? 'success' : wechat_statuses[reason],
    occurred_at: toIso(world.now),
  }
  await insertCallback(db, {
    epoch: world.epoch,
    callback,
    eid: account.eid,
    message: message.message,
    trace: message.trace,
    body: JSON.stringify(body),
    state: 'pending',
    tries: 0,
    tries_left: tries_max,
    due_at: world.now,
    first_at: world.now,
    last_at: null,
    last_status: null,
    last_error: null,
  })
  engine.wake(world.world, world.now + commit_ms)
}

/** Tells the platform once more, from now on: the same event, with all tries. */
export async function tellAgain(
  { db, world, engine }: Pick<Call, 'db' | 'world' | 'engine'>,
  row: CallbackRow,
): Promise<CallbackRow> {
  const change = begunAnew(world.now)
  await updateCallback(db, row, change)
  engine.wake(world.world, world.now + commit_ms)
  return { ...row, ...change }
}

/** Sorts by when it happened in the world, and is nobody else's. */
async function nextId({ db, world }: Pick<Call, 'db' | 'world'>, message: string): Promise<string> {
  const n = await nextCount(db, { epoch: world.epoch, purpose: 'callback', key: '' })
  return `evt_${String(n).padStart(9, '0')}_${deriveHex(world, 'callback', message).slice(0, 16)}`
}
