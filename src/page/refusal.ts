import { isReply, type Outcome, type Reply } from '../core/endpoint.ts'
import { isRefusal, type Refusal } from '../core/refusal.ts'
import type { Answer } from '../core/surface.ts'
import { answerReply } from './reply.ts'

/** A refusal that is answered with a page. */
export interface PageRefusal extends Refusal {
  /** `trace` names the exchange. */
  pageOf(at: { readonly trace: string }): Reply
}

/** Gives a refusal its page. */
export function withPage(refusal: Refusal, page: Reply): PageRefusal {
  return { ...refusal, pageOf: () => page }
}

/** Puts what a page's endpoint has decided on the wire. */
export function encodePage(outcome: Outcome, at: { readonly trace: string }): Answer {
  if (isReply(outcome)) return answerReply(outcome)
  if (isRefusal(outcome) && isPageRefusal(outcome)) return answerReply(outcome.pageOf(at))
  throw new Error('a page answers with a page, also when it refuses')
}

function isPageRefusal(refusal: Refusal): refusal is PageRefusal {
  return 'pageOf' in refusal
}
