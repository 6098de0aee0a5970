import { z } from 'zod'
import type { MessageRow } from '../../../db/schema.ts'
import { findTemplateMessage } from '../../../db/template-message.ts'
import type { Call } from '../../core/call.ts'
import { words } from '../../core/field.ts'
import { shownEid } from '../../tupu/account/eid.ts'
import { toIso } from '../../world/clock.ts'

export const message_states = z.enum([
  'sending',
  'refused',
  'accepted',
  'delivered',
  'failed',
  'unknown',
])

/** A message as the control API shows one: TUPU's record, and what WeChat put on the phone. */
export const shownMessage = z.object({
  message: z.string(),
  msgid_str: z.string().nullable(),
  eid: z.string(),
  state: message_states,
  reason: z.string().nullable(),
  answer: z.object({ errcode: z.int().nullable(), errmsg: z.string().nullable() }),
  mobile: z.string(),
  text: z.string().meta(words('The message as TUPU got it.', 'TUPU 收到的原文。')),
  title: z.string().nullable(),
  line: z.string().nullable().meta(words('The single line on the phone.', '手机上显示的那一行。')),
  keywords: z.record(z.string(), z.string()),
  url: z.string(),
  on_phone: z.boolean(),
  client_msg_id: z.string().nullable(),
  trace: z.string(),
  at: z.iso.datetime(),
})

const shownText = z.object({
  line: z.string().nullable(),
  keywords: z.record(z.string(), z.string()),
})

export async function showMessage(call: Call, row: MessageRow) {
  const { db, world } = call
  const sent =
    row.msgid === null ? undefined : await findTemplateMessage(db, world.epoch, row.msgid)
  // What an erased message said is the phone's alone.
  const isErased = row.erased_at !== null
  const shown = sent && !isErased ? shownText.parse(JSON.parse(sent.shown)) : undefined
  return {
    message: row.message,
    msgid_str: row.msgid,
    eid: await shownEid(call, row.eid),
    state: row.state,
    reason: row.reason,
    answer: { errcode: row.errcode, errmsg: row.errmsg },
    mobile: row.mobile,
    text: row.body,
    title: isErased ? null : (sent?.title ?? null),
    line: shown?.line ?? null,
    keywords: shown?.keywords ?? {},
    url: row.url,
    on_phone: sent?.on_phone === 1,
    client_msg_id: row.client_msg_id,
    trace: row.trace,
    at: toIso(row.created_at),
  }
}
