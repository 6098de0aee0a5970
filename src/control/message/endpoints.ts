import { z } from 'zod'
import type { Call } from '../../core/call.ts'
import { endpoint } from '../../core/control-endpoint.ts'
import { pending } from '../../core/endpoint.ts'
import { words } from '../../core/field.ts'
import { problem } from '../../core/problem.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { chooseAccount } from '../../phone/choose.ts'
import { mobileField } from '../../tupu/mobile.ts'
import { cleanText, waitDuration } from '../field.ts'
import {
  message_states,
  messageResponse,
  messageShape,
  receipt_statuses,
  writeReceipt,
} from './message.ts'
import {
  findPage,
  type MessageWait,
  type Page,
  type Query,
  readCursor,
  waitForMessage,
  writeCursor,
} from './page.ts'

/** Which messages a reader wants. */
export const messageFilters = {
  mobile: mobileField.optional(),
  account: z.string().optional(),
  state: message_states
    .optional()
    .meta(
      words(
        'Messages that reach the state later are listed later, also after the cursor.',
        '后来进入该状态的消息列在后面，在游标之后也会列出。',
      ),
    ),
  after: z
    .string()
    .optional()
    .meta(
      words('A next_cursor: returns only what came after it.', '一个 next_cursor：只列其后的。'),
    ),
}
export type MessageFilters = z.output<z.ZodObject<typeof messageFilters>>

/** What TUPU got and what stands on phones. */
export const listMessages = endpoint({
  id: 'message.list',
  methods: ['GET'],
  path: '/worlds/{world}/messages',
  from: ['path', 'query'],
  summary: {
    en: 'The messages TUPU received and what phones show, oldest first; with wait, responds as soon as there is one',
    zh: 'TUPU 收到了什么、手机上显示了什么，最早的在前；带 wait 时，一有消息就应答',
  },
  input: z.strictObject({
    world: z.string(),
    ...messageFilters,
    wait: waitDuration
      .optional()
      .meta(words('At most PT60S of real time.', '最多真实时间 PT60S。')),
  }),
  answer: z.object({
    items: z.array(messageShape),
    next_cursor: z.string(),
    dropped: z
      .literal(0)
      .meta(words('Messages are never deleted, unlike exchanges.', '消息从不丢弃，与日志不同。')),
  }),
  example: { input: { mobile: '{wang.mobile}', wait: 'PT5S' } },
  before(call) {
    const query = readQuery(call, call.input)
    if (isRefusal(query)) return query
    const page = findPage(call.db, query)
    const { wait = 0 } = call.input
    if (page.rows.length > 0 || (page.isLast && wait === 0)) return pageResponse(call, page)
    return pending<MessageWait>({
      ...query,
      cursor: page.cursor,
      until: call.world.real_now + wait,
    })
  },
  outside: (state: MessageWait, engine, hungUp) => waitForMessage(state, engine, hungUp),
  after(call, state, cursor) {
    return pageResponse(call, findPage(call.db, { ...state, cursor }))
  },
})

/** What is looked for; `field`: what stands before the names of fields in a refusal. */
export function readQuery(call: Call, input: MessageFilters, field = ''): Query | Refusal {
  const { world } = call
  const cursor = readCursor(input.after, world.resets)
  if (!cursor)
    return problem('invalid_field', {
      field: `${field}after`,
      reason: 'it is not a cursor of this list',
      fix: 'use next_cursor exactly as it was returned',
    })
  const account =
    input.account === undefined ? undefined : chooseAccount(call, input.account, `${field}account`)
  if (isRefusal(account)) return account
  return {
    world: world.world,
    epoch: world.epoch,
    mobile: input.mobile,
    eid: account?.eid,
    state: input.state,
    cursor,
  }
}

function pageResponse(call: Call, page: Page) {
  const items = []
  for (const row of page.rows) items.push(messageResponse(call, row))
  return { items, next_cursor: writeCursor(page.cursor), dropped: 0 }
}

export const messageReceipt = endpoint({
  id: 'message.receipt',
  methods: ['POST'],
  path: '/worlds/{world}/messages/{message}/receipt',
  from: ['path', 'json'],
  summary: {
    en: 'Report the outcome of a message as WeChat, for delivery: manual',
    zh: '让微信现在就给出消息的结果，用于 delivery: manual',
  },
  input: z.strictObject({
    world: z.string(),
    message: cleanText.meta(words('message or msgid_str.', 'message 或 msgid_str。')),
    status: receipt_statuses,
  }),
  answer: messageShape,
  refusals: [409],
  example: {
    input: { message: '{msgid}', status: 'success' },
    after: [
      { call: 'official_account.update', input: { appid: '{acme.appid}', delivery: 'manual' } },
      {
        call: 'message.send',
        input: { mobile: '{wang.mobile}', message: '欢迎加入' },
        take: { msgid: 'msgid_str' },
      },
    ],
  },
  handle(call) {
    const row = writeReceipt(call, call.input.message, call.input.status)
    return isRefusal(row) ? row : messageResponse(call, row)
  },
})
