import type { FollowerRow } from '../../../db/schema.ts'
import { headerOf } from '../../core/request.ts'
import { isFollowed } from '../follower.ts'
import { hasConsent } from './consent.ts'
import type { Identified } from './identity.ts'
import type { AuthorizeLink } from './link.ts'
import { type PageCall, textOf } from './page.ts'

/** How a link goes on: at once, as a virtual user, or when the person allows it; and the rule by which. */
export interface ConsentPolicy {
  readonly decides: 'silent' | 'snapshot' | 'ask'
  readonly rule: string
}

/**
 * Whether anybody is asked. Nobody is for snsapi_base, within thirty days of an earlier consent, or when a follower comes from
 * the account's chat or menu; `forcePopup` undoes the second and not the third, as its documentation says. A page in snapshot
 * mode gets a virtual user instead of a question, until the full page was asked for, which is a link with `forcePopup`.
 */
export function consentPolicyOf(
  call: PageCall,
  link: AuthorizeLink,
  { person, by }: Identified,
  follower: FollowerRow | undefined,
): ConsentPolicy {
  if (link.scope === 'snsapi_base') return { decides: 'silent', rule: 'consent.needless' }
  if (!link.forcePopup) {
    if (hasConsent(follower, call.world)) return { decides: 'silent', rule: 'consent.living' }
    if (link.forceSnapShot || person.snapshot)
      return { decides: 'snapshot', rule: 'consent.snapshot' }
  }
  const special = isFollowed(follower?.state) && !person.snapshot && comesFromAccount(call, by)
  if (special) return { decides: 'silent', rule: 'consent.entered' }
  return { decides: 'ask', rule: 'consent.asked' }
}

/**
 * Whether a page was opened from the account's chat or menu. The phone's web view opens no other: our own pages there have the
 * person in their path, those of others are in its frame. `sim_entry` says it outright: chat, menu, or anything else for no.
 */
function comesFromAccount(call: PageCall, by: Identified['by']): boolean {
  const entry = textOf(call, 'sim_entry')
  if (entry !== '') return entry === 'chat' || entry === 'menu'
  return by === 'path' || (by === 'cookie' && headerOf(call.request, 'sec-fetch-dest') === 'iframe')
}
