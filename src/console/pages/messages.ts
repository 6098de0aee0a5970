import { z } from 'zod'
import { topics } from '../../../db/topic.ts'
import type { InboxFacts, InboxMessage } from '../../../views/console/messages/props.ts'
import { listFaulted } from '../../control/exchange/match.ts'
import { meaningOf } from '../../control/message/meaning.ts'
import { message_states } from '../../control/message/message.ts'
import { outcomesShape } from '../../control/message/outcomes.ts'
import { type FoundMessage, foundMessageShape, newestDigest } from '../../control/message/search.ts'
import type { Call } from '../../core/call.ts'
import type { Reply } from '../../core/endpoint.ts'
import type { Lang } from '../../page/language.ts'
import { langOfRequest } from '../../page/reply.ts'
import { askedIn, askedOf, leadToAnswer, leadToTyped, sentBy } from '../asked.ts'
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
  show: (call, address, state) => inboxResponse(call, address, state),
  live: {
    topics: [...message_states.options.map(topics.messagesIn), topics.contacts],
    digest: newestDigest,
  },
}

/** The same by what is searched for, which is sent as a form: a mobile or a name belongs into no address. */
export const searchPage: ConsolePage = {
  name: 'search',
  path: '/search',
  methods: ['GET', 'POST'],
  show(call, address) {
    const { q = '', state = '', account = '' } = sentBy(call)
    return leadToAnswer(call, address, { path: '/', open: { state, account }, asked: { q } })
  },
}

/** The inbox, with what would become of the message that stands in a form; it is not sent. */
export const checkPage: ConsolePage = {
  name: 'check',
  path: '/check',
  methods: ['GET', 'POST'],
  show(call, address) {
    const { form: _, token: __, back: ___, ...fields } = sentBy(call)
    const typed = { form: 'send', fields }
    const returnTo = `${address.basePath}/`
    return (
      leadToTyped(call, { ...address, returnTo }, typed) ??
      inboxResponse(call, { ...address, returnTo }, { typed })
    )
  },
}

const instant = z.iso.datetime().optional().catch(undefined)

/** What is no use is left out: an address is typed by anybody. */
const sent = z.object({
  q: z.string().max(100).catch(''),
  state: message_states.optional().catch(undefined),
  account: z.string().optional(),
  since: instant,
  until: instant,
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

function inboxResponse(call: Call, address: ConsoleAddress, state: ConsoleState = {}): Reply {
  const facts = readInbox(call, address, state)
  return pageResponse(call, address, state, (of) => views().MessagesPage({ ...of, facts }))
}

function readInbox(call: Call, address: ConsoleAddress, shown: ConsoleState): InboxFacts {
  const { q: _, ...open } = address.query
  const given = { ...open, ...askedOf(call, address) }
  const { q, state, account, since, until, before } = sent.parse(given)
  const accounts = readAccounts(call).map(({ key, company }) => ({ key, company }))
  const own = accounts.find(({ key }) => key === account)?.key
  const span = { ...(since && { since }), ...(until && { until }) }
  const narrowed = {
    ...(q.trim() && { q: q.trim() }),
    ...(state && { state }),
    ...(own && { account: own }),
    ...(before && { before }),
  }
  const { items, older } = queryOrThrow(
    call,
    'message.search',
    { ...narrowed, ...span },
    foundMessages,
  )
  const isNarrowed = Object.keys(narrowed).length > 0
  return {
    query: {
      ...{ q, ...askedIn(address), state, account: own, since, until },
      isOlder: before !== undefined,
    },
    messages: inboxMessages(call, items),
    older,
    accounts,
    outcomes: isNarrowed ? null : queryOrThrow(call, 'message.outcomes', {}, outcomesShape),
    send: readSend(call, address, shown),
  }
}

/** Messages as a list shows them. */
export function inboxMessages(call: Call, items: readonly FoundMessage[]): InboxMessage[] {
  const lang = langOfRequest(call.request, 'en')
  const faulted = listFaulted(
    call,
    items.map(({ trace }) => trace),
  )
  return items.map((item) => inboxMessage(item, { lang, faulted }))
}

function inboxMessage(
  item: FoundMessage,
  { lang, faulted }: { lang: Lang; faulted: ReadonlySet<string> },
): InboxMessage {
  const { answer, trace } = item
  return {
    ...item,
    reason: item.reason as InboxMessage['reason'],
    meaning: answer.errcode === null ? undefined : meaningOf(answer.errcode, lang),
    isFault: faulted.has(trace),
  }
}
