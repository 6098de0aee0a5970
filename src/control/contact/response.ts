import { z } from 'zod'
import type { ListedContact } from '../../../db/contact.ts'
import type { MessageRow } from '../../../db/schema.ts'
import { words } from '../../core/field.ts'
import { toIso } from '../../world/clock.ts'
import { message_states } from '../message/message.ts'

export const channels = z.enum(['wechat', 'sms', 'email'])

/** What was tried to reach a recipient, whichever way. */
export const contactShape = z.object({
  channel: channels,
  contact: z
    .string()
    .meta(words('Its key; of WeChat, that of the message.', '键；微信渠道为消息的键。')),
  state: message_states.meta(
    words(
      'SMS and emails are delivered as soon as they were taken.',
      '短信和邮件一经接收即为 delivered。',
    ),
  ),
  errcode: z.int().nullable(),
  at: z.iso.datetime(),
  mobile: z.string().nullable().meta(words('Null: an email.', 'null：邮件。')),
  email: z
    .string()
    .nullable()
    .meta(words('Of a send, the address that it names.', '对微信发送，是其中给出的地址。')),
  from: z.string().nullable().meta(words('Null: the account of TUPU.', 'null：TUPU 账号。')),
  subject: z.string().nullable(),
  text: z.string(),
  msgid_str: z.string().nullable(),
  trace: z.string(),
})

export type ContactResponse = z.output<typeof contactShape>

/** A send, as one of the ways to reach somebody. */
export function sendResponse(row: MessageRow): ContactResponse {
  return {
    channel: 'wechat',
    contact: row.message,
    state: row.state,
    errcode: row.errcode,
    at: toIso(row.created_at),
    mobile: row.mobile,
    email: row.email === '' ? null : row.email,
    from: null,
    subject: null,
    text: row.body,
    msgid_str: row.msgid,
    trace: row.trace,
  }
}

/** An SMS or an e-mail. */
export function contactResponse(row: ListedContact): ContactResponse {
  return {
    channel: row.channel,
    contact: row.contact,
    state: 'delivered',
    errcode: 0,
    at: toIso(row.at),
    mobile: row.mobile,
    email: row.email,
    from: row.from,
    subject: row.channel === 'email' ? row.subject : null,
    text: row.text,
    msgid_str: null,
    trace: row.trace,
  }
}
