import { linkName } from '../../auth/browser-identity.ts'
import { form_cookie, formSecret, formToken, isFormToken } from '../../auth/csrf.ts'
import type { Reply } from '../../core/endpoint.ts'
import { wayOf } from '../../core/locate.ts'
import { cookiesOf } from '../../core/request.ts'
import { frameOf, html } from '../../page/frame.ts'
import { langOfRequest, type PageNeeds, pageReply } from '../../page/reply.ts'
import type { Identified } from './identity.ts'
import type { AuthorizeLink } from './link.ts'
import { langHrefOf, ownLink, resentQuery } from './own-link.ts'
import { type PageCall, textOf, views } from './page.ts'

/** Browsers hold what comes after a form against this, all redirects of the site included: it may lead anywhere in the web. */
const leads_on: PageNeeds = { forms: ['http:', 'https:'] }

/** The sheet on which a person allows or refuses. From here on the person stands in the path. */
export function consentSheet(
  call: PageCall,
  link: AuthorizeLink,
  identified: Identified,
  stale = false,
): Reply {
  const { request } = call
  const person = personInPath(call, identified)
  const { secret, cookie } = secretFor(call, identified, person)
  const sent = resentQuery(call, link)
  const page = views().ConsentPage({
    frame: frameOf(langOfRequest(request), request),
    account: link.account.name,
    person: identified.person.name,
    action: ownLink(call, 'confirm', {
      person,
      query: { lang: sent['lang'] ?? '' },
    }),
    fields: { ...sent, csrf_token: formToken(secret) },
    stale,
    langHref: request.method === 'GET' ? langHrefOf(call) : undefined,
  })
  return pageReply(html(page), {
    status: stale ? 403 : 200,
    cookies: [cookie],
    needs: leads_on,
  })
}

/** Whether a sheet comes back from the browser that it was made for. */
export function isOwnForm(call: PageCall): boolean {
  const token = textOf(call, 'csrf_token')
  return cookiesOf(call.request, form_cookie).some((secret) => isFormToken(secret, token))
}

/** As the path has it already, so that cookies of that path go on being sent. */
function personInPath({ caller, engine }: PageCall, { person, by }: Identified): string {
  return (
    (by === 'path' ? caller.address.person : undefined) ?? linkName(person.person, engine.settings)
  )
}

/** A cookie that the browser sends to this page is sent to the form only if both have the same path. */
function secretFor({ request, caller }: PageCall, { by }: Identified, person: string) {
  const path = `${wayOf({ world: caller.address.world, person })}/connect`
  return formSecret(by === 'path' ? request : { ...request, headers: {} }, path)
}
