import { z } from 'zod'
import { findMessage, findMessageByMsgid } from '../../../db/message.ts'
import type { MessageRow } from '../../../db/schema.ts'
import { findTemplateMessage, updateReceipt } from '../../../db/template-message.ts'
import { endpoint } from '../../core/control-endpoint.ts'
import { tellListeners } from '../../core/event.ts'
import { words } from '../../core/field.ts'
import { problem } from '../../core/problem.ts'
import type { Refusal } from '../../core/refusal.ts'
import { finishReceipt } from '../../wechat/message/receipt.ts'
import { cleanText } from '../field.ts'
import { showMessage, shownMessage } from './show.ts'

const statuses = z.enum(['success', 'user_block', 'system_failed', 'freq_limit'])

export const messageReceipt = endpoint({
  id: 'message.receipt',
  methods: ['POST'],
  path: '/worlds/{world}/messages/{message}/receipt',
  from: ['path', 'json'],
  summary: {
    en: 'Let WeChat tell now what became of a message, for delivery: manual',
    zh: '让微信现在就给出消息的结果，用于 delivery: manual',
  },
  input: z.strictObject({
    world: z.string(),
    message: cleanText.meta(words('message or msgid_str.', 'message 或 msgid_str。')),
    status: statuses,
  }),
  answer: shownMessage,
  refusals: [409],
  example: { input: { message: '{message.msgid}', status: 'success' } },
  async handle(call) {
    const { db, world, input } = call
    const row = await findMessage(db, world.epoch, input.message)
    const msgid = row ? row.msgid : input.message
    const sent = msgid === null ? undefined : await findTemplateMessage(db, world.epoch, msgid)
    if (!sent) return noRecord(input.message, row)
    call.concern(sent)
    if (sent.receipt !== null) return cameAlready(sent.receipt)
    if (!(await findMessageByMsgid(db, world.epoch, sent.msgid))) return noMessageOfTupu()
    const written = { receipt: input.status, receipt_at: world.now }
    // Another replica may have been first meanwhile.
    if (!(await updateReceipt(db, sent, written))) return cameAlready('from another call')
    finishReceipt(call, {
      appid: sent.appid,
      openid: sent.openid,
      msgid: sent.msgid,
      status: input.status,
    })
    // Those who listen change the message's state: show it as they leave it.
    await tellListeners(call)
    const current = await findMessageByMsgid(db, world.epoch, sent.msgid)
    return current ? showMessage(call, current) : noMessageOfTupu()
  },
})

function cameAlready(receipt: string): Refusal {
  return problem('conflict', {
    field: 'message',
    reason: `its receipt came already: ${receipt}`,
    fix: 'set delivery: manual before the send',
  })
}

function noRecord(message: string, row: MessageRow | undefined): Refusal {
  const reason = !row
    ? `the world has no message ${message}`
    : row.msgid === null
      ? 'WeChat has not accepted it'
      : 'our WeChat has no part in it: it went to a magic mobile or through a remote gateway'
  const fix = 'use message or msgid_str of an accepted message'
  return problem(row ? 'conflict' : 'not_found', { field: 'message', reason, fix })
}

function noMessageOfTupu(): Refusal {
  const reason = 'it was sent at the WeChat surface, not through TUPU'
  return problem('not_found', { field: 'message', reason, fix: 'use a message of message.list' })
}
