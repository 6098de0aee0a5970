import type { RegisterWords } from '../../../views/words/register/en.ts'
import type { Reply } from '../../core/endpoint.ts'
import type { RawRequest } from '../../core/request.ts'
import { frameOf, html } from '../../page/frame.ts'
import type { Lang } from '../../page/language.ts'
import { type PageRefusal, withPage } from '../../page/refusal.ts'
import { type PageNeeds, pageReply } from '../../page/reply.ts'
import type { StepFacts } from '../../world/step.ts'
import { langHref, type RegisterCall } from './call.ts'
import { views } from './views.ts'

/** What a decision says of a page: its name, and whose it is. */
interface PageOf {
  readonly page: string
  readonly openid?: string | null
  readonly status?: number
  readonly cookie?: string | undefined
  readonly needs?: PageNeeds | undefined
}

/** Answers with a page, and says which in the decision. */
export function pageResponse(call: RegisterCall, page: { toString(): unknown }, of: PageOf): Reply {
  return textResponse(call, html(page), of)
}

/** The same of a page that was rendered before. */
export function textResponse(call: RegisterCall, text: string | Buffer, of: PageOf): Reply {
  const { page, openid = null, status = 200, cookie, needs } = of
  call.steps.push({ rule: 'page.shown', row: { page, openid } })
  return pageReply(text, { status, cookies: [cookie], needs })
}

export type MessageCode = Exclude<keyof RegisterWords['messages'], 'again'>

const statuses: Readonly<Record<MessageCode, number>> = {
  unknown: 404,
  suspended: 403,
  revoked: 410,
  not_ready: 503,
  stuck: 400,
  denied: 403,
  no_answer: 502,
  no_page: 404,
  wrong_method: 405,
  too_large: 413,
  unreadable: 415,
  was_reset: 409,
}

interface MessageOf {
  readonly request: Pick<RawRequest, 'headers'>
  readonly lang: Lang
  readonly company?: string
  /** Where one may try again. */
  readonly againHref?: string
}

/** A page that says why there is nothing else. */
function messageText(code: MessageCode, of: MessageOf): string {
  const { request, lang, company = '', againHref } = of
  const frame = frameOf(lang, request)
  const { messages } = frame.words.register
  const { title, text } = messages[code]
  const icon = code === 'not_ready' || code === 'suspended' ? 'waiting' : 'warn'
  const action = againHref === undefined ? undefined : { href: againHref, label: messages.again }
  const href = langHref()
  return html(views().Message({ frame, company, icon, title, text, action, langHref: href }))
}

/** Answers with such a page. */
export function messageResponse(call: RegisterCall, code: MessageCode, againHref?: string): Reply {
  const { request, caller } = call
  const { lang, account } = caller
  const of = {
    request,
    lang,
    company: account.company,
    ...(againHref === undefined ? {} : { againHref }),
  }
  return textResponse(call, messageText(code, of), {
    page: `register.${code}`,
    status: statuses[code],
  })
}

/** Refuses a call whose page cannot be shown to anybody. */
export function refuseWith(code: MessageCode, of: MessageOf, step: StepFacts): PageRefusal {
  const status = statuses[code]
  const refusal = { kind: 'refusal', code: status, status, text: code, step } as const
  return withPage(refusal, pageReply(messageText(code, of), { status }))
}
