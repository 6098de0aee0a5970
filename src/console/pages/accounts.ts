import { type AccountTab, account_tabs } from '../../../views/console/props.ts'
import { lifeResponse, lifeShape } from '../../control/account/response.ts'
import type { Call } from '../../core/call.ts'
import { isPending, type Outcome, type Reply } from '../../core/endpoint.ts'
import { beginInvoke } from '../../core/invoke.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { type ConsoleAddress, type ConsolePage, type ConsoleState, pageResponse } from '../page.ts'
import { readAccount, readAccounts } from '../read.ts'
import { notFound, views } from '../views.ts'

/** All accounts of a world. */
export const accountsPage: ConsolePage = {
  name: 'accounts',
  path: '/accounts',
  show(call, address, state = {}) {
    const accounts = readAccounts(call)
    return pageResponse(call, address, state, (of) => views().AccountsPage({ ...of, accounts }))
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
  end: accountResponse,
  // At once: of an account at a remote WeChat, what is known of it already.
  show(call, address, state) {
    const outcome = beginInvoke(call, 'account.get', { eid: address.names['eid'] })
    if (!isPending(outcome)) return accountResponse(call, address, outcome, state)
    const { eid } = outcome.state.state as { readonly eid: string }
    return accountResponse(call, address, lifeResponse(call, { eid }), state)
  },
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
  const facts = readAccount(call, life, tabOf(address))
  return pageResponse(call, { ...address, returnTo }, state, (of) =>
    views().AccountPage({ ...of, facts }),
  )
}

/** An address that names none that there is shows the first. */
function tabOf({ query }: ConsoleAddress): AccountTab {
  return account_tabs.find((tab) => tab === query['tab']) ?? 'onboarding'
}
