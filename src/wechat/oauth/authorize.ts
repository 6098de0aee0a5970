import { z } from 'zod'
import { isRefusal } from '../../core/refusal.ts'
import { consentPolicyOf } from './consent-policy.ts'
import { consentSheet } from './consent-sheet.ts'
import { findRelation, identify } from './identity.ts'
import { checkLink } from './link.ts'
import { page } from './page.ts'
import { meetBranch, redirectBack, redirectBackVirtually } from './redirect-back.ts'
import { whoResponse } from './who.ts'

/** Where sites send a browser to learn whose it is. It goes back at once with a code, or the person is asked first. */
export const authorize = page({
  id: 'oauth.authorize',
  methods: ['GET'],
  path: '/connect/oauth2/authorize',
  from: ['query'],
  input: z.object({}),
  handle(call) {
    const link = checkLink(call)
    if (isRefusal(link)) return link
    const identified = identify(call)
    if (!identified) return whoResponse(call, link)
    const { person } = identified
    const follower = findRelation(call, person, link.account.appid)
    const policy = consentPolicyOf(call, link, identified, follower)
    call.steps.push(policy.rule)
    if (policy.decides === 'ask') return consentSheet(call, link, identified)
    meetBranch(call, link, policy.decides)
    if (policy.decides === 'snapshot') return redirectBackVirtually(call, link, person)
    return redirectBack(call, link, person)
  },
})
