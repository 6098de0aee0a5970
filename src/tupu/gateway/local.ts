import type { AccountRow } from '../../../db/schema.ts'
import type { Call } from '../../core/endpoint.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import type { ReceiptEvent } from '../../world/world.ts'
import { refusePermission } from '../../wechat/access.ts'
import { drawMsgid } from '../../wechat/message/accept.ts'
import { sendTemplate } from '../../wechat/message/send.ts'
import { makeMsgid } from '../../wechat/msgid.ts'
import { officialAccountOf } from '../../wechat/official-account.ts'
import { hasQuotas, useQuota } from '../../wechat/quota/use.ts'
import { templateOf } from '../../wechat/template.ts'
import { getUserInfo } from '../../wechat/user/info.ts'
import { bindTemplate, type Facts, no_facts } from './facts.ts'
import { completeWechatText } from './text.ts'

/** One send in WeChat's own words. */
export interface TemplateSend {
  readonly touser: string
  readonly template_id: string
  readonly url: string | undefined
  readonly data: Readonly<Record<string, { readonly value: string }>>
}

export interface LocalAnswer {
  readonly msgid: string
  /** What WeChat tells later, when it told it at once. */
  readonly receipt: ReceiptEvent['status'] | null
}

/** What our own WeChat platform says of an account. */
export async function localFacts(
  call: Pick<Call, 'db' | 'world' | 'engine'>,
  account: AccountRow,
): Promise<Facts> {
  const official = account.appid === null ? undefined : await officialAccountOf(call, account.appid)
  if (!official) return no_facts
  const template =
    account.template_id === null ? undefined : await templateOf(call, account.template_id)
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
export async function isTemplateSent(
  call: Pick<Call, 'db' | 'world' | 'engine'>,
  template_id: string,
): Promise<boolean> {
  return (await templateOf(call, template_id))?.state === 'active'
}

/** Sends in the caller's unit, by WeChat's own endpoint. Its steps follow the caller's; its answer is a step. */
export async function sendLocally(
  call: Call,
  appid: string,
  send: TemplateSend,
): Promise<LocalAnswer | Refusal> {
  const account = await officialAccountOf(call, appid)
  if (!account) throw new Error(`the official account ${appid} of a live account is missing`)
  const input = { ...send, miniprogram: undefined, client_msg_id: undefined }
  const outcome =
    refusePermission({ endpoint: sendTemplate }, account) ??
    (hasQuotas(account) ? await useQuota(call, account, sendTemplate.path) : undefined) ??
    (await sendTemplate.handle({ ...callOf(call), caller: { account }, input }))
  if (isRefusal(outcome)) return passOn(call, send, outcome)
  const receipt = call.events.find((event) => event.event === 'TEMPLATESENDJOBFINISH')
  if (receipt) receipt.handled = true
  const { msgid } = outcome as unknown as { msgid: { rawJSON: string } }
  call.steps.push({
    rule: 'wechat.accepted',
    request: send,
    answer: { errcode: 0, errmsg: 'ok', msgid: msgid.rawJSON },
  })
  return { msgid: msgid.rawJSON, receipt: receipt?.status ?? null }
}

/** WeChat's refusal as TUPU's: same code, same text, and WeChat's rid. */
function passOn(call: Call, send: TemplateSend, refusal: Refusal): Refusal {
  call.steps.push(refusal.step)
  const answer = { errcode: refusal.code, errmsg: refusal.text }
  return {
    ...refusal,
    step: { rule: 'wechat.accepted', request: send, answer },
    complete: completeWechatText,
  }
}

/** Whether WeChat says that an openid follows the account. */
export async function followsLocally(call: Call, appid: string, openid: string): Promise<boolean> {
  const account = await officialAccountOf(call, appid)
  if (!account) return false
  const outcome =
    refusePermission({ endpoint: getUserInfo }, account) ??
    (await useQuota(call, account, getUserInfo.path)) ??
    (await getUserInfo.handle({
      ...callOf(call),
      caller: { account },
      input: { openid, lang: undefined },
    }))
  return !isRefusal(outcome) && 'subscribe' in outcome && outcome.subscribe === 1
}

/** The msgid of a send that WeChat never sees, but counts. */
export async function drawLocalMsgid(call: Call, appid: string): Promise<string | Refusal> {
  const account = await officialAccountOf(call, appid)
  if (!account) throw new Error(`the official account ${appid} of a live account is missing`)
  const used = hasQuotas(account) ? await useQuota(call, account, sendTemplate.path) : undefined
  return used ? { ...used, complete: completeWechatText } : drawMsgid(call, account)
}

/** A msgid in WeChat's form for a send that no official account of ours counts. */
export const remoteMsgid = makeMsgid

/** A call's own getters and setters do not survive spreading; these are its parts. */
export function callOf(call: Call) {
  const { engine, db, world, request, fields, steps, events, lasting, ordinal, trace } = call
  return { engine, db, world, request, fields, steps, events, lasting, ordinal, trace }
}
