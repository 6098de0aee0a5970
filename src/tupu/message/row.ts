import {
  type FreshMessage,
  findMessageByMsgid,
  insertMessage,
  updateMessage,
} from '../../../db/message.ts'
import type { MessageRow, NewMessage } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import type { EventListener, ReceiptEvent } from '../../core/event.ts'
import type { Refusal } from '../../core/refusal.ts'
import { cleanText } from '../../core/request.ts'
import { accountViewOf } from '../account.ts'
import { tellPlatform } from '../callback/event.ts'
import type { TupuCaller } from '../endpoint.ts'
import { readMobile } from '../mobile.ts'
import { readKeywords } from './keyword.ts'
import { isClientMsgId } from './repeat.ts'

/** A send whose fields are all in order. */
export interface MessageDraft {
  /** E.164. */
  readonly mobile: string
  readonly text: string
  readonly client_msg_id: string | null
  readonly body_hash: string | null
  /** A message that held the client_msg_id longer ago than it is remembered. */
  readonly forgets: string | null
  readonly keywords: Readonly<Record<string, string>>
  readonly name: string
  readonly email: string
  readonly url: string
}

/** Codes after which nobody knows whether WeChat sent the message. */
export const unknown_codes: readonly number[] = [100031, 100032]

/** Fixed width, sorts by time, unique in the world: milliseconds, the account's ordinal, its nth exchange. */
export function messageKey(of: { now: number; ordinal: number; n: number }): string {
  return `${String(of.now).padStart(13, '0')}${String(of.ordinal).padStart(2, '0')}${String(of.n).padStart(9, '0')}`
}

/** The parts of a message key. */
export function readMessageKey(key: string): { now: number; ordinal: number; n: number } {
  return {
    now: Number(key.slice(0, 13)),
    ordinal: Number(key.slice(13, 15)),
    n: Number(key.slice(15)),
  }
}

type SendCall = Call<TupuCaller, unknown>
type End = Pick<
  MessageRow,
  'openid' | 'msgid' | 'state' | 'reason' | 'errcode' | 'errmsg' | 'sending_until'
>

/** Keeps a send that passed TUPU's own checks, with how it ended so far. Returns its key. */
export async function keepMessage(call: SendCall, draft: MessageDraft, end: End): Promise<string> {
  const { world } = call
  if (draft.forgets !== null) {
    await updateMessage(
      call.db,
      { epoch: world.epoch, message: draft.forgets },
      { remembered: null },
    )
  }
  const row = await rowOf(call, call.caller, end, {
    client_msg_id: draft.client_msg_id,
    remembered: end.state === 'refused' ? null : draft.client_msg_id,
    body_hash: draft.body_hash,
    mobile: draft.mobile,
    name: draft.name,
    email: draft.email,
    body: draft.text,
    keywords: JSON.stringify(draft.keywords),
    url: draft.url,
  })
  await insertMessage(call.db, row)
  call.wrote(row.message)
  const { account } = call.caller
  if (account.callback_url !== null) await tellPlatform(call, account, row)
  return row.message
}

/** How a message stands that WeChat accepted, by what its receipt says if it came at once. */
export function acceptedEnd(
  openid: string | null,
  msgid: string,
  receipt: ReceiptEvent['status'] | null,
): End {
  return { openid, msgid, ...stateOf(receipt), errcode: 0, errmsg: 'ok', sending_until: null }
}

function stateOf(receipt: ReceiptEvent['status'] | null): Pick<MessageRow, 'state' | 'reason'> {
  if (receipt === null) return { state: 'accepted', reason: null }
  return receipt === 'success'
    ? { state: 'delivered', reason: null }
    : { state: 'failed', reason: receipt }
}

/** Of the keywords of a refused send, as JSON: more than any template shows. */
const keywords_length_max = 10_000

/** The row that every refusal leaves, once the account is known. Its fields are kept as sent, as far as a row can hold them. */
export async function keepRefused(
  call: Call<TupuCaller | undefined, unknown>,
  refusal: Refusal,
): Promise<void> {
  const { caller, fields } = call
  if (!caller) return
  const text = (name: string) => {
    const value = fields[name]
    return typeof value === 'string' ? cleanText(value) : ''
  }
  const id = fields['client_msg_id']
  const end = await refusedEnd(call, refusal)
  const keywords = JSON.stringify(readKeywords(fields['keywords']) ?? {})
  const mobile = readMobile(text('mobile'))
  const row = await rowOf(call, caller, end, {
    client_msg_id: typeof id === 'string' && isClientMsgId(id) ? id : null,
    remembered: null,
    body_hash: null,
    mobile: mobile ?? text('mobile'),
    name: text('name'),
    email: text('email'),
    body: text('message'),
    keywords: keywords.length <= keywords_length_max ? keywords : '{}',
    url: text('url'),
  })
  await insertMessage(call.db, row)
  call.wrote(row.message)
  if (mobile !== undefined) call.concern({ eid: caller.account.eid, mobile })
}

/** How a message stands that was refused, or whose end nobody knows. */
export async function refusedEnd(
  call: Pick<Call, 'trace' | 'world'>,
  refusal: Pick<Refusal, 'code' | 'text' | 'complete'>,
): Promise<End> {
  const at = { trace: await call.trace(), now: call.world.now }
  const errmsg = refusal.complete?.(refusal.text, at) ?? refusal.text
  const state = unknown_codes.includes(refusal.code) ? 'unknown' : 'refused'
  return {
    openid: null,
    msgid: null,
    state,
    reason: null,
    errcode: refusal.code,
    errmsg: cleanText(errmsg),
    sending_until: null,
  }
}

async function rowOf(
  call: Pick<Call, 'world' | 'ordinal' | 'trace'>,
  { account }: TupuCaller,
  end: End,
  content: Omit<
    NewMessage,
    keyof End | 'epoch' | 'message' | 'trace' | 'eid' | 'created_at' | 'state_at'
  >,
): Promise<FreshMessage> {
  const { world } = call
  const n = await call.ordinal()
  return {
    epoch: world.epoch,
    message: messageKey({ now: world.now, ordinal: account.n, n }),
    trace: await call.trace(),
    eid: account.eid,
    created_at: world.now,
    state_at: world.now,
    ...content,
    ...end,
  } as FreshMessage
}

/** WeChat tells what became of a message that TUPU sent: its state follows, and the platform is told. */
export const followReceipt: EventListener = async (call, event) => {
  const { db, world } = call
  if (event.event !== 'TEMPLATESENDJOBFINISH') return
  const row = await findMessageByMsgid(db, world.epoch, event.msgid)
  if (row?.state !== 'accepted') return
  const state = stateOf(event.status)
  await updateMessage(db, row, { ...state, state_at: world.now })
  const view = await accountViewOf(call, row.eid)
  if (view) await tellPlatform(call, view.account, { ...row, ...state })
}
