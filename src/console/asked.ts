import { z } from 'zod'
import type { TypedForm } from '../../views/page-context.ts'
import { formSecret } from '../auth/csrf.ts'
import { seal, unseal } from '../auth/seal.ts'
import type { Call } from '../core/call.ts'
import type { Reply } from '../core/endpoint.ts'
import { isCleanText, readForm } from '../core/request.ts'
import { type PageAddress, withQuery } from '../page/address.ts'
import type { FormFields } from '../page/form.ts'
import { redirect } from '../page/reply.ts'

/** More of it no address holds: servers and browsers take only so much. */
const sealed_length_max = 4000

/** What a form asks of a page, without what nobody could store. */
export function sentBy({ request }: Pick<Call, 'request'>): FormFields {
  const sent = Object.entries(readForm(request.body.toString('utf8')))
  return Object.fromEntries(sent.filter(([, text]) => isCleanText(text)))
}

/**
 * Leads to the page that answers what a form asks: that page has an address, so one can go back to it, read it in another
 * language and watch it. What belongs into no address, people and what they wrote, is sealed there for this browser.
 */
export function leadToAnswer(
  { request }: Pick<Call, 'request'>,
  { basePath, query: { lang } }: Pick<PageAddress, 'basePath' | 'query'>,
  to: { path: string; open?: FormFields; asked: FormFields },
): Reply {
  const { secret, cookie } = formSecret(request, basePath)
  const asked = givenIn(to.asked)
  const isAsked = Object.keys(asked).length > 0
  const query = new URLSearchParams({
    ...givenIn(to.open ?? {}),
    ...(isAsked && { asked: seal(JSON.stringify(asked), secret) }),
    ...(lang && { lang }),
  })
  const location = `${basePath}${to.path}${query.size > 0 ? `?${query}` : ''}`
  return redirect(location, { status: 303, cookie })
}

function givenIn(fields: FormFields): FormFields {
  return Object.fromEntries(Object.entries(fields).filter(([, text]) => text !== ''))
}

const fieldsShape = z.record(z.string(), z.string())

/** What was asked, as a page's address says it; undefined: another browser has asked it, or it has forgotten its secret. */
export function askedOf(
  { request }: Pick<Call, 'request'>,
  { query: { asked } }: Pick<PageAddress, 'query'>,
): FormFields | undefined {
  return asked === undefined ? {} : fieldsShape.optional().parse(unsealed(request, asked))
}

/** The same as it stands in the address, for those of the pages that lead on from there. */
export function askedIn({ query: { asked } }: Pick<PageAddress, 'query'>): { asked?: string } {
  return asked === undefined ? {} : { asked }
}

/** What stands in a form, as an address may hold it; undefined: it is too much. */
export function sealTyped(typed: TypedForm, secret: string): string | undefined {
  const sealed = seal(JSON.stringify(typed), secret)
  return sealed.length > sealed_length_max ? undefined : sealed
}

/** Leads to a page with what was typed into a form of it; undefined: that is too much for an address. */
export function leadToTyped(
  { request }: Pick<Call, 'request'>,
  { basePath, returnTo, query: { lang } }: PageAddress,
  typed: TypedForm,
): Reply | undefined {
  const { secret, cookie } = formSecret(request, basePath)
  const sealed = sealTyped(typed, secret)
  if (sealed === undefined) return undefined
  const query = new URLSearchParams({ typed: sealed, ...(lang && { lang }) })
  return redirect(withQuery(returnTo, query), { status: 303, cookie })
}

const typedShape = z.object({ form: z.string(), fields: fieldsShape })

/** The same as a page's address says it. */
export function typedOf(
  { request }: Pick<Call, 'request'>,
  { query: { typed } }: Pick<PageAddress, 'query'>,
): TypedForm | undefined {
  return typed === undefined ? undefined : typedShape.optional().parse(unsealed(request, typed))
}

function unsealed(request: Call['request'], sealed: string): unknown {
  const text = unseal(request, sealed)
  return text === undefined ? undefined : JSON.parse(text)
}
