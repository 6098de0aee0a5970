import { z } from 'zod'
import type { SentFacts } from '../../views/console/messages/props.ts'
import type { RegistrationsFacts } from '../../views/console/people/props.ts'
import type { AccountFacts, AccountTab, ListedAccount } from '../../views/console/props.ts'
import { type lifeShape, listedAccountShape } from '../control/account/response.ts'
import { foundAssociationShape } from '../control/association/search.ts'
import { wholeOfficialShape } from '../control/official-account/endpoints.ts'
import { previewOf } from '../control/template.ts'
import type { Call } from '../core/call.ts'
import { isReply } from '../core/endpoint.ts'
import { invoke } from '../core/invoke.ts'
import { isRefusal, type Refusal } from '../core/refusal.ts'
import { readCheck } from './check.ts'

/** What the console reads of the answers of control calls. */
const industryRow = z.object({
  code: z.int(),
  first_class: z.string(),
  second_class: z.string(),
  en: z.object({ first_class: z.string(), second_class: z.string() }),
})
const delivery = z.object({
  state: z.enum(['pending', 'delivered', 'failed']),
  tries: z.int(),
  due_at: z.string().nullable(),
  last_at: z.string().nullable(),
  last_status: z.int().nullable(),
  last_error: z.string().nullable(),
})
const callbackLine = delivery.extend({
  callback: z.string(),
  body: z.object({ event: z.string() }),
})
const pushLine = delivery.extend({ push: z.string(), event: z.string() })

/** The latest callbacks, and the latest pushes, that a page shows. */
const latest_max = 20

/** The accounts of the world. */
export function readAccounts(call: Call): readonly ListedAccount[] {
  return queryOrThrow(call, 'account.list', {}, itemsOf(listedAccountShape)).items
}

interface Asked {
  readonly tab: AccountTab
  readonly searched: Searching
  readonly sent: SentFacts | undefined
}

/** What a tab of an account shows besides its life, which has been asked for already. */
export function readAccount(
  call: Call,
  life: z.output<typeof lifeShape>,
  { tab, searched, sent }: Asked,
): AccountFacts {
  const { appid, key } = life
  const official = readOfficial(call, appid)
  const rules = official?.rules === '2023' ? '2023' : '2014'
  const drawn = <T extends { content: string; example: string }>(of: T) => {
    return { ...of, preview: previewOf(of, rules) }
  }
  const isTold = tab === 'callbacks'
  const isListed = tab === 'registrations' && appid !== null
  return {
    tab,
    life,
    official,
    applications: (official?.applications ?? []).map(drawn).reverse(),
    templates: (official?.templates ?? []).map(drawn),
    industries: tab === 'onboarding' || tab === 'templates' ? readIndustries(call) : [],
    callbacks: isTold ? readLatest(call, 'callback.list', key, callbackLine) : [],
    pushes: isTold && appid !== null ? readLatest(call, 'push.list', key, pushLine) : [],
    sent,
    check: tab === 'onboarding' ? readFirstCheck(call, life, sent) : null,
    registrations: isListed ? readRegistrations(call, key, searched) : null,
    qr: tab === 'registrations' && appid !== null ? readQr(call, key) : null,
  }
}

/** What becomes of the first message, where that is what comes next. */
function readFirstCheck(
  call: Call,
  { key, checklist }: z.output<typeof lifeShape>,
  sent: SentFacts | undefined,
) {
  const next = checklist.find((step) => step.next?.call === 'message.send')?.next
  if (!next) return null
  const { mobile, message } = sent?.asked ?? next.input
  return readCheck(call, { account: key, to: String(mobile ?? ''), message: String(message ?? '') })
}

/** What is looked for in a list, and from where on. */
export interface Searching {
  readonly q: string
  readonly after?: string | undefined
  /** That text as the address holds it. */
  readonly asked?: string
}

const foundRegistrations = z.object({
  items: z.array(foundAssociationShape),
  next_cursor: z.string().nullable(),
})

function readRegistrations(
  call: Call,
  account: string,
  { q, after, ...asked }: Searching,
): RegistrationsFacts {
  const wanted = { account, ...(q && { q }), ...(after && { after }) }
  const found = queryOrThrow(call, 'association.search', wanted, foundRegistrations)
  return { q, ...asked, isLater: after !== undefined, next: found.next_cursor, rows: found.items }
}

function readIndustries(call: Call): readonly z.output<typeof industryRow>[] {
  return queryOrThrow(call, 'industry.list', {}, itemsOf(industryRow)).items
}

/** Null: there is none, or it is one of another WeChat. */
function readOfficial(call: Call, appid: string | null) {
  if (appid === null) return null
  const official = query(call, 'official_account.get', { appid }, wholeOfficialShape)
  return isRefusal(official) ? null : official
}

function readLatest<T extends z.ZodType>(
  call: Call,
  id: string,
  account: string,
  line: T,
): z.output<T>[] {
  const latest = { account, order: 'newest' }
  return queryOrThrow(call, id, latest, itemsOf(line)).items.slice(0, latest_max)
}

function readQr(call: Call, eid: string): string | null {
  const drawn = invoke(call, 'registration_qr.get', { eid, format: 'svg' })
  return isReply(drawn) && typeof drawn.body === 'string' ? drawn.body : null
}

/** A list as control calls answer it. */
export function itemsOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item) })
}

/** What a control call answers. */
export function query<T extends z.ZodType>(
  call: Call,
  id: string,
  given: Readonly<Record<string, unknown>>,
  shape: T,
): z.output<T> | Refusal {
  const outcome = invoke(call, id, given)
  return isRefusal(outcome) ? outcome : shape.parse(outcome)
}

/** The same where there can be no refusal. */
export function queryOrThrow<T extends z.ZodType>(
  call: Call,
  id: string,
  given: Readonly<Record<string, unknown>>,
  shape: T,
): z.output<T> {
  const outcome = invoke(call, id, given)
  if (isRefusal(outcome)) throw new Error(`${id} is refused: ${outcome.text}`)
  return shape.parse(outcome)
}
