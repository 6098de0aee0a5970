import { setCookie } from '../auth/csrf.ts'
import type { Reply } from '../core/endpoint.ts'
import { cookiesOf, headerOf, queryOf, type RawRequest } from '../core/request.ts'
import type { Answer } from '../core/surface.ts'
import { chooseLang, type Lang, langOf } from './language.ts'

/** The language of a page; of whoever wishes none, Chinese, unless told: candidates are in WeChat. */
export function langOfRequest(
  request: Pick<RawRequest, 'url' | 'headers'>,
  usual: Lang = 'zh',
): Lang {
  const acceptLanguage = headerOf(request as RawRequest, 'accept-language')
  const [kept] = cookiesOf(request, lang_cookie)
  return chooseLang({ asked: queryOf(request.url)['lang'], kept, acceptLanguage }, usual)
}

/** Keeps the language that an address asks for: all pages of this browser follow it. */
export function langCookie(
  request: Pick<RawRequest, 'url' | 'headers' | 'origin'>,
): string | undefined {
  const asked = langOf(queryOf(request.url)['lang'] ?? '')
  if (asked === undefined || cookiesOf(request, lang_cookie)[0] === asked) return undefined
  return setCookie(request, { name: lang_cookie, value: asked, path: '/', max_age_s: year_s })
}

const lang_cookie = 'sim_lang'
const year_s = 365 * 86_400

/** What a page's policy must let it do besides showing our own pictures and styles. */
export interface PageNeeds {
  /** Origins to which its forms may lead, besides ours. */
  readonly forms?: readonly string[]
  /** Our own script, and live updates by it. */
  readonly script?: boolean
  /** Pages of anybody in a frame. */
  readonly frames?: boolean
}

/** The headers of a page: strict policy, no cache, nothing of its address to others. */
export function pageHeaders(needs: PageNeeds = {}): Record<string, string> {
  const policy = [
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self' data:",
    ...(needs.script ? ["script-src 'self'", "connect-src 'self'"] : []),
    ...(needs.frames ? ['frame-src http: https:'] : []),
    ["form-action 'self'", ...(needs.forms ?? [])].join(' '),
    "base-uri 'none'",
    "frame-ancestors 'self'",
  ]
  return {
    'Content-Security-Policy': policy.join('; '),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'same-origin',
    'Cache-Control': 'no-store',
    Vary: 'Accept-Language',
  }
}

/** Answers with a page, as text or as bytes that were kept. */
export function pageReply(
  text: string | Buffer,
  of: {
    status?: number | undefined
    /** Cookies to set. */
    cookies?: readonly (string | undefined)[]
    needs?: PageNeeds | undefined
  } = {},
): Reply {
  const cookies = (of.cookies ?? []).filter((cookie) => cookie !== undefined)
  const set = cookies.length > 0 ? { 'Set-Cookie': cookies.join('\n') } : {}
  const headers = { ...pageHeaders(of.needs), ...set }
  return {
    kind: 'reply',
    status: of.status ?? 200,
    body: text,
    type: 'text/html; charset=utf-8',
    headers,
  }
}

/** Leads the browser elsewhere; 303 after a form, 302 else. */
export function redirect(
  location: string,
  of: { status?: 302 | 303; cookie?: string | undefined } = {},
): Reply {
  const headers = { Location: location, 'Cache-Control': 'no-store' }
  const { status = 302, cookie } = of
  return {
    kind: 'reply',
    status,
    headers: cookie === undefined ? headers : { ...headers, 'Set-Cookie': cookie },
  }
}

/** Puts a reply of text or bytes on the wire. */
export function answerReply({ status, body, type, headers, stream }: Reply): Answer {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : '')
  return {
    status,
    headers: { ...(type === undefined ? {} : { 'Content-Type': type }), ...headers },
    body: bytes,
    stream,
    code: status < 400 ? 0 : status,
  }
}
