import { z } from 'zod'
import { findLatestAttempt, findMessageByMsgid } from '../../../db/message.ts'
import type { MessageRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import { words } from '../../core/field.ts'
import { Int64, int64 } from '../../core/int64.ts'
import { isCleanText } from '../../core/request.ts'
import { toIso } from '../../world/clock.ts'
import { endpoint, ok, refuse, type TupuCaller } from '../endpoint.ts'

const answer = z.object({
  errcode: z.literal(0),
  errmsg: z.literal('ok'),
  msgid: Int64.nullable().meta(words('Null when it was refused.', '被拒绝时为 null。')),
  msgid_str: z.string().nullable(),
  client_msg_id: z.string().nullable(),
  state: z.enum(['sending', 'refused', 'accepted', 'delivered', 'failed', 'unknown']),
  reason: z.enum(['user_block', 'system_failed', 'freq_limit']).nullable(),
  wechat: z
    .object({ errcode: z.int(), errmsg: z.string() })
    .nullable()
    .meta(words("The send's answer; null while sending.", '发送的应答；正在发送时为 null。')),
  fall_back: z
    .boolean()
    .nullable()
    .meta(
      words(
        'Whether to use SMS or email instead; null while sending.',
        '是否应改发短信或邮件；正在发送时为 null。',
      ),
    ),
  created_at: z.iso.datetime(),
  state_at: z.iso.datetime(),
})

const refusals = [47001, 100017]

export const getMessage = endpoint({
  id: 'message.get',
  methods: ['GET'],
  path: '/messages/{msgid}',
  from: ['path', 'query'],
  summary: { en: 'What became of a message, by its msgid', zh: '按 msgid 查询消息的结果' },
  credential: 'eid',
  input: z.object({
    msgid: z
      .string()
      .meta(
        words(
          'A msgid or msgid_str of message.send.',
          'message.send 应答中的 msgid 或 msgid_str。',
        ),
      ),
  }),
  answer,
  refusals,
  example: { input: { msgid: '{message.msgid}' } },
  async handle(call) {
    const { db, world, caller, input } = call
    const row = isCleanText(input.msgid)
      ? await findMessageByMsgid(db, world.epoch, input.msgid)
      : undefined
    if (row?.eid !== caller.account.eid) {
      return refuse(100017, {
        rule: 'message.known',
        actual: input.msgid,
        expected: 'a msgid of this account',
      })
    }
    return show(call, row)
  },
})

export const findMessage = endpoint({
  id: 'message.find',
  methods: ['GET'],
  path: '/messages',
  from: ['query'],
  summary: {
    en: 'What became of the latest attempt with a client_msg_id',
    zh: '某个 client_msg_id 最近一次发送的结果',
  },
  credential: 'eid',
  input: z.object({ client_msg_id: z.string().min(1) }),
  answer,
  refusals,
  example: { input: { client_msg_id: 'order-16' } },
  async handle(call) {
    const { db, world, caller, input } = call
    const { client_msg_id } = input
    const at = { epoch: world.epoch, eid: caller.account.eid, client_msg_id }
    const row = isCleanText(client_msg_id) ? await findLatestAttempt(db, at) : undefined
    if (!row) {
      return refuse(100017, {
        rule: 'message.known',
        actual: client_msg_id,
        expected: 'a client_msg_id of this account',
      })
    }
    return show(call, row)
  },
})

/** Whose message it is, only its row says. */
function show(call: Call<TupuCaller, unknown>, row: MessageRow) {
  const { eid, appid } = call.caller.account
  const { openid, mobile } = row
  if (openid !== null) call.concern({ appid: appid ?? '', openid })
  else if (mobile !== '') call.concern({ eid, mobile })
  return {
    ...ok,
    msgid: row.msgid === null ? null : int64(row.msgid),
    msgid_str: row.msgid,
    client_msg_id: row.client_msg_id,
    state: row.state,
    reason: row.reason,
    wechat: row.errcode === null ? null : { errcode: row.errcode, errmsg: row.errmsg },
    fall_back:
      row.state === 'sending' ? null : row.state !== 'accepted' && row.state !== 'delivered',
    created_at: toIso(row.created_at),
    state_at: toIso(row.state_at),
  }
}
