import { showLife, shownLife } from '../control/account/life.ts'
import type { Call } from '../core/call.ts'
import { isPending, type Outcome, type Pending, type Reply } from '../core/endpoint.ts'
import { beginInvoke, type Suspended } from '../core/invoke.ts'
import { isRefusal, type Refusal } from '../core/refusal.ts'
import { readPlainVisit } from '../page/context.ts'
import { pageReply } from '../page/reply.ts'
import type { Life, Notice, Visit } from './facts.ts'
import { langOf } from './lang.ts'
import { lost } from './lost.ts'
import type { Place } from './place.ts'
import { views } from './prepared.ts'
import { readAccount, readConsole } from './read.ts'
import { noticeOf } from './said.ts'

/** What a page is asked for with, besides its address. */
export interface Said {
  readonly notice?: Notice
  readonly typed?: Visit['typed']
  /** Of the answer; 200 unless a form was refused. */
  readonly status?: number
}

/** The page of a place. Pending: a remote WeChat is asked first how its account stands. */
export async function beginPlace(
  call: Call,
  place: Place,
): Promise<Reply | Refusal | Pending<Suspended>> {
  if (place.account === '') return showAccounts(call, place, {})
  const outcome = await beginInvoke(call, 'account.get', { eid: place.account })
  return isPending(outcome) ? outcome : showLived(call, place, outcome)
}

/** The same at once: of an account at a remote WeChat, what is known of it already. */
export async function showPlace(call: Call, place: Place, said: Said): Promise<Reply | Refusal> {
  if (place.account === '') return showAccounts(call, place, said)
  const outcome = await beginInvoke(call, 'account.get', { eid: place.account })
  if (!isPending(outcome)) return showLived(call, place, outcome, said)
  const { eid } = outcome.state.state as { readonly eid: string }
  return showLived(call, place, await showLife(call, { eid }), said)
}

/** The page of an account by what `account.get` answers. */
export async function showLived(
  call: Call,
  place: Place,
  outcome: Outcome,
  said: Said = {},
): Promise<Reply | Refusal> {
  if (isRefusal(outcome)) return lost(call, 'unknown_account')
  const life: Life = shownLife.parse(outcome)
  // By its key the page is found whatever becomes of its EID.
  const here = place.here.replace(/^[^?]*/u, `${place.way}/accounts/${life.key}`)
  const { visit, cookie } = readVisit(call, { ...place, here }, said)
  const console = await readConsole(call)
  const facts = await readAccount(call, life, place.query['ask'] === 'revoke')
  const page = views().accountPage(langOf(call.request), { visit, console, facts })
  return send(page, said, cookie)
}

async function showAccounts(call: Call, place: Place, said: Said): Promise<Reply> {
  const { visit, cookie } = readVisit(call, place, said)
  const console = await readConsole(call)
  return send(views().accountsPage(langOf(call.request), { visit, console }), said, cookie)
}

function readVisit(call: Call, place: Place, said: Said) {
  const { way, here, query } = place
  const of = { way, here, lang: query['lang'], area: '/accounts' }
  const { visit, cookie } = readPlainVisit(call, of)
  const notice = said.notice ?? noticeOf(place)
  const typed = said.typed ?? { form: '', fields: {} }
  return { visit: { ...visit, notice, typed }, cookie }
}

function send(page: string, { status = 200 }: Said, cookie: string | undefined): Reply {
  return pageReply(page, { status, headers: cookie === undefined ? {} : { 'Set-Cookie': cookie } })
}
