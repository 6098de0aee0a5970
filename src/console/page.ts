import { createHash } from 'node:crypto'
import type { Topic } from '../../db/topic.ts'
import type { ConsoleProps } from '../../views/console/parts.tsx'
import type { Flash } from '../../views/console/props.ts'
import type { Call } from '../core/call.ts'
import type { Outcome, Pending, Reply } from '../core/endpoint.ts'
import type { Suspended } from '../core/invoke.ts'
import type { Refusal } from '../core/refusal.ts'
import type { RawRequest } from '../core/request.ts'
import type { PageAddress } from '../page/address.ts'
import { type PageState, readContext } from '../page/context.ts'
import { frameOf, html } from '../page/frame.ts'
import { langOfRequest, pageReply } from '../page/reply.ts'
import { type SiteScope, siteDigest, siteOf } from '../page/site/site.ts'
import { askedOf, sealTyped, typedOf } from './asked.ts'
import { flashOf } from './flash.ts'

/** Where a browser is in the console. */
export interface ConsoleAddress extends PageAddress {
  /** Undefined: none of the console's own, but another page with its frame. */
  readonly page: ConsolePage | undefined
  /** What stands for the names in braces of the page's path. */
  readonly names: Readonly<Record<string, string>>
  /** All values of `ran`, which may come more than once. */
  readonly ran: readonly string[]
}

export type ConsoleState = PageState<Flash>

/** A page of the console. */
export interface ConsolePage {
  /** Its endpoint is `console_page.{name}`. */
  readonly name: string
  /** Within the world; `{eid}` is a name that the address gives. */
  readonly path: string
  /** Of a path that an API has, too: whether a request is meant for the page. */
  takes?(request: RawRequest): boolean
  /** A form asks it what belongs into no address: mostly it leads to the page that answers. */
  readonly methods?: readonly ['GET', 'POST'] | readonly ['POST']
  /** Draws it; also once more around a form that was refused. */
  show(call: Call, address: ConsoleAddress, state?: ConsoleState): Reply | Refusal
  /** Where something must be waited for first: `end` goes on with what came of it. */
  begin?(call: Call, address: ConsoleAddress): Reply | Refusal | Pending<Suspended>
  end?(call: Call, address: ConsoleAddress, outcome: Outcome): Reply | Refusal
  /** What changes on it by itself, besides its frame. */
  readonly live?: LivePage
}

/** How a page comes to know that it has changed. */
export interface LivePage {
  readonly topics: readonly Topic[]
  /** All that it shows and that may change, in one text; `names` are those of its address. */
  digest(scope: SiteScope, names: Readonly<Record<string, string>>): string
}

/** Answers with a page in the frame, as `draw` draws it. */
export function pageResponse(
  call: Call,
  address: ConsoleAddress,
  state: ConsoleState,
  draw: (of: ConsoleProps) => { toString(): unknown },
): Reply {
  const isForgotten = askedOf(call, address) === undefined
  const { flash = isForgotten ? { kind: 'forgotten' } : flashOf(address), status } = state
  const { request } = call
  const typed = state.typed ?? typedOf(call, address)
  const shown = { flash, ...(typed && { typed }), home: '' }
  const { context: own, cookies, secret } = readContext<Flash>(call, address, shown)
  const context = typed ? { ...own, typedSealed: sealTyped(typed, secret) } : own
  const frame = frameOf(langOfRequest(request, 'en'))
  const site = siteOf(call, context)
  const isAnswer = request.method === 'POST'
  const events = isAnswer ? undefined : eventsOf(call, address)
  const page = draw({ frame, context, site, events })
  return pageReply(html(page), { status, cookies, needs: { script: true } })
}

/** Where a page is told of its changes: an address without whatever its query says. */
function eventsOf(call: Call, address: ConsoleAddress): string {
  const { basePath, returnTo } = address
  const [path = ''] = returnTo.slice(basePath.length).split('?')
  const query = new URLSearchParams({ page: path, seen: digestOf(call, address) })
  return `${basePath}/events?${query}`
}

/** Everything that changes what a page shows, in one short text. */
export function digestOf(
  scope: SiteScope,
  address: Pick<ConsoleAddress, 'page' | 'names'> | undefined,
): string {
  const own = address?.page?.live?.digest(scope, address.names) ?? ''
  const all = `${siteDigest(scope)}\n${own}`
  return createHash('sha256').update(all).digest('base64url').slice(0, 22)
}
