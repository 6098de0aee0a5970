import { z } from 'zod'
import { findAccount, listAccounts } from '../../db/account.ts'
import { findCallback, listCallbacks as listCallbackRows } from '../../db/callback.ts'
import { findMessage } from '../../db/message.ts'
import type { AccountRow, CallbackRow } from '../../db/schema.ts'
import { endpoint } from '../core/control-endpoint.ts'
import type { EarlierCall } from '../core/endpoint.ts'
import { words } from '../core/field.ts'
import { useOneOf } from '../core/nearest.ts'
import { problem, unknownName } from '../core/problem.ts'
import { isRefusal } from '../core/refusal.ts'
import { chooseAccount } from '../phone/choose.ts'
import { tellAgain, toldBody } from '../tupu/callback/callback.ts'
import { toIso } from '../world/clock.ts'
import { cleanText } from './field.ts'

const page_max = 100
const states = z.enum(['pending', 'delivered', 'failed'])

export const callbackShape = z.object({
  callback: z.string().meta(words('The event_id of the callback.', '所发内容的 event_id。')),
  account: z.string().meta(words('Its key.', '账号的 key。')),
  message: z.string(),
  state: states.meta(
    words(
      'failed: no attempts are left; callback.redeliver starts over.',
      'failed：已没有剩余的尝试；callback.redeliver 可重新开始。',
    ),
  ),
  body: toldBody.meta(
    words(
      'The body sent at every attempt, byte for byte the same.',
      '每次尝试所发的内容，逐字节相同。',
    ),
  ),
  tries: z.int(),
  tries_left: z.int(),
  due_at: z.iso
    .datetime()
    .nullable()
    .meta(words('The next attempt; null: there is none.', '下一次尝试；null：没有了。')),
  last_at: z.iso.datetime().nullable(),
  last_status: z.int().nullable().meta(words('Null: no answer came.', 'null：没有应答。')),
  last_error: z
    .string()
    .nullable()
    .meta(words('Why the last attempt was not acknowledged.', '最近一次尝试为何没有得到确认。')),
  trace: z
    .string()
    .meta(
      words(
        "The message's trace: the attempts are recorded under it in the journal.",
        '消息的 trace：各次尝试在记录中归于它。',
      ),
    ),
})

/** Which callbacks a reader wants. */
export const callbackFilters = {
  account: cleanText
    .optional()
    .meta(
      words('Key, EID or appid. Default: all accounts.', 'key、EID 或 appid；不填则为全部账号。'),
    ),
  state: states.optional(),
}

/** A platform that cannot be reached, for so long that nobody tries any more. */
const failed: readonly EarlierCall[] = [
  { call: 'account.update', input: { eid: 'acme', callback: { url: 'http://127.0.0.1:9/' } } },
  { call: 'message.send', input: { mobile: '19900000000', message: '欢迎加入' } },
  { call: 'clock.advance', input: { by: 'P1D' } },
]

/** What the platform was told, and what it is still to be told. */
export const listCallbacks = endpoint({
  id: 'callback.list',
  methods: ['GET'],
  path: '/worlds/{world}/callbacks',
  from: ['path', 'query'],
  summary: {
    en: 'Delivery callbacks to platforms, in order, with their attempts',
    zh: '就消息告知平台的内容，按发生的先后，附各次尝试',
  },
  input: z.strictObject({
    world: z.string(),
    ...callbackFilters,
    order: z
      .enum(['oldest', 'newest'])
      .default('oldest')
      .meta(words('Which ones come first.', '先列哪些。')),
    after: z
      .string()
      .regex(/^\d{1,9}\.\w{0,60}$/, 'a next_cursor of this list')
      .optional()
      .meta(
        words(
          'A next_cursor: returns only what follows it in this order.',
          '一个 next_cursor：只列按此顺序在其后的。',
        ),
      ),
  }),
  answer: z.object({ items: z.array(callbackShape), next_cursor: z.string() }),
  example: { input: { account: 'acme' }, after: failed },
  handle(call) {
    const { db, world, input } = call
    const { state, order } = input
    const account = input.account === undefined ? undefined : chooseAccount(call, input.account)
    if (isRefusal(account)) return account
    // A cursor of an earlier life begins anew: ids are the same in each.
    const [life, reached = ''] = input.after?.split('.') ?? []
    const after = life === String(world.resets) ? reached : ''
    const eid = account?.eid
    const at = { epoch: world.epoch, eid, state, after: after || undefined, order, limit: page_max }
    const rows = listCallbackRows(db, at)
    const accounts = listAccounts(db, world.epoch)
    const items = rows.map((row) => callbackResponse(row, accounts))
    return { items, next_cursor: `${world.resets}.${rows.at(-1)?.callback ?? after}` }
  },
})

export const redeliverCallback = endpoint({
  id: 'callback.redeliver',
  methods: ['POST'],
  path: '/worlds/{world}/callbacks/{callback}/redeliver',
  from: ['path', 'json'],
  summary: {
    en: 'Send the callback again now, with the same event_id and all attempts',
    zh: '现在再次告知平台，event_id 不变，重新开始全部尝试',
  },
  input: z.strictObject({
    world: z.string(),
    callback: cleanText.meta(words('An event_id.', '一个 event_id。')),
  }),
  answer: callbackShape,
  refusals: [409],
  example: {
    input: { callback: '{callback}' },
    after: [...failed, { call: 'callback.list', take: { callback: 'items.0.callback' } }],
  },
  handle(call) {
    const { db, world, input } = call
    const row = findCallback(db, world.epoch, input.callback)
    if (!row) {
      const { epoch } = world
      const newest = { epoch, after: undefined, order: 'newest', limit: page_max } as const
      const known = listCallbackRows(db, newest).map(({ callback }) => callback)
      const reason = `the world has no callback ${input.callback}`
      const fix = known.length > 0 ? useOneOf(input.callback, known) : 'send a message first'
      return unknownName(call, { field: 'callback', reason, fix })
    }
    const account = findAccount(db, world.epoch, row.eid)
    if (!account || account.callback_url === null) {
      const reason = `${account?.key ?? row.eid} has no callback any more`
      const fix = 'give it one with account.update'
      return problem('conflict', { field: 'callback', reason, fix })
    }
    const message = findMessage(db, world.epoch, row.message)
    const { appid } = account
    if (appid && message?.openid) call.concern({ appid, openid: message.openid })
    return callbackResponse(tellAgain(call, row, account), [account])
  },
})

export function callbackResponse(
  row: CallbackRow,
  accounts: readonly AccountRow[],
): z.output<typeof callbackShape> {
  const { callback, eid, message, state, body, tries, tries_left, due_at, last_at, trace } = row
  return {
    callback,
    account: accounts.find((account) => account.eid === eid)?.key ?? eid,
    message,
    state,
    body: toldBody.parse(JSON.parse(body)),
    tries,
    tries_left,
    due_at: due_at === null ? null : toIso(due_at),
    last_at: last_at === null ? null : toIso(last_at),
    last_status: row.last_status,
    last_error: row.last_error,
    trace,
  }
}
