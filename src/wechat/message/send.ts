import { hash } from 'node:crypto'
import { countSend } from '../../../db/official-account.ts'
import type { FollowerRow, OfficialAccountRow, TemplateRow } from '../../../db/schema.ts'
import { findClientTemplateMessage, insertTemplateMessage } from '../../../db/template-message.ts'
import { topics } from '../../../db/topic.ts'
import type { Call } from '../../core/call.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { isCleanText } from '../../core/request.ts'
import { beijingDay, toIso } from '../../world/clock.ts'
import type { Scope } from '../../world/world.ts'
import { refuse, type WechatCaller } from '../caller.ts'
import { followerOf } from '../follower.ts'
import { isAppid, linkedMiniprograms } from '../official-account.ts'
import { keywordsByName, renderTemplate } from '../template/content.ts'
import { activeTemplate, constValuesOf } from '../template/template.ts'
import { checkTemplateData, readTemplateData } from '../template/value-type.ts'
import { pushReceipt, type Receipt, receiptOf } from './receipt.ts'

/** What a send says; the form of all but the first two is looked at here. */
interface SendInput {
  readonly touser: string
  readonly template_id: string
  readonly url?: unknown
  readonly miniprogram?: unknown
  readonly client_msg_id?: unknown
  readonly data?: unknown
}

type SendCall = Call<WechatCaller, unknown>

/** What WeChat says of a message that it accepted; `receipt`: what it tells later, where it tells it at once. */
export interface Sent {
  readonly msgid: string
  readonly receipt: Receipt | null
}

/** Sends a template message for the caller's account. What its receipt says is for the sender to tell or to use. */
export function sendTemplateMessage(call: SendCall, send: SendInput): Sent | Refusal {
  const checked = checkSend(call, send)
  return isRefusal(checked) ? checked : acceptOnce(call, send, checked)
}

/** A send that nothing speaks against. */
interface Checked {
  readonly follower: FollowerRow
  readonly template: TemplateRow
  readonly data: ReadonlyMap<string, string>
}

/** Template, receiver, mini program and data, in WeChat's order as far as reports show one. */
function checkSend(call: SendCall, send: SendInput): Checked | Refusal {
  const { caller, steps } = call
  const template = activeTemplate(call, caller.account, send.template_id)
  if (isRefusal(template)) return template
  const follower = followerOf(call, caller.account, send.touser)
  if (isRefusal(follower)) return follower
  steps.push('template.known', 'follower.known')
  const no = refuseFollower(follower) ?? refuseMiniprogram(caller.account, send.miniprogram)
  if (no) return no
  const data = readTemplateData(send.data)
  const unfit = refuseData(caller.account, template, data)
  if (unfit) return unfit
  steps.push('follower.following', 'data.valid')
  return { follower, template, data }
}

/** The refusal of a send to whoever does not get one. */
export function refuseFollower(follower: FollowerRow): Refusal | undefined {
  const { state, person, appid, openid } = follower
  const row = { openid, state }
  const input = { person, account: appid }
  if (state === 'never' || state === 'unfollowed') {
    return refuse(43004, {
      rule: 'follower.following',
      row,
      actual: state,
      expected: 'following',
      fix: { call: 'phone.follow', input },
    })
  }
  if (follower.blacklisted_at !== null) return refuseBlacklisted(follower)
  if (state === 'muted') {
    return refuse(43101, {
      rule: 'follower.unmuted',
      row,
      actual: state,
      expected: 'following',
      fix: { call: 'phone.unmute', input },
    })
  }
  return undefined
}

/** What every send to somebody on the account's blacklist is answered. No control call takes anybody off it. */
export function refuseBlacklisted({ openid, blacklisted_at }: FollowerRow): Refusal {
  return refuse(43019, {
    rule: 'follower.not_blacklisted',
    row: { openid, blacklisted_at: toIso(blacklisted_at ?? 0) },
    actual: 'blacklisted',
    expected: 'taken off by tags/members/batchunblacklist',
  })
}

/** `null`, `""`, `[]` and an empty appid are what SDKs send for "no mini program". */
export function refuseMiniprogram(
  account: OfficialAccountRow,
  miniprogram: unknown,
): Refusal | undefined {
  if (typeof miniprogram !== 'object' || miniprogram === null || Array.isArray(miniprogram))
    return undefined
  const { appid, pagepath, path } = miniprogram as {
    appid?: unknown
    pagepath?: unknown
    path?: unknown
  }
  if (appid === undefined || appid === null || appid === '') return undefined
  if (typeof appid !== 'string' || !isAppid(appid)) {
    return refuse(40013, {
      rule: 'miniprogram.appid',
      actual: appid,
      expected: 'wx and 16 hex digits',
    })
  }
  const linked = linkedMiniprograms(account)
  if (!linked.includes(appid)) {
    const input = { appid: account.appid, miniprograms: [...linked, appid] }
    return refuse(40013, {
      rule: 'miniprogram.linked',
      actual: appid,
      expected: linked,
      fix: { call: 'official_account.update', input },
    })
  }
  // Some clients call it path.
  const page = pagepath || path
  if (typeof page !== 'string' || /^(?:index)?(?:\?|$)/.test(page)) {
    return refuse(40165, {
      rule: 'miniprogram.pagepath',
      actual: page ?? null,
      expected: 'a page such as pages/index/index',
    })
  }
  return undefined
}

function refuseData(
  { kind }: OfficialAccountRow,
  template: TemplateRow,
  data: Checked['data'],
): Refusal | undefined {
  const constValues = constValuesOf(template)
  // The sandbox takes any value (a field report of 40 characters in a thing).
  const fault =
    kind === 'sandbox'
      ? undefined
      : checkTemplateData({ content: template.content, data, constValues })
  if (!fault) return undefined
  const step = {
    rule: 'data.valid',
    actual: { [fault.name]: data.get(fault.name) ?? null },
    expected: `a value fit for ${fault.name}`,
  }
  return refuse(47003, step, { ...fault })
}

/** A client's own id stands for one message to one openid for so long. */
const client_msg_id_ms = 600_000
/** A longer one is kept as its hash. */
const client_msg_id_length_max = 64

/** Accepts a message, unless the client's own id says that it is one of the last ten minutes. */
function acceptOnce(
  call: SendCall,
  send: Pick<SendInput, 'url' | 'client_msg_id'>,
  checked: Checked,
): Sent {
  const client_msg_id = ownId(send.client_msg_id)
  const url = ownText(send.url) ?? ''
  if (client_msg_id === null) return accept(call, checked, { client_msg_id, url })
  const earlier = findEarlier(call, checked.follower, client_msg_id)
  if (earlier !== undefined) return earlier
  const msgid = drawMsgid(call, call.caller.account)
  // Another replica may have accepted it meanwhile; from the drawing on nobody else does at this account.
  const meanwhile = findEarlier(call, checked.follower, client_msg_id)
  return meanwhile ?? accept(call, checked, { client_msg_id, url, msgid })
}

function findEarlier(
  call: SendCall,
  { openid }: FollowerRow,
  client_msg_id: string,
): Sent | undefined {
  const { db, world } = call
  const earlier = findClientTemplateMessage(db, {
    epoch: world.epoch,
    openid,
    client_msg_id,
  })
  if (!earlier || world.now - earlier.accepted_at >= client_msg_id_ms) return undefined
  call.steps.push({ rule: 'client_msg_id.repeated', row: { msgid: earlier.msgid } })
  return { msgid: earlier.msgid, receipt: null }
}

function accept(
  call: SendCall,
  { follower, template, data }: Checked,
  own: { client_msg_id: string | null; url: string; msgid?: string },
): Sent {
  const { db, world, caller } = call
  const { account } = caller
  const { content } = template
  const { keywords, ...shown } = renderTemplate({ content, data, rules: account.rules })
  call.foresee()
  const msgid = own.msgid ?? drawMsgid(call, account)
  const receipt = receiptOf(account, follower, world.now)
  insertTemplateMessage(db, {
    epoch: world.epoch,
    msgid,
    appid: account.appid,
    openid: follower.openid,
    template_id: template.template_id,
    title: template.title,
    shown: JSON.stringify({ ...shown, keywords: keywordsByName(keywords) }),
    url: own.url,
    on_phone: follower.state === 'blocking' ? 0 : 1,
    accepted_at: world.now,
    client_msg_id: own.client_msg_id,
    ...receipt,
  })
  db.announce(world.epoch, topics.phone(follower.person))
  if (receipt.due_at !== null) db.announce(world.epoch, topics.due(receipt.due_at))
  const { receipt: status } = receipt
  if (status) pushReceipt(call, account, { openid: follower.openid, msgid, status })
  return { msgid, receipt: receipt.receipt }
}

/** The next msgid of an official account. */
export function drawMsgid(call: Scope, account: OfficialAccountRow): string {
  const { db, world } = call
  const { life } = countSend(db, {
    epoch: world.epoch,
    appid: account.appid,
    day: beijingDay(world.now),
  })
  return makeMsgid({ now: world.now, n: life, ordinal: account.n })
}

/** A text that says something, and can be kept. */
export function ownText(value: unknown): string | null {
  return typeof value === 'string' && value !== '' && isCleanText(value) ? value : null
}

/** A client's own id as it is kept: no limit of it is known, but a database's index has one. */
function ownId(value: unknown): string | null {
  const text = ownText(value)
  return text !== null && text.length > client_msg_id_length_max ? hash('sha256', text) : text
}

/** The first instant of WeChat's numbering, Unix milliseconds: fits every dated msgid on record. */
const msgid_epoch_ms = 1_509_592_270_000n

/**
 * 19 digits that grow with virtual time and are unique in their world, also on a frozen clock: milliseconds, the nth
 * send of the official account's life, the account's ordinal (below 64). Beyond 2^53: kept as text, sent as bare digits.
 */
export function makeMsgid(of: { now: number; n: number; ordinal: number }): string {
  return String((BigInt(of.now) - msgid_epoch_ms) * 16_777_216n + BigInt(of.n * 64 + of.ordinal))
}

/** What a msgid is made of besides the instant at which it was accepted. */
export function readMsgid(msgid: string, now: number): { n: number; ordinal: number } {
  const rest = BigInt(msgid) - (BigInt(now) - msgid_epoch_ms) * 16_777_216n
  return { n: Number(rest / 64n), ordinal: Number(rest % 64n) }
}
