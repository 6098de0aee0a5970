import { formToken, isFormToken } from '../../auth/csrf.ts'
import { type Outcome, type Pending, pending, type Reply } from '../../core/endpoint.ts'
import type { Engine } from '../../core/engine.ts'
import { queryOf } from '../../core/request.ts'
import { frameOf } from '../../page/frame.ts'
import { redirect } from '../../page/reply.ts'
import { eraseNow } from '../association/erase.ts'
import { withdraw } from '../association/withdraw.ts'
import { langHref, linkTo, page, type RegisterCall } from './call.ts'
import { associationOf } from './form.ts'
import { snapshotResponse } from './outside.ts'
import { input, type Known, pathOf, personalPage } from './personal.ts'
import { pageResponse } from './response.ts'
import { sessionOf } from './session.ts'
import { beginSignIn } from './sign-in.ts'
import { views } from './views.ts'

const place = { door: 'register', page: 'withdraw' } as const

/** Asks once more, and says what is erased. */
export const withdrawPage = personalPage({
  ...place,
  id: 'register.withdraw_page',
  open: (call) => (isDone(call) ? doneResponse(call) : undefined),
  show(known) {
    if (associationOf(known)) return questionResponse(known)
    const { call } = known
    return isDone(call) ? doneResponse(call) : redirect(linkTo(call.caller), { status: 303 })
  },
})

/** The candidate's personal data go, from the journal too before the answer, unless it is very long. */
export const submitWithdrawal = page({
  id: 'register.withdraw',
  methods: ['POST'],
  path: pathOf(place),
  from: ['form'],
  input,
  before(call): Outcome | Pending<number> {
    const session = sessionOf(call)
    const openid = session?.row.openid ?? null
    const href = linkTo(call.caller, place)
    if (!session || openid === null) return beginSignIn(call, { href, session })
    if (session.row.snapshot) return snapshotResponse(call, { href, session })
    call.steps.push('session.living')
    if (!isFormToken(session.token, call.fields['csrf'])) {
      call.steps.push({
        rule: 'form.token',
        expected: 'the token of a form that this session was shown',
      })
      return questionResponse({ call, session, openid }, true)
    }
    call.steps.push('form.token')
    const { appid } = call.caller.account
    withdraw(call, { appid, openid, who: 'candidate', via: 'form' })
    return pending(call.world.epoch)
  },
  outside: (epoch: number, engine: Engine) => eraseNow(engine, epoch),
  after({ caller }) {
    return redirect(linkTo(caller, { ...place, query: { done: 'yes' } }), { status: 303 })
  },
})

function isDone({ request }: RegisterCall): boolean {
  return queryOf(request.url)['done'] === 'yes'
}

function questionResponse({ call, session, openid }: Known, stale = false): Reply {
  const { caller } = call
  const page = views().WithdrawForm({
    frame: frameOf(caller.lang, call.request),
    company: caller.account.company,
    action: linkTo(caller, place),
    backHref: linkTo(caller),
    token: formToken(session.token),
    stale,
    langHref: langHref(),
  })
  const status = stale ? 403 : 200
  return pageResponse(call, page, { page: 'register.withdraw', openid, status })
}

function doneResponse(call: RegisterCall): Reply {
  const { caller } = call
  const frame = frameOf(caller.lang, call.request)
  const { done, again } = frame.words.register.withdraw
  const page = views().Message({
    frame,
    company: caller.account.company,
    icon: 'success',
    ...done,
    action: { href: linkTo(caller), label: again },
    langHref: langHref({ done: 'yes' }),
  })
  return pageResponse(call, page, { page: 'register.withdrawn' })
}
