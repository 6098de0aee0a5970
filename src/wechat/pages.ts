import { isReply } from '../core/endpoint.ts'
import { isRefusal, type Refusal } from '../core/refusal.ts'
import type { Answer, Surface } from '../core/surface.ts'
import type { Lang } from '../page/language.ts'
import { answerReply, pageReply } from '../page/reply.ts'
import { attribute } from './attribute.ts'
import { authorize } from './oauth/authorize.ts'
import { confirm } from './oauth/confirm.ts'
import { type PageCaller, refusePage } from './oauth/page.ts'
import { pageErrors, unnumbered } from './oauth/page-errors.ts'
import { loadViews, views } from './oauth/views.ts'
import { chooseLooker } from './oauth/who.ts'

/** The pages of WeChat: what it refuses is a page too, with HTTP 200. */
export const wechatPages: Surface<PageCaller> = {
  name: 'wechat',
  bases: [],
  prefix: '',
  area: 'open',
  table: pageErrors,
  endpoints: [authorize, chooseLooker, confirm],
  load: loadViews,
  async authenticate(call) {
    const { world, key } = await attribute(call, '')
    call.enter(world, { key, caller: { address: call.address } })
    return undefined
  },
  refuseTransport(fault, { request, endpoint }) {
    const tooLarge = fault === 'body_too_large'
    const step = tooLarge
      ? { rule: 'body.size', expected: 'at most 1 MB' }
      : { rule: 'method.known', actual: request.method, expected: endpoint?.methods }
    const refusal = refusePage({ request }, unnumbered.link, step)
    return { ...refusal, status: tooLarge ? 413 : 405 }
  },
  encode(outcome, { trace }): Answer {
    if (isReply(outcome)) return answerReply(outcome)
    if (!isRefusal(outcome)) throw new Error('a page answers with a reply')
    const answer = answerReply(errorPage(outcome, trace))
    return { ...answer, code: outcome.code }
  },
}

function errorPage({ code, text, status, extra }: Refusal, trace: string) {
  const { frameOf, html, ErrorPage } = views()
  const lang = extra?.['lang'] as Lang
  const meaning = pageErrors.get(code)?.[lang] ?? ''
  const number = code > 0 ? code : undefined
  const error = { text, meaning, code: number, trace }
  const page = html(ErrorPage({ frame: frameOf(lang), error }))
  return pageReply(page, status === undefined ? {} : { status })
}
