import { z } from 'zod'
import { isRefusal } from '../../core/refusal.ts'
import { leadBack, leadBackVirtually } from './lead-back.ts'
import { checkLink } from './link.ts'
import { findLooker, findRelation } from './looker.ts'
import { mannerOf } from './manner.ts'
import { page } from './page.ts'
import { askConsent } from './sheet.ts'
import { askWho } from './who.ts'

/** Where sites send a browser to learn whose it is. It goes back at once with a code, or the person is asked first. */
export const authorize = page({
  id: 'oauth.authorize',
  methods: ['GET'],
  path: '/connect/oauth2/authorize',
  from: ['query'],
  input: z.object({}),
  async handle(call) {
    const link = await checkLink(call)
    if (isRefusal(link)) return link
    const looking = await findLooker(call)
    if (!looking) return askWho(call, link)
    const { person } = looking
    const follower = await findRelation(call, person, link.account.appid)
    const manner = mannerOf(call, link, looking, follower)
    call.steps.push(manner.rule)
    if (manner.goes === 'asked') return askConsent(call, link, looking)
    if (manner.goes === 'snapshot') return leadBackVirtually(call, link, person)
    return leadBack(call, link, person)
  },
})
