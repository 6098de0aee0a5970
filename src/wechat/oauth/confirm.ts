import { z } from 'zod'
import type { Reply } from '../../core/endpoint.ts'
import { isRefusal } from '../../core/refusal.ts'
import { langOfRequest, pageReply } from '../../page/reply.ts'
import { allow } from './consent.ts'
import { leadBack } from './lead-back.ts'
import { type AuthorizeLink, checkLink } from './link.ts'
import { findLooker, relationOf } from './looker.ts'
import { ownLink, sentAgain } from './own-link.ts'
import { type PageCall, page, textOf } from './page.ts'
import { askConsent, isOwnForm } from './sheet.ts'
import { views } from './views.ts'
import { askWho } from './who.ts'

/** What the person decided on the sheet. Of a refusal the site is told nothing. */
export const confirm = page({
  id: 'oauth.confirm',
  methods: ['POST'],
  path: '/connect/oauth2/confirm',
  from: ['form'],
  input: z.object({}),
  async handle(call) {
    const link = await checkLink(call)
    if (isRefusal(link)) return link
    const looking = await findLooker(call)
    if (!looking) return askWho(call, link)
    if (!isOwnForm(call)) {
      call.steps.push({ rule: 'form.own', expected: 'the form of this browser' })
      return askConsent(call, link, looking, true)
    }
    call.steps.push('form.own')
    if (textOf(call, 'verdict') !== 'allow') return refuseConsent(call, link)
    const { person } = looking
    await allow(call, await relationOf(call, person, link.account.appid))
    call.steps.push('consent.given')
    return leadBack(call, link, person, 303)
  },
})

function refuseConsent(call: PageCall, link: AuthorizeLink): Reply {
  call.steps.push({ rule: 'consent.given', actual: 'deny', expected: 'allow' })
  const { frameOf, html, RefusedPage } = views()
  const { person } = call.caller.address
  const againHref = ownLink(call, 'authorize', { person, query: sentAgain(call, link) })
  return pageReply(html(RefusedPage({ frame: frameOf(langOfRequest(call.request)), againHref })))
}
