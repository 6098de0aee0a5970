import { type AccountTab, account_tabs } from '../../../views/console/props.ts'
import { lifeResponse, lifeShape } from '../../control/account/response.ts'
import { websiteAppShape } from '../../control/website-app.ts'
import type { Call } from '../../core/call.ts'
import { isPending, type Outcome, type Pending, type Reply } from '../../core/endpoint.ts'
import { beginInvoke, type Suspended } from '../../core/invoke.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { leadToAnswer, sentBy } from '../asked.ts'
import { type ConsoleAddress, type ConsolePage, type ConsoleState, pageResponse } from '../page.ts'
import { itemsOf, queryOrThrow, readAccount, readAccounts } from '../read.ts'
import { readSent } from '../send.ts'
import { notFound, views } from '../views.ts'
import { searchedBy, searchSent } from './people.ts'

/** All accounts of a world, and its website apps. */
export const accountsPage: ConsolePage = {
  name: 'accounts',
  path: '/accounts',
  show(call, address, state = {}) {
    const accounts = readAccounts(call)
    const { items: apps } = queryOrThrow(call, 'website_app.list', {}, itemsOf(websiteAppShape))
    return pageResponse(call, address, state, (of) =>
      views().AccountsPage({ ...of, accounts, apps }),
    )
  },
}

/** One account. Pending: a remote WeChat is asked first how it stands. */
export const accountPage: ConsolePage = {
  name: 'account',
  path: '/accounts/{eid}',
  begin(call, address) {
    const outcome = beginInvoke(call, 'account.get', { eid: address.names['eid'] })
    return isPending(outcome) ? outcome : accountResponse(call, address, outcome)
  },
  end: (call, address, outcome) => accountResponse(call, address, outcome),
  // At once: of an account at a remote WeChat, what is known of it already.
  show(call, address, state) {
    const outcome = beginInvoke(call, 'account.get', { eid: address.names['eid'] })
    const life = isPending(outcome) ? lifeOfRemote(call, outcome) : outcome
    return accountResponse(call, address, life, state)
  },
}

/** Who is registered at an account, by what is searched for, which is sent as a form: a name or a mobile belongs into no address. */
export const registrationsPage: ConsolePage = {
  name: 'registrations',
  path: '/accounts/{eid}/registrations',
  methods: ['GET', 'POST'],
  show(call, address) {
    const path = `/accounts/${encodeURIComponent(address.names['eid'] ?? '')}`
    const { q } = searchSent.parse(sentBy(call))
    const open = { tab: 'registrations' }
    return leadToAnswer(call, address, { path, open, asked: { q: q.trim() } })
  },
}

/** What is known already of an account at a remote WeChat. */
function lifeOfRemote(call: Call, { state: { state } }: Pending<Suspended>) {
  return lifeResponse(call, state as { readonly eid: string })
}

/** The page of an account by what `account.get` answers. */
function accountResponse(
  call: Call,
  address: ConsoleAddress,
  outcome: Outcome,
  state: ConsoleState = {},
): Reply | Refusal {
  if (isRefusal(outcome)) return notFound(call, 'unknown_account')
  const life = lifeShape.parse(outcome)
  // By its key the page is found whatever becomes of its EID.
  const returnTo = address.returnTo.replace(/^[^?]*/u, `${address.basePath}/accounts/${life.key}`)
  const facts = readAccount(call, life, {
    tab: tabOf(address),
    searched: searchedBy(call, address),
    sent: readSent(call, address.query),
  })
  return pageResponse(call, { ...address, returnTo }, state, (of) =>
    views().AccountPage({ ...of, facts }),
  )
}

/** An address that names none that there is shows the first. */
function tabOf({ query }: ConsoleAddress): AccountTab {
  return account_tabs.find((tab) => tab === query['tab']) ?? 'onboarding'
}
