import type { PersonRow } from '../../../db/schema.ts'
import type { Reply } from '../../core/endpoint.ts'
import { meet } from '../../core/outcomes.ts'
import { redirect } from '../../page/reply.ts'
import { relationOf } from './identity.ts'
import type { AuthorizeLink } from './link.ts'
import type { PageCall } from './page.ts'
import { withCode } from './redirect-uri.ts'
import { issueCode, virtualOpenid } from './token.ts'

/** Leads the browser back to the site, with a code for the person's openid. */
export function redirectBack(
  call: PageCall,
  link: AuthorizeLink,
  person: PersonRow,
  status: 302 | 303 = 302,
): Reply {
  const { appid } = link.account
  const { openid } = relationOf(call, person, appid)
  const { scope, state } = link
  const code = issueCode(call, { appid, openid, person: person.person, scope, snapshot: 0 })
  return redirect(withCode(link.redirect, { code, state }), { status })
}

/** Leads it back with a code for a virtual user, who is nobody's follower. */
export function redirectBackVirtually(
  call: PageCall,
  link: AuthorizeLink,
  { person }: PersonRow,
): Reply {
  const { appid } = link.account
  const { scope, state } = link
  const openid = virtualOpenid(call, appid, person)
  const code = issueCode(call, { appid, openid, person, scope, snapshot: 1 })
  return redirect(withCode(link.redirect, { code, state }))
}

/** Counts which way a link went on. One that leads to a page of this server's is no platform's. */
export function meetBranch(
  call: PageCall,
  { redirect }: AuthorizeLink,
  branch: 'silent' | 'snapshot' | 'consented' | 'denied',
): void {
  if (redirect.origin !== call.request.origin) meet(call, `oauth.${branch}`)
}
