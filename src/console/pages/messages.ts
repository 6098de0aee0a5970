import { z } from 'zod'
import { topics } from '../../../db/topic.ts'
import type { InboxFacts, InboxMessage } from '../../../views/console/messages/props.ts'
import { within_usual_ms } from '../../control/audit/audit.ts'
import { meaningOf } from '../../control/message/meaning.ts'
import { message_states } from '../../control/message/message.ts'
import { outcomesShape } from '../../control/message/outcomes.ts'
import { type FoundMessage, foundMessageShape, newestDigest } from '../../control/message/search.ts'
import type { Call } from '../../core/call.ts'
import type { Reply } from '../../core/endpoint.ts'
import { readForm } from '../../core/request.ts'
import type { Lang } from '../../page/language.ts'
import { langOfRequest } from '../../page/reply.ts'
import { type ConsoleAddress, type ConsolePage, type ConsoleState, pageResponse } from '../page.ts'
import { queryOrThrow, readAccounts } from '../read.ts'
import { readSend } from '../send.ts'
import { views } from '../views.ts'

/** The inbox, as its address narrows it. */
export const messagesPage: ConsolePage = {
  name: 'messages',
  path: '/',
  // A platform that calls a wrong address does not look for a page.
  takes: ({ method }) => method === 'GET' || method === 'HEAD',
  show: (call, address, state = {}) =>
    inboxResponse(call, address, { ...address.query, q: '' }, state),
  live: {
    topics: [...message_states.options.map(topics.messagesIn), topics.contacts],
    digest: newestDigest,
  },
}

/** The same by what is searched for, which is sent as a form: a mobile or a name belongs into no address. */
export const searchPage: ConsolePage = {
  name: 'search',
  path: '/search',
  isAsked: true,
  show: (call, address, state = {}) =>
    inboxResponse(
      call,
      { ...address, returnTo: `${address.basePath}/` },
      readForm(call.request.body.toString('utf8')),
      state,
    ),
}

/** The inbox, with what would become of the message that stands in a form; it is not sent. */
export const checkPage: ConsolePage = {
  name: 'check',
  path: '/check',
  isAsked: true,
  show(call, address, state = {}) {
    const {
      form: _,
      token: __,
      back: ___,
      ...fields
    } = readForm(call.request.body.toString('utf8'))
    const returnTo = `${address.basePath}/`
    const typed = { form: 'send', fields }
    return inboxResponse(call, { ...address, returnTo }, {}, { typed, ...state })
  },
}

/** What is no use is left out: an address is typed by anybody. */
const sent = z.object({
  q: z.string().max(100).catch(''),
  state: message_states.optional().catch(undefined),
  account: z.string().optional(),
  before: z
    .string()
    .regex(/^\d{1,24}$/)
    .optional()
    .catch(undefined),
})

export const foundMessages = z.object({
  items: z.array(foundMessageShape),
  older: z.string().nullable(),
})

function inboxResponse(
  call: Call,
  address: ConsoleAddress,
  given: Readonly<Record<string, unknown>>,
  state: ConsoleState,
): Reply {
  const facts = readInbox(call, address, given, state)
  return pageResponse(call, address, state, (of) => views().MessagesPage({ ...of, facts }))
}

function readInbox(
  call: Call,
  address: ConsoleAddress,
  given: Readonly<Record<string, unknown>>,
  shown: ConsoleState,
): InboxFacts {
  const { q, state, account, before } = sent.parse(given)
  const accounts = readAccounts(call).map(({ key, company }) => ({ key, company }))
  const own = accounts.find(({ key }) => key === account)?.key
  const wanted = {
    ...(q.trim() && { q: q.trim() }),
    ...(state && { state }),
    ...(own && { account: own }),
    ...(before && { before }),
  }
  const { items, older } = queryOrThrow(call, 'message.search', wanted, foundMessages)
  const lang = langOfRequest(call.request, 'en')
  const isNarrowed = Object.keys(wanted).length > 0
  return {
    query: { q, state, account: own, isOlder: before !== undefined },
    messages: items.map((item) => inboxMessage(call, item, lang)),
    older,
    accounts,
    minutes: isNarrowed ? [] : queryOrThrow(call, 'message.outcomes', {}, outcomesShape).minutes,
    send: readSend(call, address, shown),
  }
}

/** A message as a list of messages shows it. */
export function inboxMessage({ world }: Call, item: FoundMessage, lang: Lang): InboxMessage {
  const { answer, state, fall_backs } = item
  const isUnreached = state === 'refused' || state === 'failed'
  const isOver = world.now - Date.parse(item.at) > within_usual_ms
  return {
    ...item,
    reason: item.reason as InboxMessage['reason'],
    meaning: answer.errcode === null ? undefined : meaningOf(answer.errcode, lang),
    isLost: isUnreached && isOver && fall_backs.length === 0 && item.mobile !== '',
  }
}
