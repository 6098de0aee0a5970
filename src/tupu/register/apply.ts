import type { AssociationRow } from '../../../db/schema.ts'
import type { Reply } from '../../core/endpoint.ts'
import { frameOf } from '../../page/frame.ts'
import { langHref, linkTo } from './call.ts'
import { associationOf, showForm } from './form.ts'
import { type Known, personalPage } from './personal.ts'
import { show } from './shown.ts'
import { views } from './views.ts'

/** Where candidates apply for a job directly in WeChat; whoever has done so is registered, too. */
export const applyPage = personalPage({
  id: 'register.apply_page',
  door: 'apply',
  async show(known) {
    const association = await associationOf(known)
    if (!association) return showForm(known, { door: 'apply', association })
    return showApplied(known, association)
  },
})

function showApplied({ call, openid }: Known, { source }: AssociationRow): Reply {
  const { caller } = call
  const frame = frameOf(caller.lang)
  const { applied } = frame.words.register
  const page = views().Message({
    frame,
    company: caller.account.company,
    icon: 'success',
    ...applied[source],
    action: { href: linkTo(caller), label: applied.see },
    langHref: langHref(),
  })
  return show(call, page, { page: 'register.applied', openid })
}
