import type { PageContext, TypedForm } from '../../views/page-context.ts'
import { form_cookie, formSecret, formToken, isFormToken } from '../auth/csrf.ts'
import { locate, pathOf, wayOf } from '../core/locate.ts'
import { cookiesOf, type RawRequest } from '../core/request.ts'
import type { PageAddress } from './address.ts'
import { langCookie } from './reply.ts'

/** What links of a page that a request asked for begin with, so that they stay in the world: `/w/ci-7`, or nothing. */
export function basePathOf({ url }: Pick<RawRequest, 'url'>): string {
  return wayOf({ ...locate(pathOf(url)), person: undefined })
}

/** What a page is shown with, besides its address. */
export interface PageState<F> {
  readonly flash?: F | undefined
  readonly typed?: TypedForm
  /** Of the answer; 200 unless a form was refused. */
  readonly status?: number
}

const nothing_typed: TypedForm = { form: '', fields: {} }

/** A browser at a page below `home`: how its forms are made, and the cookie that it gets. */
export function readContext<F>(
  { request }: { readonly request: Pick<RawRequest, 'url' | 'headers' | 'origin'> },
  { basePath, returnTo, query }: PageAddress,
  { home, flash, typed = nothing_typed }: PageState<F> & { readonly home: string },
): {
  readonly context: PageContext<F>
  /** Cookies that the browser gets: its secret for forms, and the language that it has asked for. */
  readonly cookies: readonly (string | undefined)[]
  /** That secret. */
  readonly secret: string
} {
  const { secret, cookie } = formSecret(request, basePath + home)
  const kept = langCookie(request)
  // Links need not name a language that the browser has kept.
  const lang = kept === undefined ? undefined : query['lang']
  const langQuery = lang === undefined ? '' : `lang=${encodeURIComponent(lang)}`
  const csrfToken = formToken(secret)
  const context = { basePath, langQuery, returnTo, csrfToken, flash, typed }
  return { context, cookies: [cookie, kept], secret }
}

/** Whether the browser that sends a form was given it. */
export function isOwnForm(request: RawRequest, token: string | undefined): boolean {
  const [secret] = cookiesOf(request, form_cookie)
  return isFormToken(secret, token)
}
