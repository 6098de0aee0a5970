import type { AssociationRow } from '../../../db/schema.ts'
import { isFormToken } from '../../auth/csrf.ts'
import type { Outcome, Reply } from '../../core/endpoint.ts'
import { headerOf } from '../../core/request.ts'
import { redirect } from '../../page/reply.ts'
import { register } from '../association/association.ts'
import { noticeOf } from '../association/notice.ts'
import { type Door, linkTo, page, type RegisterCall } from './call.ts'
import { associationOf, formResponse, hasAgreed } from './form.ts'
import { snapshotResponse } from './outside.ts'
import { input, type Known, pathOf } from './personal.ts'
import { dropDraft, prolong, sessionOf } from './session.ts'
import { beginSignIn } from './sign-in.ts'
import {
  type Entered,
  mobileOf,
  readForm,
  type Sent,
  typedFor,
  validateForm,
  writeDraft,
} from './typed.ts'

/** A candidate registers, or changes what is known. */
export const submitRegistration = submitBy('register', {
  id: 'register.submit',
})

/** A candidate applies for a job, which registers too. */
export const submitApplication = submitBy('apply', {
  id: 'register.submit_application',
})

function submitBy(door: Door, named: { readonly id: string }) {
  return page({
    ...named,
    methods: ['POST'],
    path: pathOf({ door }),
    from: ['form'],
    input,
    handle: (call) => submit(call, door),
  })
}

function submit(call: RegisterCall, door: Door): Outcome {
  const sent = readForm(call.fields)
  const mobile = mobileOf(sent)
  const { eid } = call.caller.account
  if (mobile !== undefined) call.concern({ eid, mobile })
  const session = sessionOf(call)
  const openid = session?.row.openid ?? null
  const href = linkTo(call.caller, { door })
  if (!session || openid === null) {
    // What another site's page has typed is not the candidate's.
    const isForeign = headerOf(call.request, 'sec-fetch-site') === 'cross-site'
    if (isForeign) return beginSignIn(call, { href, session })
    return beginSignIn(call, { href, session, draft: writeDraft(call, sent) })
  }
  if (session.row.snapshot) return snapshotResponse(call, { href, session })
  call.steps.push('session.living')
  return take({ call, session, openid }, sent, door)
}

/** A form of somebody who is known. */
function take(known: Known, sent: Sent, door: Door): Outcome {
  const { call, session } = known
  const association = associationOf(known)
  const { version } = noticeOf(call, call.caller.account)
  const typed = typedFor(sent, version)
  if (!isFormToken(session.token, call.fields['csrf'])) {
    call.steps.push({
      rule: 'form.token',
      expected: 'the token of a form that this session was shown',
    })
    return formResponse(known, { door, association, again: { typed, stale: true } })
  }
  call.steps.push('form.token')
  prolong(call, session)
  if (call.fields['do'] === 'language')
    return formResponse(known, { door, association, again: { typed } })
  return decide(known, { sent, door, association, version })
}

interface Deciding {
  readonly sent: Sent
  readonly door: Door
  readonly association: AssociationRow | undefined
  /** Of the notice that is to be agreed to. */
  readonly version: number
}

/** What was typed becomes an association, or the form comes again and says what is wrong. */
function decide(known: Known, { sent, door, association, version }: Deciding): Outcome {
  const { call } = known
  const agreed = hasAgreed(association, version)
  const read = validateForm(sent, { world: call.world, version, agreed })
  const errors = 'errors' in read ? read.errors : keep(known, { door, entered: read, version })
  if (errors) {
    call.steps.push({ rule: 'form.valid', actual: errors })
    const typed = typedFor(sent, version)
    return formResponse(known, { door, association, again: { typed, errors } })
  }
  return goOn(known, door)
}

/** Writes it down, unless the mobile is somebody else's: of whom, nothing is said. */
function keep(
  known: Known,
  { door, entered, version }: { door: Door; entered: Entered; version: number },
) {
  const { call, session, openid } = known
  const via = door === 'apply' ? 'direct_application' : 'form'
  const of = { account: call.caller.account, openid, who: 'candidate', via } as const
  const outcome = register(call, of, { ...entered, notice_version: version })
  if (outcome.kind === 'taken') return { mobile: 'mobile_unusable' } as const
  call.steps.push('form.valid', { rule: 'association.kept', row: { openid }, actual: outcome.kind })
  dropDraft(call, session)
  return undefined
}

/** Sending the same form once more ends on the same page. */
function goOn({ call }: Known, door: Door): Reply {
  const { caller, fields } = call
  const done = fields['mode'] === 'change' ? 'changed' : 'registered'
  const link = door === 'apply' ? { door } : { query: { done } }
  return redirect(linkTo(caller, link), { status: 303 })
}
