import type { OauthCodeRow, PersonRow } from '../../../db/schema.ts'
import type { Reply } from '../../core/endpoint.ts'
import { meet } from '../../core/outcomes.ts'
import { frameOf, html } from '../../page/frame.ts'
import { langOfRequest, pageReply, redirect } from '../../page/reply.ts'
import { relationOf } from './identity.ts'
import type { AuthorizeLink } from './link.ts'
import { type PageCall, views } from './page.ts'
import { withCode } from './redirect-uri.ts'
import { issueCode, virtualOpenid } from './token.ts'

/** Leads the browser back to the site, with a code for the person's openid. */
export function redirectBack(
  call: PageCall,
  link: AuthorizeLink,
  person: PersonRow,
  status: 302 | 303 = 302,
): Reply {
  const { openid } = relationOf(call, person, link.account.appid)
  return leadBack(call, link, { person, openid, snapshot: 0 }, status)
}

/** Leads it back with a code for a virtual user, who is nobody's follower. */
export function redirectBackVirtually(
  call: PageCall,
  link: AuthorizeLink,
  person: PersonRow,
): Reply {
  const openid = virtualOpenid(call, link.account.appid, person.person)
  return leadBack(call, link, { person, openid, snapshot: 1 }, 302)
}

/** Whom a code is for. */
type Holder = Pick<OauthCodeRow, 'openid' | 'snapshot'> & { readonly person: PersonRow }

function leadBack(
  call: PageCall,
  link: AuthorizeLink,
  { person, openid, snapshot }: Holder,
  status: 302 | 303,
): Reply {
  const { scope, state, account } = link
  const codeFor = { appid: account.appid, openid, person: person.person, scope, snapshot }
  const back = () => withCode(link.redirect, { code: issueCode(call, codeFor), state })
  const first = back()
  const twice = twiceOf(call, link, person)
  if (twice === 'off') return redirect(first, { status })
  call.steps.push({ rule: 'redirect.twice', row: { double_redirect: twice } })
  return redirectTwice(call, link, first, twice === 'same_code' ? first : back())
}

/** How often the person's WeChat opens the redirect. What leads to a page of this server's is no platform's. */
function twiceOf(
  { request }: PageCall,
  { redirect, connectRedirect }: AuthorizeLink,
  { double_redirect }: PersonRow,
): PersonRow['double_redirect'] {
  if (redirect.origin === request.origin) return 'off'
  return double_redirect === 'second_code' && connectRedirect ? 'off' : double_redirect
}

/** The page from which the browser does so. */
function redirectTwice(
  { request }: PageCall,
  { redirect }: AuthorizeLink,
  first: string,
  second: string,
): Reply {
  const frame = frameOf(langOfRequest(request), request)
  const page = views().TwicePage({ frame, host: redirect.host, first, second })
  return pageReply(html(page), { needs: { frames: true } })
}

/** Counts which way a link went on. One that leads to a page of this server's is no platform's. */
export function meetBranch(
  call: PageCall,
  { redirect }: AuthorizeLink,
  branch: 'silent' | 'snapshot' | 'consented' | 'denied',
): void {
  if (redirect.origin !== call.request.origin) meet(call, `oauth.${branch}`)
}
