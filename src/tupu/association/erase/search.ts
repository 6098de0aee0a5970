import {
  emailPattern,
  isFaceless,
  mobilePattern,
  namePattern,
  nationalPattern,
  type Pattern,
  textPattern,
} from './pattern.ts'
import type { ErasureTerms, Scope } from './terms.ts'

/** The terms of an erasure, made ready for looking. */
export interface Search {
  readonly terms: ErasureTerms
  readonly patterns: Readonly<Record<Scope, readonly Pattern[]>>
  /** Names that can only be found as a whole value. */
  readonly values: ReadonlySet<string>
  readonly openid: Pattern
  /** By what an exchange of the account is known. */
  readonly marks: readonly string[]
}

export function searchFor(terms: ErasureTerms): Search {
  const patterns: Record<Scope, Pattern[]> = { everywhere: [], account: [], own: [] }
  const values = new Set<string>()
  for (const { value, scope } of terms.mobiles) {
    patterns[scope].push(mobilePattern(value))
    const national = nationalPattern(value)
    if (national) patterns[national.isTelling ? scope : 'own'].push(national)
  }
  for (const { value, scope } of terms.emails) patterns[scope].push(emailPattern(value))
  for (const { value, scope } of terms.names) {
    if (scope === 'everywhere') patterns.everywhere.push(namePattern(value, { anyCase: false }))
    if (isFaceless(value)) values.add(value)
    else patterns.own.push(namePattern(value, { anyCase: true }))
  }
  return {
    terms,
    patterns,
    values,
    openid: textPattern(terms.openid),
    marks: [...terms.eids, terms.appid],
  }
}

/** Everything of the person, for what is theirs alone. */
export function ownPatterns({ patterns }: Search): readonly Pattern[] {
  return [...patterns.everywhere, ...patterns.account, ...patterns.own]
}
