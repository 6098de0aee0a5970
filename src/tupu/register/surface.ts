import type { Call } from '../../core/call.ts'
import type { Endpoint } from '../../core/endpoint.ts'
import { credentialElsewhere, pathOf, wayOf, worldOfPath, worldOrElse } from '../../core/locate.ts'
import type { Refusal } from '../../core/refusal.ts'
import {
  body_encodings,
  isCleanText,
  packedBy,
  queryOf,
  type RawRequest,
} from '../../core/request.ts'
import type { Surface, TransportFault } from '../../core/surface.ts'
import { encodePage } from '../../page/refusal.ts'
import { langOfRequest } from '../../page/reply.ts'
import { claimedWorld, unattributed, type World } from '../../world/world.ts'
import { eidOf, followEid, isRotatedAway } from '../account/eid.ts'
import type { RegisterCaller } from './call.ts'
import { noticePage } from './notice.ts'
import { applyPage, changePage, registerPage } from './page.ts'
import { type MessageCode, refuseWith } from './response.ts'
import { submitApplication, submitRegistration } from './submit.ts'
import { views } from './views.ts'
import { submitWithdrawal, withdrawPage } from './withdraw.ts'

const pages: readonly unknown[] = [
  registerPage,
  submitRegistration,
  changePage,
  withdrawPage,
  submitWithdrawal,
  noticePage,
  applyPage,
  submitApplication,
]

/** The pages of an account, which candidates open in WeChat. */
export const registerSurface: Surface<RegisterCaller> = {
  name: 'register',
  bases: ['/register', '/apply'],
  prefix: '',
  area: 'open',
  endpoints: pages as readonly Endpoint<RegisterCaller>[],
  load: views.load,
  authenticate,
  refuseTransport: (fault, { request }) => refuseTransport(fault, request),
  encode: encodePage,
}

/** The world and the account of the address. */
function authenticate(call: Call<RegisterCaller>): Refusal | undefined {
  const { db, engine, fields, request, address } = call
  const eid = typeof fields['eid'] === 'string' ? fields['eid'] : ''
  const isText = isCleanText(eid)
  const claimed =
    worldOfPath(call) ?? (isText ? claimedWorld(db, 'eid', eid, call.real_now) : undefined)
  const world: World = claimed ?? worldOrElse(call, unattributed)
  const lang = langOfRequest(request)
  const lead = claimed && isText && followEid({ db, engine, world }, eid)
  if (!lead || isRotatedAway(lead, world)) {
    const step = credentialElsewhere({ db, world }, 'eid', eid) ?? {
      rule: 'page.eid',
      actual: eid,
      expected: 'the EID of an account',
    }
    call.enter(world, { key: '' })
    return refuseWith('unknown', { request, lang }, step)
  }
  const { view } = lead
  const { account } = view
  const { appid, company } = account
  const key = `register ${account.eid}`
  const code = closedBy(account)
  if (appid === null || code) {
    const step = { rule: 'page.account', row: { eid: eidOf(account), state: account.state, appid } }
    call.enter(world, { key })
    return refuseWith(code ?? 'not_ready', { request, lang, company }, step)
  }
  const { person } = address
  const namesLang = queryOf(request.url)['lang'] !== undefined
  const seen = { lang, namesLang, basePath: wayOf(address), person }
  call.enter(world, { key, caller: { ...view, ...seen, account: { ...account, appid } } })
  return undefined
}

function closedBy({ state }: { readonly state: string }): MessageCode | undefined {
  if (state === 'active') return undefined
  return state === 'suspended' ? 'suspended' : 'revoked'
}

function refuseTransport(fault: TransportFault, request: RawRequest): Refusal {
  const lang = langOfRequest(request)
  const actual = `${request.method} ${pathOf(request.url)}`
  switch (fault) {
    case 'unknown_path':
      return refuseWith('no_page', { request, lang }, { rule: 'page.known', actual })
    case 'wrong_method':
      return refuseWith('wrong_method', { request, lang }, { rule: 'method.known', actual })
    case 'unknown_encoding': {
      const step = { rule: 'body.encoding', actual: packedBy(request), expected: body_encodings }
      return refuseWith('unreadable', { request, lang }, step)
    }
    case 'body_too_large':
      return refuseWith('too_large', { request, lang }, { rule: 'request.body_too_large', actual })
    case 'world_was_reset': {
      const expected = 'no reset while WeChat is asked'
      return refuseWith('was_reset', { request, lang }, { rule: 'world.same_epoch', expected })
    }
  }
}
