import { z } from 'zod'
import { isPending, type Outcome, type Pending, pending } from '../../core/endpoint.ts'
import type { Engine } from '../../core/engine.ts'
import { redirect } from '../../page/reply.ts'
import type { RemoteGateway } from '../gateway/config.ts'
import { keepCalls, type OutwardCall } from '../gateway/http.ts'
import { exchangeLocally, exchangeRemotely, followsRemotely, type Told } from '../gateway/oauth.ts'
import { type Door, linkTo, page, type RegisterCall } from './call.ts'
import { isOutside, outsideResponse, snapshotResponse } from './outside.ts'
import { messageResponse } from './response.ts'
import { prolong, type Session, sessionOf } from './session.ts'
import { beginSignIn, doubtOf, endSignIn, returnedWith, signInAgain } from './sign-in.ts'

/** A candidate whom the page knows. */
export interface Known {
  readonly call: RegisterCall
  readonly session: Session
  readonly openid: string
  /** What a remote WeChat said, when it was asked whether the openid follows. */
  readonly follows?: { readonly told: boolean | undefined }
}

/** What a WeChat somewhere must be asked before there is an answer. */
export type Question = { readonly gateway: RemoteGateway } & (
  | { readonly kind: 'code'; readonly code: string; readonly again: number }
  | { readonly kind: 'follows'; readonly openid: string }
)

type WechatAnswer = { readonly calls: readonly OutwardCall[] } & (
  | { readonly kind: 'code'; readonly told: Told; readonly again: number }
  | { readonly kind: 'follows'; readonly told: boolean | undefined }
)

export interface PageOf {
  readonly id: string
  readonly door: Door
  readonly page?: 'change' | 'withdraw'
  show(known: Known): Outcome | Pending<Question>
  /** What whoever is not known sees without going through WeChat; undefined: nothing. */
  open?(call: RegisterCall): Outcome | undefined
  /** Where a browser goes on that has come back with what was typed before; undefined: here. */
  landing?(call: RegisterCall, openid: string): string | undefined
}

export const input = z.object({ eid: z.string() })

export function pathOf({ door, page }: Pick<PageOf, 'door' | 'page'>): string {
  return `/${door}/{eid}${page ? `/${page}` : ''}`
}

/** A page for a candidate; whoever is not known yet goes through WeChat by itself and comes back. */
export function personalPage(of: PageOf) {
  return page({
    id: of.id,
    methods: ['GET'],
    path: pathOf(of),
    from: ['query'],
    input,
    before: (call) => {
      const session = sessionOf(call)
      return comeBack(call, of, session) ?? enter(call, of, session)
    },
    outside: askWechat,
    after(call, _: Question, answer) {
      keepCalls(call, answer.calls)
      if (answer.kind === 'code') return finish(call, of, answer)
      const outcome = enter(call, of, sessionOf(call), { told: answer.told })
      if (isPending(outcome)) throw new Error('WeChat was asked before')
      return outcome
    },
  })
}

/** What becomes of a browser that comes from WeChat; undefined: it does not. */
function comeBack(
  call: RegisterCall,
  of: PageOf,
  session: Session | undefined,
): Outcome | Pending<Question> | undefined {
  const returned = returnedWith(call)
  if (!returned) return undefined
  const href = linkTo(call.caller, of)
  const doubt = doubtOf(returned, session)
  // A page opened in two tabs, or WeChat asking twice: it is known by now.
  if (doubt && session && session.row.openid !== null) return redirect(href, { status: 303 })
  const { code, again } = returned
  if (code === undefined || code === 'authdeny') return messageResponse(call, 'denied', href)
  if (doubt) {
    call.steps.push(doubt)
    return signInAgain(call, { href, again, session })
  }
  call.steps.push('sign_in.state')
  const { account, gateway } = call.caller
  if (gateway.kind === 'remote') return pending({ kind: 'code', gateway, code, again })
  const told = exchangeLocally(call, account.appid, code)
  return finish(call, of, { told, again })
}

function finish(
  call: RegisterCall,
  of: PageOf,
  { told, again }: { told: Told; again: number },
): Outcome {
  const session = sessionOf(call)
  const hasDraft = session !== undefined && session.row.draft !== null
  const landing = hasDraft && told.kind === 'openid' ? of.landing?.(call, told.openid) : undefined
  return endSignIn(call, told, { session, again, href: landing ?? linkTo(call.caller, of) })
}

function enter(
  call: RegisterCall,
  of: PageOf,
  session: Session | undefined,
  follows?: Known['follows'],
): Outcome | Pending<Question> {
  const href = linkTo(call.caller, of)
  const openid = session?.row.openid ?? null
  if (!session || openid === null) {
    const seen = of.open?.(call)
    if (seen) return seen
    return isOutside(call)
      ? outsideResponse(call, { href, session })
      : beginSignIn(call, { href, session })
  }
  if (session.row.snapshot) return snapshotResponse(call, { href, session })
  call.steps.push('session.living')
  prolong(call, session)
  return of.show({ call, session, openid, ...(follows ? { follows } : {}) })
}

async function askWechat(question: Question, engine: Engine): Promise<WechatAnswer> {
  const { gateway } = question
  if (question.kind === 'follows')
    return { kind: 'follows', ...(await followsRemotely(engine, gateway, question.openid)) }
  const answer = await exchangeRemotely(engine, gateway, question.code)
  return { kind: 'code', ...answer, again: question.again }
}
