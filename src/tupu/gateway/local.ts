import type { AccountRow, OfficialAccountRow } from '../../../db/schema.ts'
import { no_answer } from '../../core/apply-fault.ts'
import type { Call } from '../../core/call.ts'
import { enterInside, within, withoutFaults } from '../../core/invoke.ts'
import { isRefusal, type Refusal, type RefusalEntry } from '../../core/refusal.ts'
import { wechatErrors } from '../../wechat/errors.ts'
import { faults as wechatFaults } from '../../wechat/fault.ts'
import { isFollowed } from '../../wechat/follower.ts'
import { createMenu } from '../../wechat/menu/endpoints.ts'
import { menuOf, replaceMenu, shownButtons } from '../../wechat/menu/menu.ts'
import { sendTemplate } from '../../wechat/message/endpoints.ts'
import { drawMsgid, makeMsgid, type Sent, sendTemplateMessage } from '../../wechat/message/send.ts'
import { officialAccountOf } from '../../wechat/official-account.ts'
import { templateOf } from '../../wechat/template/template.ts'
import { userInfo } from '../../wechat/user/endpoints.ts'
import { knownFollower } from '../../wechat/user/user.ts'
import type { StepFacts } from '../../world/step.ts'
import { gatewayOf, timeoutOf } from './config.ts'
import { bindTemplate, type Facts, no_facts } from './facts.ts'
import { completeWechatText, type Leg, legOf, msgidOf, refusalOf } from './leg.ts'
import { type MenuFault, type MenuItem, pointAt, type RegisterItem } from './menu.ts'

/** One send in WeChat's own words. */
export interface TemplateSend {
  readonly touser: string
  readonly template_id: string
  readonly url: string | undefined
  readonly data: Readonly<Record<string, { readonly value: string }>>
}

/** What our own WeChat platform says of an account. */
export function localFacts(
  call: Pick<Call, 'db' | 'world' | 'engine'>,
  account: AccountRow,
): Facts {
  const official = account.appid === null ? undefined : officialAccountOf(call, account.appid)
  if (!official) return no_facts
  const template = account.template_id === null ? undefined : templateOf(call, account.template_id)
  return {
    official_account_connected: true,
    industries_set: official.primary_industry !== null && official.secondary_industry !== null,
    // Stays done when the template is disabled or deleted later: its sends then meet WeChat's 40037.
    template_approved: account.template_id !== null,
    template: template ? bindTemplate(template.template_id, template.content) : null,
    at: {
      official_account_connected: official.created_at,
      industries_set: official.industries_at ?? official.created_at,
      template_approved: template?.created_at ?? official.created_at,
    },
  }
}

/** Whether WeChat still sends by a template: neither disabled nor deleted nor lost with an industry. */
export function isTemplateSent(
  call: Pick<Call, 'db' | 'world' | 'engine'>,
  template_id: string,
): boolean {
  return templateOf(call, template_id)?.state === 'active'
}

/** A send that WeChat has admitted and answers later, by a fault. */
export interface LateSend {
  readonly kind: 'late'
  readonly leg: Leg
}

/** What TUPU hears of a send that WeChat accepted. `lost_msgid`: as what it was accepted in truth, where a fault said otherwise. */
export interface Heard extends Sent {
  readonly lost_msgid?: string | undefined
}

/** Sends in the caller's unit, as WeChat's own call of that name would. Its steps follow the caller's; its answer is a step. */
export function sendLocally(
  call: Call,
  account: AccountRow,
  send: TemplateSend,
): Heard | Refusal | LateSend {
  const { call: inner, no } = enterInside(call, toWechat(call, account, send))
  const { fault } = inner
  if (!fault) return passOn(call, send, no ?? sendTemplateMessage(inner, send))
  if (no) call.steps.push(no.step)
  const timeout_ms = timeoutOf(gatewayOf(account), call.engine.limits)
  const leg = legOf(fault, timeout_ms)
  return leg.waits_ms > 0 ? { kind: 'late', leg } : sendUnder(call, account, { send, leg })
}

/** The same of a send that WeChat has admitted, as a fault lets it be carried out and answered. */
export function sendUnder(
  call: Call,
  account: AccountRow,
  { send, leg }: { readonly send: TemplateSend; readonly leg: Leg },
): Heard | Refusal {
  const { endpoint, caller, fields } = toWechat(call, account, send)
  const { answer, isCarriedOut } = leg
  const sent = isCarriedOut
    ? sendTemplateMessage(call.inside(endpoint, fields, caller), send)
    : undefined
  if (sent && !answer) return passOn(call, send, sent)
  if (isRefusal(sent)) call.steps.push(sent.step)
  // What WeChat has done stays, though TUPU does not hear of it.
  call.seal()
  const heard = answered(call, leg, timeoutOf(gatewayOf(account), call.engine.limits))
  return sent && !isRefusal(sent) ? { ...heard, lost_msgid: sent.msgid } : heard
}

function toWechat(call: Call, { appid }: AccountRow, { touser }: TemplateSend) {
  const account = accountOf(call, appid ?? '')
  return { endpoint: sendTemplate, caller: { account }, fields: { touser } }
}

/** What TUPU makes of an answer that is a fault's. */
function answered(call: Call, { answer }: Leg, timeout_ms: number): Sent | Refusal {
  if (!answer) throw new Error('a fault neither answers nor lets answer')
  const msgid = msgidOf(answer)
  if (msgid === undefined) return refusalOf(answer, timeout_ms)
  call.steps.push({ rule: 'wechat.accepted', answer: { errcode: 0, errmsg: 'ok', msgid } })
  return { msgid, receipt: null }
}

/** WeChat's answer as TUPU's. */
function passOn(call: Call, send: TemplateSend, sent: Sent | Refusal): Sent | Refusal {
  if (isRefusal(sent)) return passOnRefusal(call, send, sent)
  const answer = { errcode: 0, errmsg: 'ok', msgid: sent.msgid }
  call.steps.push({ rule: 'wechat.accepted', request: send, answer })
  return sent
}

/** WeChat's refusal as TUPU's: same code, same text, and WeChat's rid. */
function passOnRefusal(call: Call, send: TemplateSend, refusal: Refusal): Refusal {
  call.steps.push(refusal.step)
  const answer = { errcode: refusal.code, errmsg: refusal.text }
  return {
    ...refusal,
    step: { rule: 'wechat.accepted', request: send, answer },
    complete: completeWechatText,
  }
}

/** Whether WeChat says that an openid follows the account; undefined: a fault has lost its answer. */
export function followsLocally(call: Call, appid: string, openid: string): boolean | undefined {
  const account = officialAccountOf(call, appid)
  if (!account) return false
  const at = { endpoint: userInfo, caller: { account }, fields: { openid } }
  const follower = within(call, at, (inner) => knownFollower(inner, openid))
  if (!isRefusal(follower)) return isFollowed(follower.state)
  if (follower.code !== no_answer) return false
  call.steps.push(follower.step)
  return undefined
}

/** Puts the item into the menu at our own WeChat, by its own call, in the caller's unit. Undefined: it is there. */
export function publishLocally(
  call: Call,
  { appid }: Pick<AccountRow, 'appid'>,
  item: RegisterItem,
): MenuFault | undefined {
  const account = accountOf(call, appid ?? '')
  const button = pointAt(shownMenu(call, account.appid), item)
  if (!button) return { kind: 'full' }
  const at = { endpoint: createMenu, caller: { account } }
  const no = within(call, at, (inner) => replaceMenu(inner, { button }))
  if (!no) return undefined
  call.steps.push(no.step)
  if (no.code === no_answer) return { kind: 'none', detail: no.text }
  return { kind: 'refused', errcode: no.code, errmsg: no.text }
}

function shownMenu(call: Call, appid: string): MenuItem[] {
  const buttons = shownButtons(call, menuOf(call, appid) ?? [])
  return buttons.map((button) => ({ ...button }))
}

/** The msgid of a send that WeChat never sees, but counts. */
export function drawLocalMsgid(call: Call, appid: string): string | Refusal {
  const account = accountOf(call, appid)
  const at = { endpoint: withoutFaults(sendTemplate), caller: { account } }
  const msgid = within(call, at, (inner) => drawMsgid(inner, account))
  return isRefusal(msgid) ? { ...msgid, complete: completeWechatText } : msgid
}

function accountOf(call: Call, appid: string): OfficialAccountRow {
  const account = officialAccountOf(call, appid)
  if (!account) throw new Error(`the official account ${appid} of a live account is missing`)
  return account
}

/** A msgid in WeChat's form for a send that no official account of ours counts. */
export const remoteMsgid = makeMsgid

/** WeChat's codes with their texts. */
export function wechatEntries(): Iterable<RefusalEntry> {
  return wechatErrors.values()
}

/** Refuses with a code of WeChat's, though nothing has happened that it is for. */
export function refuseAsWechat(
  code: { readonly errcode: number; readonly errmsg: string | null },
  step: StepFacts,
): Refusal {
  return (
    wechatFaults.refuse?.(code, step) ?? { kind: 'refusal', code: code.errcode, text: '', step }
  )
}

export function findWechatEntry(code: number): RefusalEntry | undefined {
  return wechatErrors.get(code)
}
