import { listAccounts } from '../../../db/account.ts'
import { listCallbacksOf } from '../../../db/callback.ts'
import { type Exchange, listExchangesBy, listTraceKeys } from '../../../db/exchange.ts'
import { findMessage } from '../../../db/message.ts'
import { listPushes } from '../../../db/push.ts'
import type { AccountRow, MessageRow, TemplateMessageRow } from '../../../db/schema.ts'
import { findTemplateMessage } from '../../../db/template-message.ts'
import { maskMobile, maskText } from '../../journal/mask.ts'
import { messageKey } from '../../tupu/message/message.ts'
import { toIso } from '../../world/clock.ts'
import { callerOf, readTrace } from '../../world/trace.ts'
import type { Scope } from '../../world/world.ts'
import { judgeSend } from '../audit/for-send.ts'
import { sentOf } from '../message/message.ts'
import type { Story, StoryItem } from './item.ts'
import {
  callbackItems,
  exchangeItem,
  fallBackItems,
  phoneItems,
  receiptItems,
  stepItems,
} from './item.ts'
import { RealTime } from './real-time.ts'

/** Of one trace so many exchanges are told: a send with all tries of its callback has ten. */
const exchanges_max = 100

/** Everything that is known of a trace, in the order in which it happened. Undefined: nothing is. */
export function storyOf(scope: Scope, trace: string): Story | undefined {
  const { db, world } = scope
  const { epoch } = world
  const keys = listTraceKeys(db, epoch, trace).reverse().slice(0, exchanges_max)
  const exchanges = listExchangesBy(db, { epoch, seqs: keys.map(({ seq }) => seq) }).reverse()
  const message = messageOf(scope, trace)
  const first = exchanges[0]
  if (!first && !message) return undefined
  const real = new RealTime(scope, exchanges)
  const account = accountOf(scope, trace, message)
  return {
    trace,
    at: toIso(message?.created_at ?? first?.at ?? 0),
    real_at: first ? toIso(first.real_at) : null,
    account: account?.key ?? null,
    mobile: message && message.mobile !== '' ? maskMobile(message.mobile) : null,
    client_msg_id: message?.client_msg_id ?? null,
    state: message?.state ?? null,
    text: message ? maskText(message.body) : null,
    items: itemsOf(scope, { exchanges, message, real }),
  }
}

interface Known {
  readonly exchanges: readonly Exchange[]
  readonly message: MessageRow | undefined
  readonly real: RealTime
}

/**
 * The call that came in, what was checked, what was asked elsewhere for it, what it led to; then what came later. Sources of what
 * came later stand side by side here.
 */
function itemsOf(scope: Scope, { exchanges, message, real }: Known): StoryItem[] {
  const came = exchanges.find(({ direction }) => direction === 'in')
  const asked = exchanges.filter((row) => row !== came && row.surface === 'gateway')
  const others = exchanges.filter((row) => row !== came && row.surface !== 'gateway')
  const steps = came ? stepItems(came, real) : []
  const msgid = message ? undefined : came && msgidIn(came)
  const sent = message
    ? sentOf(scope, message)
    : msgid && findTemplateMessage(scope.db, scope.world.epoch, msgid)
  const callbacks = message ? listCallbacksOf(scope.db, message) : []
  const seqOf = (trace: string) => listTraceKeys(scope.db, scope.world.epoch, trace).at(-1)?.seq
  const pushed = sent ? receiptPushes(scope, sent, exchanges) : []
  const later = [
    ...(sent ? receiptItems(sent, real) : []),
    ...[...others, ...pushed].map((row) => exchangeItem(row, real)),
    ...callbackItems(callbacks, real),
    ...(message ? fallBackItems(judgeSend(scope, message).fallBacks, { real, seqOf }) : []),
  ]
  return [
    ...(came ? [exchangeItem(came, real)] : []),
    ...steps.filter(({ of }) => of !== 'wechat' || asked.length === 0),
    ...asked.map((row) => exchangeItem(row, real)),
    ...steps.filter(({ of }) => of === 'wechat' && asked.length > 0),
    ...(sent ? phoneItems(sent, { isErased: message?.erased_at != null, real }) : []),
    ...(message ? [messageItem(message, real)] : []),
    ...later.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)),
  ]
}

/** Of a person's latest receipts so many are looked through for the one of a message. */
const receipts_max = 200

/** What was pushed of the message's end, where that came later and by itself: it has a trace of its own. */
function receiptPushes(
  { db, world }: Scope,
  { openid, msgid }: Pick<TemplateMessageRow, 'openid' | 'msgid'>,
  known: readonly Exchange[],
): Exchange[] {
  const { epoch } = world
  const event = 'TEMPLATESENDJOBFINISH'
  const at = {
    epoch,
    openid,
    event,
    after: undefined,
    order: 'newest',
    limit: receipts_max,
  } as const
  const own = listPushes(db, at).find(({ elements }) => elements.includes(`"${msgid}"`))
  if (!own || known.some(({ trace }) => trace === own.trace)) return []
  const keys = listTraceKeys(db, epoch, own.trace).slice(0, exchanges_max)
  return listExchangesBy(db, { epoch, seqs: keys.map(({ seq }) => seq) })
}

function messageItem(row: MessageRow, real: RealTime): StoryItem {
  const { message, msgid, state, reason, errcode, errmsg, state_at } = row
  const moment = real.moment(state_at)
  return { kind: 'message', message, msgid_str: msgid, state, reason, errcode, errmsg, ...moment }
}

/** What a call of WeChat's own surface was answered with, for whoever sends without TUPU. */
function msgidIn({ surface, response_body }: Exchange): string | undefined {
  if (surface !== 'wechat') return undefined
  return /"msgid":\s*"?(\d{15,19})/.exec(response_body.toString('utf8'))?.[1]
}

/** A message is named by the same instant and count as its trace. */
function messageOf(scope: Scope, trace: string): MessageRow | undefined {
  const { db, world } = scope
  const account = accountOf(scope, trace, undefined)
  const parts = readTrace(trace)
  if (!account || !parts) return undefined
  const { now, n } = parts
  const row = findMessage(db, world.epoch, messageKey({ now, ordinal: account.n, n }))
  return row?.trace === trace ? row : undefined
}

function accountOf(
  { db, world }: Scope,
  trace: string,
  message: MessageRow | undefined,
): AccountRow | undefined {
  const caller = readTrace(trace)?.caller
  return listAccounts(db, world.epoch).find(({ eid, appid }) => {
    if (message) return message.eid === eid
    const names = [eid, ...(appid === null ? [] : [appid])]
    return names.some((name) => callerOf(world, 'exchange', name) === caller)
  })
}
