import type { PersonRow } from '../../../db/schema.ts'
import type { Flash } from '../../../views/phone/props.ts'
import { linkName, phone_cookie } from '../../auth/browser-identity.ts'
import { setCookie } from '../../auth/csrf.ts'
import type { Call } from '../../core/call.ts'
import type { Reply } from '../../core/endpoint.ts'
import { pathOf } from '../../core/locate.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { headerOf, type RawRequest } from '../../core/request.ts'
import { type PageState, readContext as readPageContext } from '../../page/context.ts'
import { frameOf, html } from '../../page/frame.ts'
import { langOfRequest, pageReply } from '../../page/reply.ts'
import { readPhoneSite, siteOf } from '../../page/site/site.ts'
import { findPersonBy } from '../../world/person.ts'
import { newestInInbox } from '../inbox.ts'
import { readPhone } from '../state.ts'
import type { PhoneAddress, ScreenName } from './address.ts'
import { drawConversation } from './conversation.ts'
import { digestOf } from './digest.ts'
import { flashOf } from './flash.ts'
import { momentOf } from './moment.ts'
import { readPeople, readSide } from './people.ts'
import { readScreen } from './screens.ts'
import { notFound, views } from './views.ts'

type State = PageState<Flash>

/** Phones share the cookie of the frame around them, whose forms stand on their pages. */
const readContext = (call: Call, address: PhoneAddress, state: State) =>
  readPageContext<Flash>(call, address, { ...state, home: '' })

/** The page of an address; a refusal where that names nobody and nothing. */
export function showPage(call: Call, address: PhoneAddress, state: State = {}): Reply | Refusal {
  const { screen } = address
  if (screen === 'people') return peopleResponse(call, address, state)
  const row = findPersonBy(call, address.person)
  if (!row) return notFound(call, 'unknown_person')
  return screenResponse(call, row, { ...address, screen }, state)
}

function peopleResponse(call: Call, address: PhoneAddress, state: State): Reply {
  const { context, cookies } = readContext(call, address, state)
  const frame = frameOf(langOfRequest(call.request))
  const site = siteOf(call, context)
  const side = readSide(call, address.returnTo)
  if (side) {
    const page = views().SidePage({ frame, context, site, facts: side })
    return pageReply(html(page), { cookies, needs: { script: true, frames: true } })
  }
  const facts = readPeople(call, address)
  const page = views().PeoplePage({ frame, context, site, facts })
  return pageReply(html(page), { status: state.status, cookies, needs: { script: true } })
}

function screenResponse(
  call: Call,
  row: PersonRow,
  address: PhoneAddress & { readonly screen: ScreenName },
  state: State,
): Reply | Refusal {
  const { request, world } = call
  // A form that was refused opens nothing, and a browser that looks ahead has opened nothing yet.
  const opens = state.status === undefined && !isPrefetch(request)
  const look = { address, opens, enters: opens && isEntered(request) }
  const read = readScreen(call, readPhone(call, row), look)
  if (!read) return notFound(call, 'unknown_letter')
  if (isRefusal(read)) return notFound(call, 'unknown_account')
  const { phone, facts, messages, unread } = read
  const flash = state.flash ?? flashOf(call, phone, address)
  const { context, cookies } = readContext(call, address, { ...state, flash })
  const { person, key, name } = row
  const { time } = momentOf(world.now, world.now)
  const frame = frameOf(langOfRequest(request), request)
  const isInbox = facts.screen === 'sms' || facts.screen === 'mail'
  const digest = digestOf(world, row, phone.relations, isInbox ? newestInInbox(call, row) : [])
  // In another page's frame, that page has the world around it.
  const site = frame.isFramed ? undefined : siteOf(call, context, readPhoneSite)
  const page = { context, site, phone: { person, key, name, unread, time, digest } }
  const isChat = facts.screen === 'chat'
  const body = isChat
    ? drawConversation(frame, { ...page, facts }, messages)
    : html(views().ScreenPage({ frame, ...page, facts }))
  return pageReply(body, {
    status: state.status,
    cookies: [...cookies, phoneCookie(call, address.basePath, person)],
    needs: { script: true, frames: facts.screen === 'web' },
  })
}

function isPrefetch(request: RawRequest): boolean {
  const purpose = headerOf(request, 'sec-purpose') ?? headerOf(request, 'purpose') ?? ''
  return purpose.includes('prefetch')
}

/** Whether the person comes to a page, and is not there already: after a form of it, or because its script looks anew. */
function isEntered(request: RawRequest): boolean {
  if (headerOf(request, 'sec-fetch-dest') === 'empty') return false
  const from = headerOf(request, 'referer') ?? ''
  return !URL.canParse(from) || new URL(from).pathname !== pathOf(request.url)
}

/**
 * The cookie that names the phone last opened, so that a page of anybody's that sends the browser to web OAuth finds the
 * person. What the phone's own script fetches opens nothing.
 */
function phoneCookie(
  { request, engine }: Call,
  basePath: string,
  person: string,
): string | undefined {
  if (headerOf(request, 'sec-fetch-dest') === 'empty') return undefined
  return setCookie(request, {
    name: phone_cookie,
    value: linkName(person, engine.settings),
    path: basePath || '/',
  })
}
