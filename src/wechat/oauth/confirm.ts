import { z } from 'zod'
import type { Reply } from '../../core/endpoint.ts'
import { isRefusal } from '../../core/refusal.ts'
import { frameOf, html } from '../../page/frame.ts'
import { langOfRequest, pageReply } from '../../page/reply.ts'
import { allow } from './consent.ts'
import { consentSheet, isOwnForm } from './consent-sheet.ts'
import { identify, relationOf } from './identity.ts'
import { type AuthorizeLink, checkLink } from './link.ts'
import { ownLink, resentQuery } from './own-link.ts'
import { type PageCall, page, textOf, views } from './page.ts'
import { meetBranch, redirectBack } from './redirect-back.ts'
import { whoResponse } from './who.ts'

/** What the person decided on the sheet. Of a refusal the site is told nothing. */
export const confirm = page({
  id: 'oauth.confirm',
  methods: ['POST'],
  path: '/connect/oauth2/confirm',
  from: ['form'],
  input: z.object({}),
  handle(call) {
    const link = checkLink(call)
    if (isRefusal(link)) return link
    const identified = identify(call)
    if (!identified) return whoResponse(call, link)
    if (!isOwnForm(call)) {
      call.steps.push({ rule: 'form.own', expected: 'the form of this browser' })
      return consentSheet(call, link, identified, true)
    }
    call.steps.push('form.own')
    if (textOf(call, 'verdict') !== 'allow') return refuseConsent(call, link)
    const { person } = identified
    allow(call, relationOf(call, person, link.account.appid))
    call.steps.push('consent.given')
    meetBranch(call, link, 'consented')
    return redirectBack(call, link, person, 303)
  },
})

function refuseConsent(call: PageCall, link: AuthorizeLink): Reply {
  call.steps.push({ rule: 'consent.given', actual: 'deny', expected: 'allow' })
  meetBranch(call, link, 'denied')
  const { person } = call.caller.address
  const againHref = ownLink(call, 'authorize', { person, query: resentQuery(call, link) })
  return pageReply(
    html(
      views().RefusedPage({ frame: frameOf(langOfRequest(call.request), call.request), againHref }),
    ),
  )
}
