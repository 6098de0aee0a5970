import { form_cookie, formSecret, formToken, isFormToken } from '../auth/csrf.ts'
import type { Call } from '../core/call.ts'
import { isReply, type Reply } from '../core/endpoint.ts'
import { locate, pathOf, wayOf } from '../core/locate.ts'
import type { Refusal } from '../core/refusal.ts'
import { cookiesOf, type RawRequest } from '../core/request.ts'
import { default_world, namedWorld, unattributed } from '../world/world.ts'

/** What links of a page that a request asked for begin with, so that they stay in the world: `/w/ci-7`, or nothing. */
export function wayOfRequest({ url }: Pick<RawRequest, 'url'>): string {
  return wayOf({ ...locate(pathOf(url)), person: undefined })
}

/** What every page of a world that has forms needs to make its links and forms. */
export interface PlainVisit {
  readonly way: string
  /** `lang=en`, where the address asks for it; else nothing. */
  readonly wish: string
  /** This page again. */
  readonly here: string
  /** The proof of forms that this browser was given them. */
  readonly token: string
}

/** A browser at a page below `area`: how its forms are made, and the cookie that it gets. */
export function readPlainVisit(
  { request }: Pick<Call, 'request'>,
  of: { way: string; here: string; lang: string | undefined; area: string },
): { visit: PlainVisit; cookie: string | undefined } {
  const { way, here, lang, area } = of
  const { secret, cookie } = formSecret(request, way + area)
  const wish = lang === undefined ? '' : `lang=${encodeURIComponent(lang)}`
  return { visit: { way, wish, here, token: formToken(secret) }, cookie }
}

/** Whether the browser that sends a form was given it. */
export function isOwnForm(request: RawRequest, token: string | undefined): boolean {
  const [secret] = cookiesOf(request, form_cookie)
  return isFormToken(secret, token)
}

/** Enters the world that a page's path names; where there is none, the default world, and the page that says so. */
export async function enterPages(
  call: Call,
  { key, lost }: { key: string; lost: () => Refusal },
): Promise<Refusal | undefined> {
  const { db, engine, address } = call
  const real = engine.realNow()
  const name = address.world ?? default_world
  const found = name === unattributed ? undefined : await namedWorld(db, name, real)
  const world = found ?? (await namedWorld(db, default_world, real))
  if (!world) throw new Error('the default world is missing')
  call.enter(world, { key })
  return found ? undefined : lost()
}

/** A refusal that is answered with a page. */
export function withReply(refusal: Refusal, reply: Reply): Refusal {
  return { ...refusal, extra: { ...refusal.extra, reply } }
}

/** The page of a refusal. */
export function replyOf({ extra }: Refusal): Reply {
  const reply = extra?.['reply']
  if (!isReply(reply)) throw new Error('a refusal of a page has a page')
  return reply
}
