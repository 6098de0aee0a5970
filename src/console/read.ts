import { z } from 'zod'
import type { AccountFacts, CallbackLine, ListedAccount } from '../../views/console/props.ts'
import { type lifeShape, listedAccountShape } from '../control/account/response.ts'
import { wholeOfficialShape } from '../control/official-account/endpoints.ts'
import { previewOf } from '../control/template.ts'
import type { Call } from '../core/call.ts'
import { isReply } from '../core/endpoint.ts'
import { invoke } from '../core/invoke.ts'
import { isRefusal, type Refusal } from '../core/refusal.ts'

/** What the console reads of the answers of control calls. */
const industryRow = z.object({
  code: z.int(),
  first_class: z.string(),
  second_class: z.string(),
  en: z.object({ first_class: z.string(), second_class: z.string() }),
})
const callbackLine = z.object({
  callback: z.string(),
  state: z.enum(['pending', 'delivered', 'failed']),
  body: z.object({ event: z.string() }),
  tries: z.int(),
  due_at: z.string().nullable(),
  last_at: z.string().nullable(),
  last_status: z.int().nullable(),
  last_error: z.string().nullable(),
})

/** The latest callbacks that a page shows. */
const callbacks_max = 10

/** The accounts of the world. */
export function readAccounts(call: Call): readonly ListedAccount[] {
  return queryOrThrow(call, 'account.list', {}, itemsOf(listedAccountShape)).items
}

/** Everything of an account besides its life, which has been asked for already. */
export function readAccount(
  call: Call,
  life: z.output<typeof lifeShape>,
  isRevoking: boolean,
): AccountFacts {
  const { appid, key } = life
  const official = readOfficial(call, appid)
  const rules = official?.rules === '2023' ? '2023' : '2014'
  const drawn = <T extends { content: string; example: string }>(of: T) => {
    return { ...of, preview: previewOf(of, rules) }
  }
  const { items: industries } = queryOrThrow(call, 'industry.list', {}, itemsOf(industryRow))
  return {
    life,
    official,
    applications: (official?.applications ?? []).map(drawn).reverse(),
    templates: (official?.templates ?? []).map(drawn),
    industries,
    callbacks: readCallbacks(call, key),
    qr: appid === null ? null : readQr(call, key),
    isRevoking,
  }
}

/** Null: there is none, or it is one of another WeChat. */
function readOfficial(call: Call, appid: string | null) {
  if (appid === null) return null
  const official = query(call, 'official_account.get', { appid }, wholeOfficialShape)
  return isRefusal(official) ? null : official
}

function readCallbacks(call: Call, account: string): CallbackLine[] {
  const latest = { account, order: 'newest' }
  const { items } = queryOrThrow(call, 'callback.list', latest, itemsOf(callbackLine))
  return items.slice(0, callbacks_max)
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
function query<T extends z.ZodType>(
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
