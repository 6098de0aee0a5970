import {
  type FreshMessage,
  findMessageByMsgid,
  insertMessage,
  settleMessage,
  updateMessage,
} from '../../../db/message.ts'
import type { AccountRow, MessageRow, NewMessage } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import type { EventListener, ReceiptEvent } from '../../core/event.ts'
import { int64 } from '../../core/int64.ts'
import type { Refusal } from '../../core/refusal.ts'
import { cleanText } from '../../core/request.ts'
import { nameAddress } from '../../world/address.ts'
import { beijingText, sameFor } from '../../world/clock.ts'
import { accountViewOf, keepFirstAccepted } from '../account/account.ts'
import { notifyPlatform } from '../callback/callback.ts'
import { ok, type TupuCaller } from '../endpoint.ts'
import type { Facts } from '../gateway/facts.ts'
import type { TemplateSend } from '../gateway/local.ts'
import { readMobile } from '../mobile.ts'
import { isClientMsgId, type MessageDraft, readKeywords } from './fields.ts'

/** Codes after which nobody knows whether WeChat sent the message. */
export const unknown_codes: readonly number[] = [100031, 100032]

/** Fixed width, sorts by time, unique in the world: milliseconds, the account's ordinal, its nth exchange. */
export function messageKey(of: { now: number; ordinal: number; n: number }): string {
  return instantDigits(of.now) + digits(of.ordinal, 2) + digits(of.n, 9)
}

/** Many messages share an instant, and its digits take longer than all else of a key. */
const instantDigits = sameFor(1, (now) => digits(now, 13))

function digits(value: number, width: number): string {
  return String(value).padStart(width, '0')
}

/** The parts of a message key. */
export function readMessageKey(key: string): { now: number; ordinal: number; n: number } {
  const part = (from: number, to?: number) => Number(key.slice(from, to))
  return { now: part(0, 13), ordinal: part(13, 15), n: part(15) }
}

type SendCall = Call<TupuCaller, unknown>
type End = Pick<
  MessageRow,
  'openid' | 'msgid' | 'state' | 'reason' | 'errcode' | 'errmsg' | 'sending_until' | 'lost_msgid'
>

/** Keeps a send that passed TUPU's own checks, with how it ended so far. Returns its key. */
export function keepMessage(call: SendCall, draft: MessageDraft, end: End): string {
  const { world } = call
  if (draft.forgets !== null) {
    const forgotten = { epoch: world.epoch, message: draft.forgets }
    updateMessage(call.db, forgotten, { remembered: null })
  }
  const row = rowOf(call, call.caller, end, {
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
  insertMessage(call.db, row)
  nameAddress(call, row)
  call.wrote(row.message)
  if (end.msgid !== null) keepFirstAccepted(call, call.caller.account, row.created_at)
  notifyPlatform(call, call.caller.account, row)
  return row.message
}

/** How a message stands that is on its way, until a real instant. */
export function sendingEnd(openid: string, sending_until: number): End {
  const unknown = { msgid: null, reason: null, errcode: null, errmsg: null, lost_msgid: null }
  return { openid, ...unknown, state: 'sending', sending_until }
}

/** A refusal after which nobody knows what WeChat did: whoever repeats the send gets the same answer, as after a real silence. */
export function keepUnknown(call: SendCall, draft: MessageDraft, refusal: Refusal): Refusal {
  if (!unknown_codes.includes(refusal.code)) return refusal
  return {
    ...refusal,
    writes: () => {
      keepMessage(call, draft, refusedEnd(call, refusal))
    },
  }
}

/** How a message stands that WeChat accepted, by what its receipt says if it came at once. */
export function acceptedEnd(
  openid: string | null,
  { msgid, receipt, lost_msgid = null }: Accepted,
): End {
  const ok = { errcode: 0, errmsg: 'ok', sending_until: null } as const
  return { openid, msgid, ...stateOf(receipt), ...ok, lost_msgid }
}

/** What WeChat has said of a message that it accepted; `lost_msgid`: what it accepted it as in truth. */
interface Accepted {
  readonly msgid: string
  readonly receipt: ReceiptEvent['status'] | null
  readonly lost_msgid?: string | null | undefined
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
export function keepRefused(call: Call<TupuCaller | undefined, unknown>, refusal: Refusal): void {
  const { caller, fields } = call
  if (!caller) return
  const text = (name: string) => {
    const value = fields[name]
    return typeof value === 'string' ? cleanText(value) : ''
  }
  const id = fields['client_msg_id']
  const end = refusedEnd(call, refusal)
  const keywords = JSON.stringify(readKeywords(fields['keywords']) ?? {})
  const mobile = mobileIn(call.input) ?? readMobile(text('mobile'))
  const row = rowOf(call, caller, end, {
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
  insertMessage(call.db, row)
  nameAddress(call, row)
  call.wrote(row.message)
  if (mobile !== undefined) call.concern({ eid: caller.account.eid, mobile })
}

/** The mobile that was found for a person who was named otherwise. */
function mobileIn(input: unknown): string | undefined {
  const { mobile } = input as { readonly mobile?: unknown }
  return typeof mobile === 'string' && mobile.startsWith('+') ? mobile : undefined
}

/** How a message stands that was refused, or whose end nobody knows. */
export function refusedEnd(
  call: Pick<Call, 'trace' | 'world'>,
  refusal: Pick<Refusal, 'code' | 'text' | 'complete' | 'lost_msgid'>,
): End {
  const at = { trace: call.trace(), now: call.world.now }
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
    lost_msgid: refusal.lost_msgid ?? null,
  }
}

function rowOf(
  call: Pick<Call, 'world' | 'ordinal' | 'trace'>,
  { account }: TupuCaller,
  end: End,
  content: Omit<
    NewMessage,
    keyof End | 'epoch' | 'message' | 'trace' | 'eid' | 'created_at' | 'state_at'
  >,
): FreshMessage {
  const { world } = call
  const n = call.ordinal()
  return {
    epoch: world.epoch,
    message: messageKey({ now: world.now, ordinal: account.n, n }),
    trace: call.trace(),
    eid: account.eid,
    created_at: world.now,
    state_at: world.now,
    ...content,
    ...end,
  } as FreshMessage
}

/** WeChat tells what became of a message that TUPU sent: its state follows, and the platform is told. */
export const followReceipt: EventListener = (call, event) => {
  const { db, world } = call
  if (event.event !== 'TEMPLATESENDJOBFINISH') return
  const row = findMessageByMsgid(db, world.epoch, event.msgid)
  if (row?.state !== 'accepted') return
  const state = stateOf(event.status)
  settleMessage(db, row, { ...state, state_at: world.now })
  const view = accountViewOf(call, row.eid)
  if (view) notifyPlatform(call, view.account, { ...row, ...state })
}

/** The answer of a send that WeChat accepted: its exact digits, as a number and as text. */
export function acceptedResponse(msgid: string) {
  return { ...ok, msgid: int64(msgid), msgid_str: msgid }
}

/** To whom a send goes, and the name that the message calls them by. */
export interface Recipient {
  readonly openid: string
  readonly name: string
}

/** The send in WeChat's words: every keyword gets the platform's text, or what the account's binding says. */
export function composeSend(of: {
  draft: MessageDraft
  account: Pick<AccountRow, 'company' | 'template_id'>
  recipient: Recipient
  facts: Facts
  now: number
}): TemplateSend {
  const { draft, account, recipient, facts } = of
  const values = {
    message: draft.text,
    name: recipient.name,
    company: account.company,
    time: beijingText(of.now),
    empty: '',
  }
  const data: Record<string, { value: string }> = {}
  const binding = facts.template?.binding ?? {}
  for (const key in binding)
    data[key] = { value: draft.keywords[key] ?? values[binding[key] ?? 'empty'] }
  const template_id = facts.template?.template_id ?? account.template_id ?? ''
  return { touser: recipient.openid, template_id, url: draft.url || undefined, data }
}
