import type { AccountRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import { pagesOf } from '../../core/endpoint.ts'
import type { Lang } from '../../page/language.ts'
import { findPersonBy } from '../../world/person.ts'
import type { AccountView } from '../account/account.ts'
import { eidOf } from '../account/eid.ts'
import { mobileIn } from '../fault.ts'

/** Which page of an account it is: who registers only, or who applies for a job with the same. */
export type Door = 'register' | 'apply'

/** What every page knows of the call. */
export interface RegisterCaller extends AccountView {
  readonly account: AccountRow & { readonly appid: string }
  readonly lang: Lang
  /** Whether the address names the language: links and forms then do, too. */
  readonly namesLang: boolean
  /** What links begin with, so that they stay in the world and with the person. */
  readonly basePath: string
  /** The person of `/as/{person}/…`. */
  readonly person: string | undefined
}

export type RegisterCall = Call<RegisterCaller, unknown>

/** A page of an account. */
export const page = pagesOf<RegisterCaller>({
  faults: {
    surface: 'register',
    named(call) {
      const { eid, appid } = call.caller.account
      const { person: name } = call.caller
      const person = name === undefined ? undefined : findPersonBy(call, name)?.person
      return { eid, appid, person, mobile: mobileIn(call.fields) }
    },
  },
  refuseField(issue) {
    throw new Error(`the fields of these pages are checked by the pages: ${issue.field}`)
  },
})

interface Link {
  readonly door?: Door
  readonly page?: 'change' | 'withdraw' | 'notice'
  readonly query?: Readonly<Record<string, string>>
  /** Another language than the page's own. */
  readonly lang?: string
}

/** Where one of the account's pages is, from the root of this server. */
export function linkTo(
  {
    account,
    lang,
    namesLang,
    basePath,
  }: Pick<RegisterCaller, 'account' | 'lang' | 'namesLang' | 'basePath'>,
  { door = 'register', page, query = {}, lang: other }: Link = {},
): string {
  const path = `${basePath}/${door}/${encodeURIComponent(eidOf(account))}${page ? `/${page}` : ''}`
  const named = other ?? (namesLang ? lang : undefined)
  const all = new URLSearchParams(named === undefined ? query : { ...query, lang: named })
  return all.size === 0 ? path : `${path}?${all}`
}

/** The same page in another language. */
export function langHref(query: Readonly<Record<string, string>> = {}): (lang: string) => string {
  return (lang) => `?${new URLSearchParams({ ...query, lang })}`
}
