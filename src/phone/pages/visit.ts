import { phone_cookie } from '../../auth/browser-identity.ts'
import { setCookie } from '../../auth/csrf.ts'
import type { Call } from '../../core/call.ts'
import { headerOf, type RawRequest } from '../../core/request.ts'
import { readPlainVisit } from '../../page/context.ts'
import type { Notice, Visit } from './facts.ts'
import type { Place } from './place.ts'

/** A browser at a page of phones: how its forms are made, and the cookies that it gets. */
export function readVisit(
  { request }: Pick<Call, 'request'>,
  { way, here, query }: Place,
  said: { notice?: Notice | undefined; typed?: Readonly<Record<string, string>> } = {},
): { visit: Visit; cookie: string | undefined } {
  const of = { way, here, lang: query['lang'], area: '/phone' }
  const { visit, cookie } = readPlainVisit({ request }, of)
  return { visit: { ...visit, notice: said.notice, typed: said.typed ?? {} }, cookie }
}

/**
 * The cookie that names the phone last opened, so that a page of anybody's that sends the browser to web OAuth finds the
 * person. What the phone's own script fetches opens nothing.
 */
export function phoneCookie(request: RawRequest, way: string, person: string): string | undefined {
  if (headerOf(request, 'sec-fetch-dest') === 'empty') return undefined
  return setCookie(request, { name: phone_cookie, value: person, path: way || '/' })
}
