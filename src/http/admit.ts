import type { Area } from '../auth/guard.ts'
import { guardAnswer } from '../auth/guard-request.ts'
import type { RequestHead } from '../core/request.ts'
import type { Answer } from '../core/surface.ts'
import { type AppContext, first, readHead, write } from './wire.ts'

/** Guards a route that is no surface's. Returns the refusal to send, if any. */
export function guardRoute(c: AppContext, area: Area): Response | Promise<Response> | undefined {
  const facts = readHead(c)
  const answer = guardAnswer(c.env.engine, area, facts)
  return answer && refuse(c, facts, answer)
}

/** Sends a guard's refusal; a person at a browser who has not given the control token is asked for it. */
export function refuse(
  c: AppContext,
  facts: RequestHead,
  answer: Answer,
): Response | Promise<Response> {
  if (answer.status !== 401 || !isLooking(facts)) return write(c, answer)
  return askToSignIn(c, facts, answer)
}

async function askToSignIn(c: AppContext, facts: RequestHead, answer: Answer): Promise<Response> {
  const { pageOfRefusal } = await import('./sign-in.ts')
  return write(c, await pageOfRefusal(facts, answer))
}

/** A person opens a page: the browser's own window, or a frame in it, wants HTML. */
function isLooking({ method, headers }: RequestHead): boolean {
  const mode = first(headers['sec-fetch-mode'])
  const wantsPage = first(headers['accept'])?.includes('text/html') === true
  return method === 'GET' && wantsPage && (mode === undefined || mode === 'navigate')
}
