import type { AssociationRow } from '../../../db/schema.ts'
import { type Outcome, type Pending, pending } from '../../core/endpoint.ts'
import { redirect } from '../../page/reply.ts'
import { followsLocally } from '../gateway/local.ts'
import { linkTo } from './call.ts'
import { associationOf, showForm } from './form.ts'
import { showInformation } from './information.ts'
import { type Known, personalPage, type Question } from './personal.ts'

/** The registration page: the form, or what is known already. */
export const registerPage = personalPage({
  id: 'register.page',
  door: 'register',
  async show(known) {
    const association = await associationOf(known)
    if (!association) return showForm(known, { door: 'register', association })
    return showKnown(known, association)
  },
  async landing(call, openid) {
    return (await associationOf({ call, openid }))
      ? linkTo(call.caller, { page: 'change' })
      : undefined
  },
})

/** The form again, with what is known. */
export const changePage = personalPage({
  id: 'register.change_page',
  door: 'register',
  page: 'change',
  async show(known) {
    const association = await associationOf(known)
    if (!association) return redirect(linkTo(known.call.caller), { status: 303 })
    return showForm(known, { door: 'register', association })
  },
})

/** What is known of a candidate; whether it can reach the candidate, WeChat tells. */
async function showKnown(
  known: Known,
  association: AssociationRow,
): Promise<Outcome | Pending<Question>> {
  const { call, openid } = known
  const { account, gateway } = call.caller
  if (gateway.kind === 'local') {
    const follows = await followsLocally(call, account.appid, openid)
    return showInformation(known, { association, follows })
  }
  if (!known.follows) return pending({ kind: 'follows', gateway, openid })
  return showInformation(known, { association, follows: known.follows.told })
}
