import { z } from 'zod'
import { listAccounts } from '../../../db/account.ts'
import { findMessage, findMessageByMsgid, listMessageKeys } from '../../../db/message.ts'
import type { MessageRow, TemplateMessageRow } from '../../../db/schema.ts'
import { findTemplateMessage, updateReceipt } from '../../../db/template-message.ts'
import type { Call } from '../../core/call.ts'
import { tellListeners } from '../../core/event.ts'
import { words } from '../../core/field.ts'
import { useOneOf } from '../../core/nearest.ts'
import { problem, unknownName } from '../../core/problem.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { readShown } from '../../core/shown.ts'
import { chatName } from '../../phone/chat.ts'
import { chooseOfficial } from '../../phone/choose.ts'
import { type PhoneMessage, readMessages } from '../../phone/message.ts'
import { shownEid } from '../../tupu/account/eid.ts'
import { finishReceipt, pushReceipt } from '../../wechat/message/receipt.ts'
import { officialAccountOf } from '../../wechat/official-account.ts'
import { toIso } from '../../world/clock.ts'
import type { Scope } from '../../world/world.ts'

/** What may become of a message. */
export const message_states = z.enum([
  'sending',
  'refused',
  'accepted',
  'delivered',
  'failed',
  'unknown',
])

/** A message as the control API shows one: TUPU's record, and what WeChat put on the phone. */
export const messageShape = z.object({
  message: z.string(),
  msgid_str: z.string().nullable(),
  eid: z.string(),
  state: message_states,
  reason: z.string().nullable(),
  answer: z.object({ errcode: z.int().nullable(), errmsg: z.string().nullable() }),
  mobile: z.string(),
  text: z.string().meta(words('The message as TUPU received it.', 'TUPU 收到的原文。')),
  title: z.string().nullable(),
  line: z
    .string()
    .nullable()
    .meta(
      words(
        "The template's first line as shown on the phone; null: it is not shown.",
        '手机上显示的模板第一行；null：没有显示。',
      ),
    ),
  keywords: z
    .record(z.string(), z.string())
    .meta(words('The values in the lines below it, by placeholder.', '其下各行中的值，按占位符。')),
  url: z.string(),
  on_phone: z.boolean(),
  client_msg_id: z.string().nullable(),
  trace: z.string(),
  at: z.iso.datetime(),
})

/** A message's row as the control API describes it. */
export function messageResponse(call: Call, row: MessageRow) {
  const { db, world } = call
  const sent = sentOf({ db, world }, row)
  // What an erased message said is the phone's alone.
  const onPhone = sent?.on_phone === 1 && row.erased_at === null ? sent : undefined
  const rendered = onPhone && readShown(onPhone.shown)
  return {
    message: row.message,
    msgid_str: row.msgid,
    eid: shownEid(call, row.eid),
    state: row.state,
    reason: row.reason,
    answer: { errcode: row.errcode, errmsg: row.errmsg },
    mobile: row.mobile,
    text: row.body,
    title: onPhone?.title ?? null,
    line: rendered?.line ?? null,
    keywords: rendered?.keywords ?? {},
    url: row.url,
    on_phone: sent?.on_phone === 1,
    client_msg_id: row.client_msg_id,
    trace: row.trace,
    at: toIso(row.created_at),
  }
}

/** What our own WeChat has of a message, though TUPU may not know. */
export function sentOf(
  { db, world }: Scope,
  { msgid, lost_msgid }: Pick<MessageRow, 'msgid' | 'lost_msgid'>,
): TemplateMessageRow | undefined {
  const named = lost_msgid ?? msgid
  return named === null ? undefined : findTemplateMessage(db, world.epoch, named)
}

/** What WeChat tells of a message that it has accepted. */
export const receipt_statuses = z.enum(['success', 'user_block', 'system_failed', 'freq_limit'])

/** Lets WeChat tell now what became of a message, named by its key or msgid. */
export function writeReceipt(
  call: Call,
  message: string,
  status: z.output<typeof receipt_statuses>,
): MessageRow | Refusal {
  const { db, world } = call
  const row = findMessage(db, world.epoch, message)
  const named = row ? row.msgid : message
  const sent = named === null ? undefined : findTemplateMessage(db, world.epoch, named)
  if (!sent) return noRecord(call, message, row)
  call.concern(sent)
  const { appid, openid, msgid } = sent
  if (sent.receipt !== null) return alreadyReported(sent.receipt)
  if (!findMessageByMsgid(db, world.epoch, msgid)) return noMessageOfTupu(call)
  // Another replica may have been first meanwhile.
  if (!updateReceipt(db, sent, { receipt: status, receipt_at: world.now })) {
    return alreadyReported('from another call')
  }
  finishReceipt(call, { appid, openid, msgid, status })
  const account = officialAccountOf(call, appid)
  if (account) pushReceipt(call, account, { openid, msgid, status })
  // Those who listen change the message's state: it is answered as they leave it.
  tellListeners(call)
  return findMessageByMsgid(db, world.epoch, msgid) ?? noMessageOfTupu(call)
}

function alreadyReported(receipt: string): Refusal {
  return problem('conflict', {
    field: 'message',
    reason: `its receipt has already arrived: ${receipt}`,
    fix: 'set delivery: manual before the send',
  })
}

function noRecord(call: Call, message: string, row: MessageRow | undefined): Refusal {
  if (!row) return unknownMessage(call, `the world has no message ${message}`)
  const reason =
    row.msgid === null
      ? 'WeChat has not accepted it'
      : 'our WeChat has no part in it: it went to a magic mobile or through a remote gateway'
  const fix = 'use message or msgid_str of an accepted message'
  return problem('conflict', { field: 'message', reason, fix })
}

function noMessageOfTupu(call: Call): Refusal {
  return unknownMessage(call, 'it was sent at the WeChat surface, not through TUPU')
}

const known_max = 100

/** The no to a message that there is not. */
export function unknownMessage(call: Call, reason: string): Refusal {
  const { db, world } = call
  const keys = listMessageKeys(db, { epoch: world.epoch, from: '', limit: known_max })
  const known = keys.map(({ message }) => message)
  const fix = known.length > 0 ? useOneOf(undefined, known) : 'send one first'
  return unknownName(call, { field: 'message', reason, fix })
}

/** A message in its conversation: who says it, and how the phone draws it. */
interface OnPhone {
  readonly from: { readonly name: string; readonly appid: string }
  readonly message: PhoneMessage
}

/** A message as the phone draws it, read as the phone reads it; null: it stands on none. */
export function readOnPhone(call: Call, message: string): OnPhone | null {
  const { db, world } = call
  const row = findMessage(db, world.epoch, message)
  const sent = row && sentOf(call, row)
  const [drawn] = sent ? readMessages(call, [sent.msgid]) : []
  const at = sent && chooseOfficial(call, sent.appid, listAccounts(db, world.epoch))
  return !drawn || !at || isRefusal(at) ? null : { from: chatName(at), message: drawn }
}
