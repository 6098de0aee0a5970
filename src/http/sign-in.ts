import type { SignInFacts } from '../../views/sign-in.tsx'
import {
  operator_cookie,
  operatorProof,
  type Proof,
  signed_in_s,
  signedInValue,
  tokenProof,
} from '../auth/control-token.ts'
import { setCookie } from '../auth/csrf.ts'
import { foreignFormAnswer } from '../auth/guard-request.ts'
import type { Reply } from '../core/endpoint.ts'
import { ownPath } from '../core/locate.ts'
import { queryOf, type RequestHead, readForm } from '../core/request.ts'
import type { Answer } from '../core/surface.ts'
import { frameOf, html } from '../page/frame.ts'
import { answerReply, langOfRequest, pageReply, redirect } from '../page/reply.ts'
import { type App, type AppContext, readBody, readHead, write } from './wire.ts'

const statuses = { wrong: 422, slowed: 429 } as const

/**
 * How a browser gives the control token of a server that other machines reach: it cannot send an `Authorization` header.
 * What is typed here is no call of any world, and stands in no journal.
 */
export function mountSignIn(app: App): void {
  app.get('/sign-in', async (c) => {
    const facts = readHead(c)
    const next = ownPath(queryOf(facts.url)['next'])
    const proof = proofOf(c)
    if (!proof.controlToken) return send(c, redirect(next, { status: 303 }))
    const isSignedIn = operatorProof(facts, c.env.engine, proof.real_now) === 'cookie'
    const state = isSignedIn ? 'signed_in' : 'asked'
    return send(c, await page(facts, { next, state }))
  })
  app.post('/sign-in', async (c) => {
    const facts = readHead(c)
    const body = await readBody(c)
    const no = foreignFormAnswer(c.env.engine, facts)
    const isUnread = typeof body === 'string'
    if (no) return write(c, no, isUnread)
    const form = readForm(isUnread ? '' : body.toString('utf8'))
    const next = ownPath(form['next'])
    const proof = proofOf(c)
    if (!proof.controlToken) return send(c, redirect(next, { status: 303 }))
    const state = tokenProof(form['token']?.trim() ?? '', facts, c.env.engine, proof.real_now)
    if (state !== 'token') {
      c.env.engine.log('warn', 'sign_in.refused', { state })
      return send(c, await page(facts, { next, state }, statuses[state]), isUnread)
    }
    const cookie = operatorCookie(facts, { value: signedInValue(proof), max_age_s: signed_in_s })
    return send(c, redirect(next, { status: 303, cookie }))
  })
  app.post('/sign-out', async (c) => {
    const facts = readHead(c)
    await readBody(c)
    const no = foreignFormAnswer(c.env.engine, facts)
    if (no) return write(c, no, true)
    const cookie = operatorCookie(facts, { value: '', max_age_s: 0 })
    const { lang } = queryOf(facts.url)
    const next = lang === undefined ? '' : `?lang=${encodeURIComponent(lang)}`
    return send(c, redirect(`/sign-in${next}`, { status: 303, cookie }))
  })
}

/**
 * The page instead of a bare 401: it leads on to what was asked for. Whoever followed a link from another site may be signed
 * in all the same, because browsers keep the cookie back then: they ask once more, from a page of ours.
 */
export async function pageOfRefusal(
  facts: RequestHead,
  { status, headers }: Answer,
): Promise<Answer> {
  const of = { next: ownPath(facts.url), state: 'needed' } as const
  const answer = answerReply(await page(facts, of, status))
  const again = facts.headers['sec-fetch-site'] === 'cross-site' ? { Refresh: '0' } : {}
  return { ...answer, headers: { ...headers, ...answer.headers, ...again } }
}

function proofOf({ env: { engine } }: AppContext): Proof {
  return { controlToken: engine.settings.controlToken, real_now: engine.realNow() }
}

function operatorCookie(facts: RequestHead, of: { value: string; max_age_s: number }): string {
  return setCookie(facts, { ...of, name: operator_cookie, path: '/', same_site: 'Strict' })
}

async function page(facts: RequestHead, of: SignInFacts, status = 200): Promise<Reply> {
  const { SignInPage } = await import('../../views/sign-in.tsx')
  const frame = frameOf(langOfRequest(facts, 'en'))
  return pageReply(html(SignInPage({ frame, facts: of })), { status })
}

function send(c: AppContext, reply: Reply, close = false): Response {
  return write(c, answerReply(reply), close)
}
