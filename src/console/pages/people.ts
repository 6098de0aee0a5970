import { z } from 'zod'
import type { PeopleFacts, PersonFacts } from '../../../views/console/people/props.ts'
import { stateField } from '../../control/association/association.ts'
import { foundAssociationShape } from '../../control/association/search.ts'
import { foundPersonShape } from '../../control/person/search.ts'
import type { Call } from '../../core/call.ts'
import type { Reply } from '../../core/endpoint.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { frameOf } from '../../page/frame.ts'
import { langOfRequest } from '../../page/reply.ts'
import { askedIn, askedOf, leadToAnswer, sentBy } from '../asked.ts'
import { readCheck } from '../check.ts'
import { type ConsoleAddress, type ConsolePage, type ConsoleState, pageResponse } from '../page.ts'
import { itemsOf, query, queryOrThrow, readAccounts } from '../read.ts'
import { readSent } from '../send.ts'
import { notFound, views } from '../views.ts'
import { foundMessages, inboxMessages } from './messages.ts'

/** Everybody in the world. */
export const peoplePage: ConsolePage = {
  name: 'people',
  path: '/people',
  show: (call, address, state) => peopleResponse(call, address, state),
}

/** The same by what is searched for, which is sent as a form: a name or a mobile belongs into no address. */
export const peopleSearchPage: ConsolePage = {
  name: 'people_search',
  path: '/people/search',
  methods: ['GET', 'POST'],
  show(call, address) {
    const { q = '' } = searchSent.parse(sentBy(call))
    return leadToAnswer(call, address, { path: '/people', asked: { q: q.trim() } })
  },
}

/** One person. */
export const personPage: ConsolePage = {
  name: 'person',
  path: '/people/{person}',
  show(call, address, state = {}) {
    const facts = readPerson(call, address)
    if (isRefusal(facts)) return notFound(call, 'unknown_person')
    return pageResponse(call, address, state, (of) => views().PersonPage({ ...of, facts }))
  },
}

/** What is no use is left out: an address is typed by anybody. */
export const searchSent = z.object({
  q: z.string().max(100).catch(''),
  after: z
    .string()
    .regex(/^[\w-]{1,64}$/)
    .optional()
    .catch(undefined),
})

/** What an address says to look for, and from where on. */
export function searchedBy(call: Call, address: ConsoleAddress) {
  const { after } = searchSent.parse(address.query)
  const { q } = searchSent.parse(askedOf(call, address) ?? {})
  return { q, after, ...askedIn(address) }
}

const foundPeople = z.object({
  items: z.array(foundPersonShape),
  next_cursor: z.string().nullable(),
})

function peopleResponse(call: Call, address: ConsoleAddress, state: ConsoleState = {}): Reply {
  const { q, after, ...asked } = searchedBy(call, address)
  const wanted = { ...(q && { q }), ...(after && { after }) }
  const { items, next_cursor } = queryOrThrow(call, 'person.search', wanted, foundPeople)
  const facts: PeopleFacts = {
    q,
    ...asked,
    isLater: after !== undefined,
    next: next_cursor,
    people: items,
    accounts: readAccounts(call)
      .filter(({ appid }) => appid !== null)
      .map(({ key, company }) => ({ key, company })),
  }
  return pageResponse(call, address, state, (of) => views().PeoplePage({ ...of, facts }))
}

/** A phone as far as the page shows it. */
const chatLine = z.object({
  account: z.string().nullable(),
  openid: z.string().nullable(),
  state: stateField,
})
const phoneShape = z.object({
  person: z.string(),
  key: z.string(),
  name: z.string(),
  mobile: z.string().nullable(),
  chats: z.array(chatLine),
})

const changeLine = z.object({
  at: z.string(),
  verb: z.enum(['registered', 'changed', 'replaced', 'released', 'withdrawn']),
  who: z.enum(['candidate', 'operator', 'retention']),
})

function readPerson(call: Call, address: ConsoleAddress): PersonFacts | Refusal {
  const phone = query(call, 'phone.get', { person: address.names['person'] ?? '' }, phoneShape)
  if (isRefusal(phone)) return phone
  const { person, key, mobile, chats } = phone
  const all = readAccounts(call)
  const companies = new Map(all.map((row) => [row.key, row.company]))
  const lines = chats.flatMap((chat) => {
    const company = chat.account === null ? undefined : companies.get(chat.account)
    if (chat.account === null || company === undefined) return []
    return { ...chat, account: chat.account, company }
  })
  const accounts = lines.map((line) => {
    const { account, company, openid, state } = line
    return { account, company, openid, state, registration: readRegistration(call, line, person) }
  })
  const history = lines.flatMap((line) => readHistory(call, line))
  history.sort((a, b) => (a.at < b.at ? 1 : -1))
  const sent = readSent(call, address.query)
  const sender = all.find(({ eid }) => eid === sent?.asked?.eid)?.key ?? accounts[0]?.account
  const { defaultMessage } = frameOf(langOfRequest(call.request, 'en')).words.console.person
  const draft = {
    account: sender,
    message: sent?.asked?.message ?? defaultMessage,
  }
  const check = readDraftCheck(call, { mobile, ...draft })
  const messages = readLatestTo(call, mobile)
  return { person, key, name: phone.name, mobile, accounts, draft, sent, check, messages, history }
}

/** What becomes of the message that stands in the form for a send. */
function readDraftCheck(
  call: Call,
  { mobile, account, message }: PersonFacts['draft'] & Pick<PersonFacts, 'mobile'>,
) {
  if (mobile === null || account === undefined) return null
  return readCheck(call, { to: mobile, account, message })
}

/** So many of somebody's messages are shown; all of them are found by the search. */
const messages_max = 5

function readLatestTo(call: Call, mobile: string | null): PersonFacts['messages'] {
  if (mobile === null) return { rows: [], isMore: false }
  const q = mobile.replace('+', '')
  const { items, older } = queryOrThrow(call, 'message.search', { q }, foundMessages)
  const rows = items.filter((item) => item.mobile === mobile)
  return {
    rows: inboxMessages(call, rows.slice(0, messages_max)),
    isMore: older !== null || rows.length > messages_max,
  }
}

type Line = z.output<typeof chatLine> & { readonly account: string; readonly company: string }

function readRegistration(call: Call, { account, openid }: Line, person: string) {
  if (openid === null) return null
  const found = itemsOf(foundAssociationShape)
  const { items } = queryOrThrow(call, 'association.search', { account, person }, found)
  return items[0] ?? null
}

function readHistory(call: Call, { account, company, openid }: Line) {
  if (openid === null) return []
  const wanted = { account, openid }
  const { items } = queryOrThrow(call, 'association.history', wanted, itemsOf(changeLine))
  return items.map((item) => ({ ...item, company }))
}
