import { z } from 'zod'
import {
  findLatestAttempt,
  findMessageByMsgid,
  findMessage as findMessageRow,
} from '../../../db/message.ts'
import type { MessageRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import { words } from '../../core/field.ts'
import { Int64, int64 } from '../../core/int64.ts'
import { meet } from '../../core/outcomes.ts'
import type { Refusal } from '../../core/refusal.ts'
import { isCleanText } from '../../core/request.ts'
import { toIso } from '../../world/clock.ts'
import { endpoint, ok, type TupuCaller } from '../endpoint.ts'
import { refuse } from '../errors.ts'
import { acceptsFirst } from './accept.ts'
import { optionalFields, sendInput } from './fields.ts'
import { keepRefused } from './message.ts'
import { beginSend, continueSend, endSend } from './send.ts'

/** One message to whoever registered the mobile at the account; WeChat's answer is passed on. */
export const sendMessage = endpoint({
  id: 'message.send',
  methods: ['POST'],
  path: '/messages',
  from: ['json'],
  summary: {
    en: 'Send a message to whoever registered a mobile',
    zh: '向登记了某个手机号的人发送消息',
  },
  credential: 'eid, live',
  input: sendInput,
  later: optionalFields,
  answer: z.object({
    errcode: z.literal(0),
    errmsg: z.literal('ok'),
    msgid: Int64,
    msgid_str: z.string(),
  }),
  refusals: [100010, 100012, 100013, 100016, 100015, 100014, 100011, 100031, 100032],
  example: {
    input: {
      mobile: '138 0013 8000',
      message: '欢迎加入，请完成入职登记',
      name: '王小雨',
      email: 'w@example.com',
      keywords: { keyword1: '王小雨' },
      url: 'https://hr.example.com/t/1',
      client_msg_id: 'order-17',
    },
    after: [{ call: 'association.create', input: { mobile: '13800138000' } }],
  },
  before: beginSend,
  outside: continueSend,
  after: endSend,
  refusalWrites: keepRefused,
})

const messageShape = z.object({
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

export const findMessage = endpoint({
  id: 'message.find',
  methods: ['GET'],
  path: '/messages',
  from: ['query'],
  summary: {
    en: 'The outcome of the latest attempt with a client_msg_id',
    zh: '某个 client_msg_id 最近一次发送的结果',
  },
  credential: 'eid',
  input: z.object({ client_msg_id: z.string().min(1) }),
  answer: messageShape,
  refusals: [47001, 100017],
  example: {
    input: { client_msg_id: 'order-18' },
    after: [
      {
        call: 'message.send',
        input: { mobile: '{wang.mobile}', message: '欢迎加入', client_msg_id: 'order-18' },
      },
    ],
  },
  handle(call) {
    const { db, world, caller, input } = call
    const { client_msg_id } = input
    const at = { epoch: world.epoch, eid: caller.account.eid, client_msg_id }
    const row = isCleanText(client_msg_id) ? findLatestAttempt(db, at) : undefined
    return row
      ? messageResponse(call, row)
      : refuseUnknown(client_msg_id, 'a client_msg_id of this account')
  },
})

export const getMessage = endpoint({
  id: 'message.get',
  methods: ['GET'],
  path: '/messages/{msgid}',
  from: ['path', 'query'],
  summary: { en: 'The outcome of a message, by its msgid', zh: '按 msgid 查询消息的结果' },
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
  answer: messageShape,
  refusals: [47001, 100017],
  example: {
    input: { msgid: '{msgid}' },
    after: [
      {
        call: 'message.send',
        input: { mobile: '{wang.mobile}', message: '欢迎加入' },
        take: { msgid: 'msgid_str' },
      },
    ],
  },
  handle(call) {
    const { db, world, caller, input } = call
    const find = acceptsFirst(call, caller.account) ? findMessageRow : findMessageByMsgid
    const row = isCleanText(input.msgid) ? find(db, world.epoch, input.msgid) : undefined
    return row?.eid === caller.account.eid
      ? messageResponse(call, row)
      : refuseUnknown(input.msgid, 'a msgid of this account')
  },
})

function refuseUnknown(actual: string, expected: string): Refusal {
  return refuse(100017, { rule: 'message.known', actual, expected })
}

/** Whose message it is, only its row says. */
function messageResponse(call: Call<TupuCaller, unknown>, row: MessageRow) {
  const { eid, appid } = call.caller.account
  const { openid, mobile } = row
  if (openid !== null) call.concern({ appid: appid ?? '', openid })
  else if (mobile !== '') call.concern({ eid, mobile })
  meet(call, `lookup.${row.state}`)
  const isFirst = acceptsFirst(call, call.caller.account)
  return {
    ...ok,
    msgid: isFirst || row.msgid === null ? null : int64(row.msgid),
    msgid_str: isFirst ? row.message : row.msgid,
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
