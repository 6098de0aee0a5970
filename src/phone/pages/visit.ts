import { phone_cookie } from '../../http/browser.ts'
import type { Call } from '../../http/endpoint.ts'
import { formSecret, formToken, setCookie } from '../../http/form-token.ts'
import { locate, pathOf, wayOf } from '../../http/locate.ts'
import { headerOf, type RawRequest } from '../../http/request.ts'
import type { Notice, Visit } from './facts.ts'
import type { Place } from './place.ts'

/** What links of a page that a request asked for begin with. */
export function wayOfRequest({ url }: Pick<RawRequest, 'url'>): string {
  return wayOf({ ...locate(pathOf(url)), person: undefined })
}

/** A browser at a page of phones: how its forms are made, and the cookies that it gets. */
export function readVisit(
  { request }: Pick<Call, 'request'>,
  { way, here, query }: Place,
  said: { notice?: Notice | undefined; typed?: Readonly<Record<string, string>> } = {},
): { visit: Visit; cookie: string | undefined } {
  const { secret, cookie } = formSecret(request, `${way}/phone`)
  const lang = query['lang']
  const visit = {
    way,
    wish: lang === undefined ? '' : `lang=${encodeURIComponent(lang)}`,
    here,
    token: formToken(secret),
    notice: said.notice,
    typed: said.typed ?? {},
  }
  return { visit, cookie }
}

/**
 * The cookie that names the phone last opened, so that a page of anybody's that sends the browser to web OAuth finds the
 * person. What the phone's own script fetches opens nothing.
 */
export function phoneCookie(request: RawRequest, way: string, person: string): string | undefined {
  if (headerOf(request, 'sec-fetch-dest') === 'empty') return undefined
  return setCookie(request, { name: phone_cookie, value: person, path: way || '/' })
}
