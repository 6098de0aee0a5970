import { z } from 'zod'
import type { OfficialAccountRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import { firstIssue } from '../../core/field.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import type { AccountView } from '../../tupu/account/account.ts'
import { refuseAny } from '../../tupu/any-code.ts'
import { refuseSender } from '../../tupu/endpoint.ts'
import { sendMessage } from '../../tupu/message/endpoints.ts'
import { refuseUnknownKeyword, sendInput } from '../../tupu/message/fields.ts'
import { codeOf, findMagic } from '../../tupu/message/magic.ts'
import { composeSend, type Recipient } from '../../tupu/message/message.ts'
import { findRecipient, refuseUnregistered } from '../../tupu/message/send.ts'
import { message_length_max, readMessageText } from '../../tupu/message/text.ts'
import { refusePermission } from '../../wechat/admit.ts'
import { followerOf } from '../../wechat/follower.ts'
import { sendTemplate } from '../../wechat/message/endpoints.ts'
import { refuseFollower } from '../../wechat/message/send.ts'
import { officialAccountOf } from '../../wechat/official-account.ts'
import { activeTemplate } from '../../wechat/template/template.ts'
import { readTemplateData } from '../../wechat/template/value-type.ts'
import { type Finding, finding, refusalFinding } from './finding.ts'
import { type Composed, templateFindings } from './template.ts'

/** A message as a platform would send it, to nobody or to somebody. */
export interface Draft {
  readonly view: AccountView
  /** As it is written; undefined: whoever it may be for. */
  readonly mobile: string | undefined
  readonly message: string
  readonly keywords: Readonly<Record<string, string>>
  readonly name: string
}

type Place = Pick<Call, 'db' | 'world' | 'engine'>

/** What a send of a draft meets at TUPU and at WeChat, by the functions that a send goes through. */
export interface SendCheck {
  readonly findings: readonly Finding[]
  /** What would go to WeChat; undefined: TUPU has no template to send by, or no text. */
  readonly composed: Composed | undefined
}

export function checkSend(call: Place, draft: Draft): SendCheck {
  const { view, message } = draft
  const official = officialOf(call, view)
  const sender = refuseSender(view) ?? (official && refusePermission(sendTemplate, official))
  const read = readMessageText(message)
  const to = findTo(call, draft)
  const findings = [
    ...(sender ? [refusalFinding(sender, 'account')] : []),
    ...to.findings,
    ...messageFindings(message),
    ...keywordFindings(draft),
  ]
  if (!read.ok || view.facts.template === null) return { findings, composed: undefined }
  const composed = compose(call, draft, { text: read.text, to })
  return { findings: [...findings, ...templateFindings(composed)], composed }
}

/** Whom it is for. */
interface To {
  readonly findings: readonly Finding[]
  readonly recipient?: Recipient
  /** Its sends never reach WeChat. */
  readonly isMagic?: boolean
}

function findTo(call: Place, draft: Draft): To {
  const { view, mobile: sent, name } = draft
  if (sent === undefined) return { findings: [] }
  const bad = refuseField('mobile', sent)
  if (bad) return refusedTo(bad)
  const mobile = sendInput.shape.mobile.parse(sent)
  const magic = findMagic(call.world, mobile)
  if (magic) {
    const errcode = codeOf({ ...call, caller: view }, mobile, magic)
    const step = { rule: 'mobile.magic', actual: mobile, expected: errcode }
    return {
      ...(errcode === 0 ? { findings: [] } : refusedTo(refuseAny({ errcode, errmsg: null }, step))),
      isMagic: true,
    }
  }
  const recipient = findRecipient(call, view.account, { mobile, name })
  if (!recipient) return refusedTo(refuseUnregistered(view, { mobile }))
  const official = officialOf(call, view)
  const follower = official && followerOf(call, official, recipient.openid)
  const no = isRefusal(follower) ? follower : follower && refuseFollower(follower)
  return { ...(no ? refusedTo(no) : { findings: [] }), recipient }
}

function refusedTo(refusal: Refusal): To {
  return { findings: [refusalFinding(refusal, 'mobile')] }
}

function messageFindings(message: string): Finding[] {
  const no = refuseField('message', message)
  if (no) return [refusalFinding(no, 'message', faultAt(message))]
  const read = readMessageText(message)
  const position = [...message.slice(0, message.search(/[\t\r\n]/u))].length
  return read.ok && read.folded ? [finding('message.folded', { field: 'message', position })] : []
}

/** Where a text that is refused goes wrong. */
function faultAt(message: string): number | undefined {
  const read = readMessageText(message)
  if (read.ok || read.fault === 'empty') return undefined
  if (read.fault === 'too_long') return message_length_max
  const at = [...message].findIndex((sign) => /(?![\t\n\r])[\p{Cc}\p{Cs}]/u.test(sign))
  return at < 0 ? undefined : at
}

function keywordFindings({ keywords, view }: Draft): Finding[] {
  return Object.keys(keywords).flatMap((name) => {
    const no = refuseUnknownKeyword({ [name]: '' }, view.facts)
    return no ? [refusalFinding(no, `keywords.${name}`)] : []
  })
}

/** How a send refuses a field of its own. */
function refuseField(name: 'mobile' | 'message', value: string): Refusal | undefined {
  const schema = z.object({ [name]: sendInput.shape[name] })
  const read = schema.safeParse({ [name]: value })
  const issue = read.success ? undefined : firstIssue(schema, { [name]: value }, read.error.issues)
  return issue && sendMessage.refuseField(issue)
}

function officialOf(
  call: Place,
  { account, gateway }: AccountView,
): OfficialAccountRow | undefined {
  return gateway.kind === 'remote' ? undefined : officialAccountOf(call, account.appid ?? '')
}

function compose(
  call: Place,
  { view, keywords, name }: Draft,
  { text, to }: { readonly text: string; readonly to: To },
): Composed {
  const { account, facts } = view
  const known = facts.template?.binding ?? {}
  const own = Object.entries(keywords).filter(
    ([key]) => Object.hasOwn(known, key) && known[key] !== 'message',
  )
  const given = Object.fromEntries(own)
  const recipient = to.recipient ?? { openid: '', name }
  const written = {
    mobile: '',
    client_msg_id: null,
    body_hash: null,
    forgets: null,
    name,
    email: '',
    url: '',
  }
  const draft = { ...written, text, keywords: given }
  const send = composeSend({ draft, account, recipient, facts, now: call.world.now })
  const official = officialOf(call, view)
  const template = official && activeTemplate(call, official, send.template_id)
  const unknown =
    recipient.name === ''
      ? Object.keys(known).filter((key) => known[key] === 'name' && !(key in given))
      : []
  return {
    official,
    template,
    data: readTemplateData(send.data),
    fieldOf: (key) => fieldOf(key, { binding: known, given }),
    unknown: to.recipient ? [] : unknown,
    isElsewhere: to.isMagic === true || official === undefined || official.kind === 'sandbox',
  }
}

/** Where a platform writes what stands in a keyword of the template. */
function fieldOf(
  key: string,
  { binding, given }: { binding: Readonly<Record<string, string>>; given: object },
): string {
  if (Object.hasOwn(given, key)) return `keywords.${key}`
  const value = binding[key]
  return value === 'message' || value === 'name' ? value : `template.${key}`
}
