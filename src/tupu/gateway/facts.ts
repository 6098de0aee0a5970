import { z } from 'zod'
import { findAccount, updateAccount } from '../../../db/account.ts'
import { listApplications } from '../../../db/application.ts'
import { findMenu } from '../../../db/menu.ts'
import type { AccountRow, ApplicationRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import { tellListeners } from '../../core/event.ts'
import { seeApplications } from '../../wechat/application/application.ts'
import { readTemplate } from '../../wechat/template/content.ts'
import { touchVersion } from '../../world/world.ts'
import { type GatewayConfig, goesThrough, type RemoteGateway } from './config.ts'
import { eidsIn, type MenuItem } from './menu.ts'

/** Which of a send's values a keyword shows. */
const boundValue = z.enum(['message', 'name', 'company', 'time', 'empty'])
type BoundValue = z.output<typeof boundValue>

/** A template, and what each of its keywords shows. */
const boundTemplate = z.object({
  template_id: z.string(),
  binding: z.record(z.string(), boundValue),
})

/** The steps without which an account is not live. */
export const live_steps = [
  'official_account_connected',
  'industries_set',
  'template_approved',
] as const

/**
 * What WeChat says of an account, as far as a send needs it. `at`: when a step was done, virtual milliseconds. `menu_eids`:
 * the EIDs whose registration pages the menu of a remote WeChat opens, as far as it told; nothing that a send asks for.
 */
export const factsShape = z.object({
  official_account_connected: z.boolean(),
  industries_set: z.boolean(),
  template_approved: z.boolean(),
  template: boundTemplate.nullable(),
  at: z.partialRecord(z.enum([...live_steps, 'registration_page_published']), z.int()).default({}),
  menu_eids: z.array(z.string()).optional(),
})
export type Facts = z.output<typeof factsShape>

export const no_facts: Facts = {
  official_account_connected: false,
  industries_set: false,
  template_approved: false,
  template: null,
  at: {},
}

/** Steps that are missing for an account to be live, in their order. */
export function missingSteps(facts: Facts): string[] {
  return live_steps.filter((step) => !facts[step])
}

/** Remembers what a remote gateway said of an account, and since when; nothing of a gateway that it has no longer. */
export function keepFacts(
  call: Pick<Call, 'db' | 'world'>,
  { eid, gateway }: { readonly eid: string; readonly gateway: RemoteGateway },
  facts: Facts,
): void {
  const { db, world } = call
  const account = findAccount(db, world.epoch, eid)
  if (!account || !goesThrough(account, gateway)) return
  const known = readFacts(account.facts)
  const at: Facts['at'] = {}
  for (const step of live_steps) if (facts[step]) at[step] = known.at[step] ?? world.now
  const menu_eids = facts.menu_eids ?? known.menu_eids ?? []
  const isSame = menu_eids.join() === known.menu_eids?.join()
  at.registration_page_published =
    (isSame ? known.at.registration_page_published : undefined) ?? world.now
  touchVersion(call)
  const change = { facts: JSON.stringify({ ...facts, at, menu_eids }), facts_at: world.real_now }
  updateAccount(db, { epoch: world.epoch, eid }, change)
}

/** Facts as an account's row keeps them. */
export function readFacts(kept: string | null): Facts {
  return kept === null ? no_facts : factsShape.parse(JSON.parse(kept))
}

/**
 * Binds a template: `first` (else its first keyword) is the message; of the others, time keywords take the time, and the
 * rest name, company and (where no keyword is typed as a time) the time, in their order; what is left stays empty.
 */
export function bindTemplate(template_id: string, content: string): z.output<typeof boundTemplate> {
  const { fields } = readTemplate(content)
  const message = fields.find((field) => field.name === 'first') ?? fields[0]
  const isTime = (type: string | null) => type === 'time' || type === 'date'
  const values: BoundValue[] = ['name', 'company']
  if (!fields.some((field) => isTime(field.type))) values.push('time')
  const binding: Record<string, BoundValue> = {}
  for (const { name, type } of fields) {
    if (name === message?.name) binding[name] = 'message'
    else if (name === 'remark') binding[name] = 'empty'
    else binding[name] = isTime(type) ? 'time' : (values.shift() ?? 'empty')
  }
  return { template_id, binding }
}

/** What WeChat says of an account besides what a send needs: for its checklist alone. */
export interface Progress {
  /** When a template was first applied for; null: nobody has applied. */
  readonly applied_at: number | null
  readonly approved_at: number | null
  /** The latest application; null: there is none, or a remote WeChat does not tell. */
  readonly application: Pick<ApplicationRow, 'application' | 'state' | 'reason'> | null
  /** The EIDs whose registration pages the menu opens, and since when it is as it is. */
  readonly menu_eids: readonly string[]
  readonly menu_at: number | null
}

/** An account, the way to its WeChat, and what is known of it there. */
interface Seen {
  readonly account: AccountRow
  readonly gateway: GatewayConfig
  readonly facts: Facts
}

/** Somebody looks at how an account stands: a review that waits for looks goes on, and what it decides is true at once. */
export function lookAtReviews(
  call: Call,
  { account, gateway }: Pick<Seen, 'account' | 'gateway'>,
): void {
  if (gateway.kind === 'remote' || account.appid === null) return
  seeApplications(call, account.appid)
  tellListeners(call)
}

/** What WeChat says of an account's way to its template and its menu. */
export function progressOf(
  call: Pick<Call, 'db' | 'world'>,
  { account, gateway, facts }: Seen,
): Progress {
  // Whoever has a template has applied for it.
  const since = facts.template_approved ? (facts.at.template_approved ?? null) : null
  return gateway.kind === 'remote'
    ? remoteProgress(facts, since)
    : localProgress(call, account.appid, since)
}

function remoteProgress({ menu_eids = [], at }: Facts, since: number | null): Progress {
  const menu_at = at.registration_page_published ?? null
  return { applied_at: since, approved_at: since, application: null, menu_eids, menu_at }
}

function localProgress(
  { db, world }: Pick<Call, 'db' | 'world'>,
  appid: string | null,
  since: number | null,
): Progress {
  const all = appid === null ? [] : listApplications(db, world.epoch, appid)
  const menu = appid === null ? undefined : findMenu(db, world.epoch, appid)
  const approved = all.filter(({ state }) => state === 'approved')
  return {
    applied_at: earliest(since, ...all.map(({ submitted_at }) => submitted_at)),
    approved_at: earliest(since, ...approved.map(({ decided_at }) => decided_at)),
    application: all.at(-1) ?? null,
    menu_eids: eidsIn(menu ? (JSON.parse(menu.buttons) as MenuItem[]) : []),
    menu_at: menu?.created_at ?? null,
  }
}

function earliest(...instants: readonly (number | null)[]): number | null {
  const known = instants.filter((instant) => instant !== null)
  return known.length === 0 ? null : Math.min(...known)
}
