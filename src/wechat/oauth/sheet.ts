import { form_cookie, formSecret, formToken, isFormToken } from '../../auth/csrf.ts'
import type { Reply } from '../../core/endpoint.ts'
import { wayOf } from '../../core/locate.ts'
import { cookiesOf } from '../../core/request.ts'
import { langOfRequest, pageReply } from '../../page/reply.ts'
import type { AuthorizeLink } from './link.ts'
import type { Looking } from './looker.ts'
import { inLanguage, ownLink, sentAgain } from './own-link.ts'
import { type PageCall, textOf } from './page.ts'
import { leads_on, views } from './views.ts'

/** The sheet on which a person allows or refuses. From here on the person stands in the path. */
export function askConsent(
  call: PageCall,
  link: AuthorizeLink,
  looking: Looking,
  stale = false,
): Reply {
  const { frameOf, html, ConsentPage } = views()
  const { request } = call
  const person = personInPath(call, looking)
  const { secret, cookie } = secretFor(call, looking, person)
  const sent = sentAgain(call, link)
  const page = ConsentPage({
    frame: frameOf(langOfRequest(request)),
    account: link.account.name,
    person: looking.person.name,
    action: ownLink(call, 'confirm', {
      person,
      query: { lang: sent['lang'] ?? '' },
    }),
    fields: { ...sent, csrf_token: formToken(secret) },
    stale,
    langHref: request.method === 'GET' ? inLanguage(call) : undefined,
  })
  return pageReply(html(page), {
    status: stale ? 403 : 200,
    headers: cookie === undefined ? {} : { 'Set-Cookie': cookie },
    needs: leads_on,
  })
}

/** Whether a sheet comes back from the browser that it was made for. */
export function isOwnForm(call: PageCall): boolean {
  const token = textOf(call, 'csrf_token')
  return cookiesOf(call.request, form_cookie).some((secret) => isFormToken(secret, token))
}

/** As the path has it already, so that cookies of that path go on being sent. */
function personInPath({ caller }: PageCall, { person, by }: Looking): string {
  return (by === 'path' ? caller.address.person : undefined) ?? person.person
}

/** A cookie that the browser sends to this page is sent to the form only if both have the same path. */
function secretFor({ request, caller }: PageCall, { by }: Looking, person: string) {
  const path = `${wayOf({ world: caller.address.world, person })}/connect`
  return formSecret(by === 'path' ? request : { ...request, headers: {} }, path)
}
