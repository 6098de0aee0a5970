import { z } from 'zod'
import { listAccounts } from '../../db/account.ts'
import { findPush, listPushes as listPushRows, type PushFilter } from '../../db/push.ts'
import type { OfficialAccountRow, PushRow } from '../../db/schema.ts'
import type { Call } from '../core/call.ts'
import { endpoint } from '../core/control-endpoint.ts'
import type { EarlierCall } from '../core/endpoint.ts'
import { words } from '../core/field.ts'
import { useOneOf } from '../core/nearest.ts'
import { problem, refusedAt, unknownName } from '../core/problem.ts'
import { isRefusal, type Refusal } from '../core/refusal.ts'
import { accountKeyOf, chooseOfficial } from '../phone/choose.ts'
import { accountKey } from '../phone/field.ts'
import { officialAccountOf } from '../wechat/official-account.ts'
import { pushAgain } from '../wechat/push/push.ts'
import { plainXml } from '../wechat/push/request.ts'
import { toIso, toUnixSeconds } from '../world/clock.ts'
import { cleanText } from './field.ts'

const page_max = 100
const states = z.enum(['pending', 'delivered', 'failed'])

/** A push with its tries. */
export const pushShape = z.object({
  push: z.string(),
  account: accountKey,
  appid: z.string(),
  openid: z.string(),
  event: z
    .string()
    .meta(words('The Event, or for a message its MsgType.', 'Event；消息则为 MsgType。')),
  msgid_str: z
    .string()
    .nullable()
    .meta(words('The MsgId of a message; null for an event.', '消息的 MsgId；null：它是事件。')),
  state: states.meta(
    words(
      'failed: no attempts are left, or the answer was invalid; push.redeliver starts over.',
      'failed：已没有剩余的尝试，或应答不合法；push.redeliver 可重新开始。',
    ),
  ),
  xml: z
    .string()
    .meta(
      words('The content in plain text, whatever the mode.', '所发内容的明文，与加密模式无关。'),
    ),
  tries: z.int(),
  tries_left: z.int(),
  due_at: z.iso
    .datetime()
    .nullable()
    .meta(words('The next attempt; null: there is none.', '下一次尝试；null：没有了。')),
  created_at: z.iso.datetime(),
  last_at: z.iso.datetime().nullable(),
  last_status: z.int().nullable().meta(words('Null: no answer came.', 'null：没有应答。')),
  last_error: z
    .string()
    .nullable()
    .meta(
      words(
        'What was wrong with the last attempt, or with the answer.',
        '最近一次尝试或其应答有何问题。',
      ),
    ),
  answer: z
    .string()
    .nullable()
    .meta(
      words(
        'nothing (empty or success), transfer (to customer service), or the type of the reply message.',
        'nothing（空或 success）、transfer（转客服），或回复消息的类型。',
      ),
    ),
  trace: z
    .string()
    .meta(
      words(
        'Of the call that caused it: the attempts are recorded under it in the journal.',
        '引起它的调用的 trace：各次尝试在记录中归于它。',
      ),
    ),
})

/** What the list of pushes can be narrowed down to. */
export const pushFilters = {
  account: cleanText
    .optional()
    .meta(
      words('Key, EID or appid. Default: all accounts.', 'key、EID 或 appid；不填则为全部账号。'),
    ),
  openid: cleanText.optional(),
  event: cleanText
    .optional()
    .meta(
      words(
        'The Event, or for a message its MsgType, as WeChat spells it.',
        'Event，消息则为 MsgType，大小写与微信一致。',
      ),
    ),
  state: states.optional(),
}

/** A server that cannot be reached, and what a person wrote to it. */
const failed: readonly EarlierCall[] = [
  {
    call: 'account.create',
    input: { key: 'initech', company: '首创软件', server: { url: 'http://127.0.0.1:9/' } },
  },
  { call: 'phone.follow', input: { person: 'li', account: 'initech' } },
  { call: 'phone.text', input: { person: 'li', account: 'initech', content: '在吗' } },
  { call: 'clock.advance', input: { by: 'PT1M' } },
]
const taken: readonly EarlierCall[] = [
  ...failed,
  { call: 'push.list', take: { push: 'items.0.push' } },
]

/** What was pushed, and what is still to be. */
export const listPushes = endpoint({
  id: 'push.list',
  methods: ['GET'],
  path: '/worlds/{world}/pushes',
  from: ['path', 'query'],
  summary: {
    en: 'Pushes from WeChat to the servers of official accounts, in order, with their attempts',
    zh: '微信向公众号服务器推送的内容，按发生的先后，附各次尝试',
  },
  input: z.strictObject({
    world: z.string(),
    ...pushFilters,
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
  answer: z.object({ items: z.array(pushShape), next_cursor: z.string() }),
  example: { input: { account: 'initech' }, after: failed },
  handle(call) {
    const { db, world, input } = call
    const filter = readPushFilter(call, input)
    if (isRefusal(filter)) return filter
    // A cursor of an earlier life begins anew: ids are the same in each.
    const [life, reached = ''] = input.after?.split('.') ?? []
    const after = life === String(world.resets) ? reached : ''
    const { order } = input
    const at = { ...filter, epoch: world.epoch, after: after || undefined }
    const rows = listPushRows(db, { ...at, order, limit: page_max })
    const items = rows.map((row) => pushResponse(call, row))
    return { items, next_cursor: `${world.resets}.${rows.at(-1)?.push ?? after}` }
  },
})

/** The filters as the store takes them; `prefix`: what stands before their names in a refusal. */
export function readPushFilter(
  call: Call,
  { account, openid, event, state }: z.output<z.ZodObject<typeof pushFilters>>,
  prefix = '',
): PushFilter | Refusal {
  if (account === undefined) return { openid, event, state }
  const chosen = chooseOfficial(call, account, listAccounts(call.db, call.world.epoch))
  if (isRefusal(chosen)) return refusedAt(chosen, `${prefix}account`)
  return { appid: chosen.appid, openid, event, state }
}

const pushInput = z.strictObject({ world: z.string(), push: cleanText })

export const getPush = endpoint({
  id: 'push.get',
  methods: ['GET'],
  path: '/worlds/{world}/pushes/{push}',
  from: ['path'],
  summary: { en: 'One push, with its attempts', zh: '一次推送及其各次尝试' },
  input: pushInput,
  answer: pushShape,
  example: { input: { push: '{push}' }, after: taken },
  handle(call) {
    const row = choosePush(call)
    return isRefusal(row) ? row : pushResponse(call, row)
  },
})

export const redeliverPush = endpoint({
  id: 'push.redeliver',
  methods: ['POST'],
  path: '/worlds/{world}/pushes/{push}/redeliver',
  from: ['path', 'json'],
  summary: {
    en: 'Push it again now, with the same MsgId and all attempts',
    zh: '现在再次推送，MsgId 不变，重新开始全部尝试',
  },
  input: pushInput,
  answer: pushShape,
  refusals: [409],
  example: { input: { push: '{push}' }, after: taken },
  handle(call) {
    const row = choosePush(call)
    if (isRefusal(row)) return row
    if (accountOf(call, row)?.server_url == null) {
      const reason = `${row.appid} has no server any more`
      const fix = 'give it one with official_account.update'
      return problem('conflict', { field: 'push', reason, fix })
    }
    return pushResponse(call, pushAgain(call, row))
  },
})

function choosePush(call: Call<unknown, z.output<typeof pushInput>>): PushRow | Refusal {
  const { db, world, input } = call
  const { epoch } = world
  const row = findPush(db, epoch, input.push)
  if (row) {
    call.concern(row)
    return row
  }
  const newest = { epoch, after: undefined, order: 'newest', limit: page_max } as const
  const known = listPushRows(db, newest).map(({ push }) => push)
  const reason = `the world has no push ${input.push}`
  const fix =
    known.length > 0 ? useOneOf(input.push, known) : 'write to an account with a server first'
  return unknownName(call, { field: 'push', reason, fix })
}

function accountOf(call: Call, { appid }: PushRow): OfficialAccountRow | undefined {
  return officialAccountOf(call, appid)
}

export function pushResponse(call: Call, row: PushRow): z.output<typeof pushShape> {
  const { push, appid, openid, event, msgid, state, tries, tries_left, due_at, last_at } = row
  const original_id = accountOf(call, row)?.original_id ?? ''
  const created = toUnixSeconds(row.created_at)
  return {
    push,
    account: accountKeyOf(call, appid),
    appid,
    openid,
    event,
    msgid_str: msgid,
    state,
    xml: plainXml({ original_id, openid, created, fields: JSON.parse(row.elements) }),
    tries,
    tries_left,
    due_at: due_at === null ? null : toIso(due_at),
    created_at: toIso(row.created_at),
    last_at: last_at === null ? null : toIso(last_at),
    last_status: row.last_status,
    last_error: row.last_error,
    answer: row.answer,
    trace: row.trace,
  }
}
