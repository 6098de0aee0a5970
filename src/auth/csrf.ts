import { createHash, timingSafeEqual } from 'node:crypto'
import { cookiesOf, type RawRequest } from '../core/request.ts'
import { randomToken } from '../world/seed.ts'

/** The cookie that forms of browsers without a session are tied to. */
export const form_cookie = 'sim_form'

/** What a form carries so that no foreign page can send it: made of a secret that only the browser's cookie has. */
export function formToken(secret: string): string {
  return createHash('sha256').update(`form ${secret}`).digest('base64url')
}

/** Whether a form was made for the browser that has this secret. */
export function isFormToken(secret: string | undefined, given: unknown): boolean {
  if (secret === undefined || typeof given !== 'string') return false
  const wanted = Buffer.from(formToken(secret))
  const sent = Buffer.from(given)
  return wanted.length === sent.length && timingSafeEqual(wanted, sent)
}

/** A browser's secret for forms: the one that it has, else a new one with the cookie to set. */
export function formSecret(
  request: Pick<RawRequest, 'headers' | 'origin'>,
  path: string,
): { readonly secret: string; readonly cookie: string | undefined } {
  const [held] = cookiesOf(request, form_cookie)
  if (held !== undefined && /^[\w-]{43}$/.test(held)) return { secret: held, cookie: undefined }
  const secret = randomToken()
  return { secret, cookie: setCookie(request, { name: form_cookie, value: secret, path }) }
}

/** A cookie of ours: for our own pages alone, unseen by scripts, by https only where the page came so. */
export function setCookie(
  { origin }: Pick<RawRequest, 'origin'>,
  of: { name: string; value: string; path: string; max_age_s?: number; same_site?: 'Strict' },
): string {
  const secure = origin.startsWith('https:') ? '; Secure' : ''
  const age = of.max_age_s === undefined ? '' : `; Max-Age=${of.max_age_s}`
  const site = of.same_site ?? 'Lax'
  return `${of.name}=${of.value}; Path=${of.path || '/'}; HttpOnly; SameSite=${site}${age}${secure}`
}
