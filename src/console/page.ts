import type { ConsoleContext, Flash } from '../../views/console/props.ts'
import type { Frame } from '../../views/layout.tsx'
import { lifeResponse, lifeShape } from '../control/account/response.ts'
import type { Call } from '../core/call.ts'
import { isPending, type Outcome, type Pending, type Reply } from '../core/endpoint.ts'
import { beginInvoke, type Suspended } from '../core/invoke.ts'
import { isRefusal, type Refusal } from '../core/refusal.ts'
import { type PageState, readContext } from '../page/context.ts'
import { frameOf, html } from '../page/frame.ts'
import { langOfRequest, pageReply } from '../page/reply.ts'
import type { ConsoleAddress } from './address.ts'
import { flashOf } from './flash.ts'
import { readAccount, readConsole } from './read.ts'
import { home, notFound, views } from './views.ts'

type State = PageState<Flash>

/** The page of an address. Pending: a remote WeChat is asked first how its account stands. */
export function beginPage(
  call: Call,
  address: ConsoleAddress,
): Reply | Refusal | Pending<Suspended> {
  if (address.account === '') return accountsResponse(call, address)
  const outcome = beginInvoke(call, 'account.get', { eid: address.account })
  return isPending(outcome) ? outcome : accountResponse(call, address, outcome)
}

/** The same at once: of an account at a remote WeChat, what is known of it already. */
export function showPage(call: Call, address: ConsoleAddress, state: State): Reply | Refusal {
  if (address.account === '') return accountsResponse(call, address, state)
  const outcome = beginInvoke(call, 'account.get', { eid: address.account })
  if (!isPending(outcome)) return accountResponse(call, address, outcome, state)
  const { eid } = outcome.state.state as { readonly eid: string }
  return accountResponse(call, address, lifeResponse(call, { eid }), state)
}

/** The page of an account by what `account.get` answers. */
export function accountResponse(
  call: Call,
  address: ConsoleAddress,
  outcome: Outcome,
  state: State = {},
): Reply | Refusal {
  if (isRefusal(outcome)) return notFound(call, 'unknown_account')
  const life = lifeShape.parse(outcome)
  // By its key the page is found whatever becomes of its EID.
  const returnTo = address.returnTo.replace(/^[^?]*/u, `${address.basePath}${home}/${life.key}`)
  const console = readConsole(call)
  const facts = readAccount(call, life, address.query['ask'] === 'revoke')
  return response(call, { ...address, returnTo }, state, (of) =>
    views().AccountPage({ ...of, console, facts }),
  )
}

function accountsResponse(call: Call, address: ConsoleAddress, state: State = {}): Reply {
  const console = readConsole(call)
  return response(call, address, state, (of) => views().AccountsPage({ ...of, console }))
}

function response(
  call: Call,
  address: ConsoleAddress,
  state: State,
  render: (of: { frame: Frame; context: ConsoleContext }) => { toString(): unknown },
): Reply {
  const { flash = flashOf(address), status } = state
  const { context, cookie } = readContext<Flash>(call, address, { ...state, flash, home })
  const page = render({ frame: frameOf(langOfRequest(call.request, 'en')), context })
  return pageReply(html(page), { status, cookies: [cookie] })
}
