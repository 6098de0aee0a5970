import { z } from 'zod'
import { findNewestExchanges } from '../../../db/exchange-search.ts'
import { topics } from '../../../db/topic.ts'
import {
  har_max,
  isSameQuery,
  type JournalFacts,
  type JournalQuery,
  type ListedCall,
  platform_calls,
  type StrayFacts,
} from '../../../views/console/journal/props.ts'
import { exchangeShape, readSent } from '../../control/exchange/exchange.ts'
import { languages } from '../../control/explain/endpoints.ts'
import { whyOf } from '../../control/explain/sentence.ts'
import type { Call } from '../../core/call.ts'
import { decidingStep, ruleOf } from '../../core/deciding.ts'
import { isPending, type Outcome, type Reply } from '../../core/endpoint.ts'
import { beginInvoke } from '../../core/invoke.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { surface_names } from '../../core/surface.ts'
import { langOfRequest } from '../../page/reply.ts'
import type { Step } from '../../world/step.ts'
import { type Scope, unattributed } from '../../world/world.ts'
import { askedIn, askedOf, leadToAnswer, sentBy } from '../asked.ts'
import { codeOf } from '../exchange.ts'
import { type ConsoleAddress, type ConsolePage, type ConsoleState, pageResponse } from '../page.ts'
import { queryOrThrow, readAccounts } from '../read.ts'
import { notFound, views } from '../views.ts'
import { harReply } from './exchange.ts'

/** The journal, as its address narrows it. */
export const journalPage: ConsolePage = {
  name: 'journal',
  path: '/journal',
  begin(call, address) {
    const outcome = beginInvoke(call, 'exchange.list', wantedBy(givenBy(call, address)))
    return isPending(outcome) ? outcome : journalResponse(call, address, outcome)
  },
  end: journalResponse,
  // Around a form of the frame that was refused: a search waits, and here nobody can.
  show: (call, address, state) => journalResponse(call, address, unread, state),
  live: {
    topics: [topics.exchanges],
    digest: newestSeq,
  },
}

/** The newest call. */
export function newestSeq({ db, world }: Scope): string {
  return String(findNewestExchanges(db, world.epoch).newest)
}

/** The same by whom it is about or what they wrote, which is sent as a form: it belongs into no address. */
export const journalSearchPage: ConsolePage = {
  name: 'journal_search',
  path: '/journal/search',
  methods: ['GET', 'POST'],
  show(call, address) {
    const sent = Object.entries(queryOf(sentBy(call)))
    const isPersonal = ([name]: [string, string]) => personal.some((one) => one === name)
    const asked = Object.fromEntries(sent.filter((one) => isPersonal(one)))
    const open = Object.fromEntries(sent.filter((one) => !isPersonal(one)))
    return leadToAnswer(call, address, { path: '/journal', open, asked })
  },
}

/** The list as a file for browsers' tools: so much of it as one call gives. */
export const journalHarPage: ConsolePage = {
  name: 'journal_har',
  path: '/journal/har',
  begin(call, address) {
    // Whoever waits gets what is found late as well: a file that ends early looks like a whole one.
    const wanted = {
      ...wantedBy(givenBy(call, address)),
      format: 'har',
      limit: har_max,
      wait: '1ms',
    }
    const outcome = beginInvoke(call, 'exchange.list', wanted)
    return isPending(outcome) ? outcome : listHarResponse(call, address, outcome)
  },
  end: listHarResponse,
  show: (call) => notFound(call, 'unknown_path'),
}

function listHarResponse(call: Call, address: ConsoleAddress, outcome: Outcome): Reply | Refusal {
  if (isRefusal(outcome)) return journalResponse(call, address, outcome)
  return harReply(outcome, `tupu-${call.world.world}.har`)
}

/** Calls that nobody claimed. */
export const straysPage: ConsolePage = {
  name: 'strays',
  path: '/journal/strays',
  show(call, address, state = {}) {
    const facts = { strays: readStrays(call) }
    return pageResponse(call, address, state, (of) => views().StraysPage({ ...of, facts }))
  },
}

const list_max = 50
/** Of those that nobody claimed, so many stand above the journal. */
const first_strays_max = 3

const personal = ['text', 'mobile', 'person', 'openid', 'client_msg_id'] as const
const names = [
  ...personal,
  'msgid',
  'surface',
  'endpoint',
  'direction',
  'account',
  'errcode',
  'status',
  'rule',
  'trace',
  'since',
  'until',
  'unmatched',
  'platform',
] as const satisfies readonly (keyof JournalQuery)[]

/** What is no use is left out: an address is typed by anybody. */
const typed = z.string().trim().min(1).max(200).optional().catch(undefined)

const cursorShape = z
  .string()
  .regex(/^\d{1,16}$/)
  .optional()
  .catch(undefined)

type Given = Readonly<Record<string, unknown>>

function queryOf(given: Given): JournalQuery {
  const read = names.map((name) => [name, typed.parse(given[name])] as const)
  return Object.fromEntries(read.filter(([, value]) => value !== undefined))
}

const cursorOf = ({ after }: Given) => cursorShape.parse(after)

/** Where nothing is asked for, what people click here would stand between the platform's calls. */
function narrowedBy(given: Given): JournalQuery {
  const query = queryOf(given)
  return Object.keys(query).length === 0 ? platform_calls : query
}

function wantedBy(given: Given): Record<string, unknown> {
  const after = cursorOf(given)
  const { since, until, ...query } = narrowedBy(given)
  return {
    ...query,
    ...(since && { since: instantOf(since) }),
    ...(until && { until: instantOf(until) }),
    limit: list_max,
    ...(after && { after }),
  }
}

/** A day, or its time, as pages show it: Beijing's. */
const wall_form = /^(?<day>\d{4}-\d\d-\d\d)(?:[ T](?<time>\d\d:\d\d)(?<seconds>:\d\d)?)?$/u

/** What is typed as a time: the wall clock of Beijing, or an instant as calls have it. */
function instantOf(text: string): string {
  const { day, time = '00:00', seconds = ':00' } = wall_form.exec(text)?.groups ?? {}
  return day === undefined ? text : `${day}T${time}${seconds}+08:00`
}

function givenBy(call: Call, address: ConsoleAddress): Given {
  return { ...address.query, ...askedOf(call, address) }
}

/** Nothing was looked for. */
const unread = { items: [], next_cursor: null }

const foundShape = z.object({
  items: z.array(exchangeShape),
  next_cursor: z.string().nullable(),
})

function journalResponse(
  call: Call,
  address: ConsoleAddress,
  outcome: Outcome,
  state: ConsoleState = {},
): Reply | Refusal {
  const facts = readFacts(call, address, outcome)
  const refused = facts.refused === null ? {} : { status: 422 }
  return pageResponse(call, address, { ...refused, ...state }, (page) =>
    views().JournalPage({ ...page, facts }),
  )
}

function readFacts(call: Call, address: ConsoleAddress, outcome: Outcome): JournalFacts {
  const given = givenBy(call, address)
  const query = narrowedBy(given)
  const after = cursorOf(given)
  const isOlder = after !== undefined
  const isRefused = isRefusal(outcome)
  const { items, next_cursor } = isRefused
    ? { items: [], next_cursor: null }
    : foundShape.parse(outcome)
  const isFirst = isSameQuery(query, platform_calls) && !isOlder
  const accounts = readAccounts(call)
  return {
    query,
    filters: { ...queryOf(address.query), ...askedIn(address) },
    isOlder,
    after,
    calls: items.map((item) => listedCall(call, item, accounts)),
    older: next_cursor,
    isUnread: outcome === unread,
    refused: isRefused ? reasonOf(outcome) : null,
    strays: isFirst ? readStrays(call).slice(0, first_strays_max) : [],
    accounts: accounts.map(({ key, company }) => ({ key, company })),
    surfaces: surface_names,
  }
}

function reasonOf({ extra = {}, text: said }: Refusal): string {
  const { field, reason, fix } = extra
  const parts = [field, reason, fix].filter((part) => typeof part === 'string')
  return parts.length === 0 ? said : parts.join(': ')
}

type Exchange = z.output<typeof exchangeShape>

function listedCall(
  call: Call,
  exchange: Exchange,
  accounts: ReturnType<typeof readAccounts>,
): ListedCall {
  const { status, endpoint, url } = exchange
  const { endpoints } = call.engine
  const lang = langOfRequest(call.request, 'en')
  const steps = exchange.decision as readonly Step[]
  const errcode = codeOf(exchange)
  const isRefused = status >= 400 || status === 0 || (errcode ?? 0) !== 0
  const deciding = isRefused ? decidingStep(steps) : undefined
  const rule = deciding === undefined ? null : ruleOf(deciding)
  return {
    ...exchange,
    errcode,
    // A form of a page is a call of the control API, whose name its path has.
    summary: (endpoints.get(endpoint) ?? endpoints.get(formIn(url)))?.summary[lang] ?? '',
    sent: endpoint === 'message.send' && !isRefused ? sentIn(exchange, accounts) : null,
    rule,
    why: typeof deciding === 'object' ? whyOf(languages[lang], deciding) : '',
    isFault: steps.some((step) => ruleOf(step) === 'fault.applied'),
  }
}

const formIn = (url: string) => /\/do\/([\w.]+)/u.exec(url)?.[1] ?? ''

/** To whom a send went, and whose it is. */
function sentIn(exchange: Exchange, accounts: ReturnType<typeof readAccounts>): ListedCall['sent'] {
  const { mobile, values } = readSent(exchange)
  const account = accounts.find(({ eid }) => values.includes(eid))
  return mobile === undefined ? null : { mobile, company: account?.company ?? '' }
}

const straysShape = z.object({
  items: z.array(
    z.object({
      seq: z.int(),
      world: z.string(),
      trace: z.string(),
      at: z.string(),
      method: z.string(),
      url: z.string(),
      status: z.int(),
      errcode: z.int().nullable(),
      sentence: z.string(),
    }),
  ),
})

/** What a platform sent that reached nobody, the newest first. */
export function readStrays(call: Call): StrayFacts[] {
  const lang = langOfRequest(call.request, 'en')
  const { items } = queryOrThrow(call, 'stray.list', { lang }, straysShape)
  return items.map(({ world, ...facts }) => ({ ...facts, isNobodys: world === unattributed }))
}
