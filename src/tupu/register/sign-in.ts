import type { Reply } from '../../core/endpoint.ts'
import { queryOf } from '../../core/request.ts'
import { redirect } from '../../page/reply.ts'
import { randomToken } from '../../world/seed.ts'
import type { StepFacts } from '../../world/step.ts'
import type { Authorize } from '../gateway/oauth.ts'
import { authorizeBase, authorizeUrl, type Told } from '../gateway/oauth.ts'
import type { RegisterCall } from './call.ts'
import { messageResponse } from './response.ts'
import { closeSession, type Draft, no_draft, openSession, type Session, waitOn } from './session.ts'

/** How often a browser is sent to WeChat again by itself, after the first time. */
const again_max = 2

/** A browser that WeChat must be asked about. */
export interface SignIn {
  /** The page to come back to, from the root of this server. */
  readonly href: string
  /** How often it was sent again before. */
  readonly again?: number
  /** What was typed, to be found again afterwards. */
  readonly draft?: Draft | undefined
  /** Of the browser, if it has one. */
  readonly session: Session | undefined
}

/** Sends a browser to WeChat, from where it comes back to the very page. */
export function beginSignIn(call: RegisterCall, sign_in: SignIn): Reply {
  const { authorize, cookie } = prepareSignIn(call, sign_in)
  const { again = 0 } = sign_in
  call.steps.push({ rule: 'sign_in.begun', row: { again } })
  const status = call.request.method === 'POST' ? 303 : 302
  return redirect(authorizeUrl(baseOf(call), authorize), { status, cookie })
}

/** Where a browser would be sent, and the cookie by which it will be known again. */
export function prepareSignIn(
  call: RegisterCall,
  { href, again = 0, draft, session }: SignIn,
): { readonly authorize: Authorize; readonly cookie: string | undefined } {
  // Two tabs share what is awaited, else the first one would have to begin anew.
  const awaited = again === 0 ? session?.row.state : undefined
  const state = awaited ?? newState(call, again)
  const authorize = authorizeOf(call, { href, state, again })
  if (session) {
    waitOn(call, session, { state, draft })
    return { authorize, cookie: undefined }
  }
  const fresh = { openid: null, snapshot: 0, state, ...(draft ?? no_draft) }
  return { authorize, cookie: openSession(call, fresh) }
}

/** Letters and digits, which is all that reaches WeChat and back unharmed; the first says how often. */
function newState(call: RegisterCall, again: number): string {
  return `${again}${call.draw('state', randomToken).replaceAll(/[-_]/g, '')}`
}

/** The way to our own WeChat, or to the one behind the gateway. */
export function baseOf({ caller, request }: RegisterCall): string {
  return authorizeBase(caller.gateway, request.origin + caller.basePath)
}

function authorizeOf(
  { caller, request }: RegisterCall,
  { href, state, again }: { href: string; state: string; again: number },
): Authorize {
  const { account, gateway } = caller
  const back = new URL(href, request.origin)
  // A WeChat that loses the state must not send a browser in circles.
  if (again > 0) back.searchParams.set('again', String(again))
  const person = gateway.kind === 'local' ? queryOf(request.url)['sim_person'] : undefined
  return {
    appid: account.appid,
    scope: account.oauth_scope,
    state,
    redirect_uri: back.href,
    person,
  }
}

/** What WeChat sent a browser back with. */
export interface Returned {
  readonly code: string | undefined
  readonly state: string | undefined
  readonly again: number
}

/** Whether the browser comes from WeChat, and with what. */
export function returnedWith(call: RegisterCall): Returned | undefined {
  const { code, state, again } = queryOf(call.request.url)
  if (code === undefined && state === undefined) return undefined
  const counts = [state, again].map((text) => Number(/^\d/.exec(text ?? '')?.[0] ?? 0))
  return { code, state, again: Math.max(...counts) }
}

/** Why a browser that came back cannot be believed; undefined: it can. */
export function doubtOf({ state }: Returned, session: Session | undefined): StepFacts | undefined {
  const wanted = session?.row.state ?? undefined
  if (wanted !== undefined && wanted === state) return undefined
  const actual = session ? 'another state' : 'no session'
  return { rule: 'sign_in.state', actual, expected: 'the state that this browser was sent with' }
}

/** Sends a browser to WeChat once more, or says that it is enough. */
export function signInAgain(
  call: RegisterCall,
  { href, again, session }: { href: string; again: number; session: Session | undefined },
): Reply {
  if (again >= again_max) return messageResponse(call, 'stuck', href)
  return beginSignIn(call, { href, again: again + 1, session })
}

/** What WeChat said of a code ends the sign-in: a new session, another try, or a page that says why not. */
export function endSignIn(
  call: RegisterCall,
  told: Told,
  of: { readonly href: string; readonly again: number; readonly session: Session | undefined },
): Reply {
  const { href, session } = of
  if (told.kind === 'bad_code') {
    call.steps.push({ rule: 'sign_in.code', actual: { errcode: told.errcode } })
    return signInAgain(call, of)
  }
  if (told.kind === 'no_answer') {
    call.steps.push({ rule: 'sign_in.answered', actual: told.detail })
    return messageResponse(call, 'no_answer', href)
  }
  const { openid, snapshot } = told
  call.steps.push('sign_in.code', { rule: 'sign_in.known', row: { openid, snapshot } })
  const { draft, mobile_key } = session?.row ?? no_draft
  call.concern({ appid: call.caller.account.appid, openid })
  if (session) closeSession(call, session)
  const cookie = openSession(call, { openid, snapshot, state: null, draft, mobile_key })
  return redirect(href, { status: 303, cookie })
}
