/** What every page of a world needs to make its links and forms, and what it says of the form that was sent last. */
export interface PageContext<F = unknown> {
  /** What links begin with, so that they stay in the world: `/w/ci-7`, or nothing. */
  readonly basePath: string
  /** `lang=en`, where the address asks for it; else nothing. */
  readonly langQuery: string
  /** This page again. */
  readonly returnTo: string
  /** The proof of forms that this browser was given them. */
  readonly csrfToken: string
  readonly flash: F | undefined
  readonly typed: TypedForm
  /** The same as an address may hold it. */
  readonly typedSealed?: string | undefined
}

/** What was typed into a form that was refused, and into which one. */
export interface TypedForm {
  readonly form: string
  readonly fields: Readonly<Record<string, string>>
}

/** Why a form did nothing, at which field, and what the control call itself says. */
export interface RefusedFlash<C extends string> {
  readonly kind: 'refused'
  readonly code: C
  readonly form: string
  readonly field: string | null
  readonly reason: string
}

/** The address of a page: in its world, in the language that was asked for. */
export function pageHref(
  { basePath, langQuery }: Pick<PageContext, 'basePath' | 'langQuery'>,
  path: string,
  query: Readonly<Record<string, string>> = {},
): string {
  const search = [new URLSearchParams(query).toString(), langQuery].filter(Boolean).join('&')
  return `${basePath}${path}${search && `?${search}`}`
}

/** The same page in another language, with what was typed. */
export function langHref(
  { returnTo, typedSealed }: Pick<PageContext, 'returnTo' | 'typedSealed'>,
  lang: string,
): string {
  const [path = '', search = ''] = returnTo.split('?')
  const query = new URLSearchParams(search)
  if (typedSealed !== undefined) query.set('typed', typedSealed)
  query.set('lang', lang)
  return `${path}?${query}`
}
