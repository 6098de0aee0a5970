import type { RegisterWords } from '../../../views/words/register/words.ts'
import type { Reply } from '../../core/endpoint.ts'
import type { Refusal } from '../../core/refusal.ts'
import { frameOf, html } from '../../page/frame.ts'
import type { Lang } from '../../page/language.ts'
import type { PageNeeds } from '../../page/reply.ts'
import { pageReply } from '../../page/reply.ts'
import type { StepFacts } from '../../world/step.ts'
import { langHref, type RegisterCall } from './call.ts'
import { views } from './views.ts'

/** What a decision says of a page: its name, and to whom it was shown. */
interface Shown {
  readonly page: string
  readonly openid?: string | null
  readonly status?: number
  readonly cookie?: string | undefined
  readonly needs?: PageNeeds
}

/** Answers with a page, and says which in the decision. */
export function show(call: RegisterCall, page: { toString(): unknown }, of: Shown): Reply {
  return showText(call, html(page), of)
}

/** The same of a page that was rendered before. */
export function showText(call: RegisterCall, text: string | Buffer, of: Shown): Reply {
  const { page, openid = null, status = 200, cookie, needs } = of
  call.steps.push({ rule: 'page.shown', row: { page, openid } })
  return pageReply(text, {
    status,
    headers: cookie === undefined ? {} : { 'Set-Cookie': cookie },
    ...(needs ? { needs } : {}),
  })
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
  was_reset: 409,
}

interface MessageOf {
  readonly lang: Lang
  readonly company?: string
  /** Where one may try again. */
  readonly againHref?: string
}

/** A page that says why there is nothing else. */
function messageText(code: MessageCode, { lang, company = '', againHref }: MessageOf): string {
  const frame = frameOf(lang)
  const { messages } = frame.words.register
  const { title, text } = messages[code]
  const icon = code === 'not_ready' || code === 'suspended' ? 'waiting' : 'warn'
  const action = againHref === undefined ? undefined : { href: againHref, label: messages.again }
  const href = langHref()
  return html(views().Message({ frame, company, icon, title, text, action, langHref: href }))
}

/** Answers with such a page. */
export function showMessage(call: RegisterCall, code: MessageCode, againHref?: string): Reply {
  const { lang, account } = call.caller
  const of = { lang, company: account.company, ...(againHref === undefined ? {} : { againHref }) }
  return showText(call, messageText(code, of), {
    page: `register.${code}`,
    status: statuses[code],
  })
}

/** Refuses a call whose page cannot be shown to anybody. */
export function refuseWith(code: MessageCode, of: MessageOf, step: StepFacts): Refusal {
  const status = statuses[code]
  return {
    kind: 'refusal',
    code: status,
    status,
    text: code,
    step,
    extra: { page: messageText(code, of) },
  }
}
