import type { AssociationRow } from '../../../db/schema.ts'
import { type Outcome, type Pending, pending, type Reply } from '../../core/endpoint.ts'
import { frameOf } from '../../page/frame.ts'
import { redirect } from '../../page/reply.ts'
import { followsLocally } from '../gateway/local.ts'
import { langHref, linkTo } from './call.ts'
import { associationOf, formResponse } from './form.ts'
import { informationResponse } from './information.ts'
import { type Known, personalPage, type Question } from './personal.ts'
import { pageResponse } from './response.ts'
import { views } from './views.ts'

/** The registration page: the form, or what is known already. */
export const registerPage = personalPage({
  id: 'register.page',
  door: 'register',
  show(known) {
    const association = associationOf(known)
    if (!association) return formResponse(known, { door: 'register', association })
    return knownResponse(known, association)
  },
  landing(call, openid) {
    return associationOf({ call, openid }) ? linkTo(call.caller, { page: 'change' }) : undefined
  },
})

/** The form again, with what is known. */
export const changePage = personalPage({
  id: 'register.change_page',
  door: 'register',
  page: 'change',
  show(known) {
    const association = associationOf(known)
    if (!association) return redirect(linkTo(known.call.caller), { status: 303 })
    return formResponse(known, { door: 'register', association })
  },
})

/** What is known of a candidate; whether it can reach the candidate, WeChat tells. */
function knownResponse(known: Known, association: AssociationRow): Outcome | Pending<Question> {
  const { call, openid } = known
  const { account, gateway } = call.caller
  if (gateway.kind === 'local') {
    const follows = followsLocally(call, account.appid, openid)
    return informationResponse(known, { association, follows })
  }
  if (!known.follows) return pending({ kind: 'follows', gateway, openid })
  return informationResponse(known, { association, follows: known.follows.told })
}

/** Where candidates apply for a job directly in WeChat; whoever has done so is registered, too. */
export const applyPage = personalPage({
  id: 'register.apply_page',
  door: 'apply',
  show(known) {
    const association = associationOf(known)
    if (!association) return formResponse(known, { door: 'apply', association })
    return appliedResponse(known, association)
  },
})

function appliedResponse({ call, openid }: Known, { source }: AssociationRow): Reply {
  const { caller } = call
  const frame = frameOf(caller.lang, call.request)
  const { applied } = frame.words.register
  const page = views().Message({
    frame,
    company: caller.account.company,
    icon: 'success',
    ...applied[source],
    action: { href: linkTo(caller), label: applied.see },
    langHref: langHref(),
  })
  return pageResponse(call, page, { page: 'register.applied', openid })
}
