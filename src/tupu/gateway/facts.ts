import { z } from 'zod'
import { findAccount, updateAccount } from '../../../db/account.ts'
import type { Call } from '../../core/call.ts'
import { readTemplate } from '../../wechat/template/content.ts'
import { touchVersion } from '../../world/world.ts'
import { goesThrough, type RemoteGateway } from './config.ts'

const boundValue = z.enum(['message', 'name', 'company', 'time', 'empty'])
/** Which of a send's values a keyword shows. */
export type BoundValue = z.output<typeof boundValue>

/** A template, and what each of its keywords shows. */
export interface BoundTemplate {
  readonly template_id: string
  readonly binding: Readonly<Record<string, BoundValue>>
}

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
  template: z
    .object({ template_id: z.string(), binding: z.record(z.string(), boundValue) })
    .nullable(),
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
export async function keepFacts(
  call: Pick<Call, 'db' | 'world'>,
  { eid, gateway }: { readonly eid: string; readonly gateway: RemoteGateway },
  facts: Facts,
): Promise<void> {
  const { db, world } = call
  const account = await findAccount(db, world.epoch, eid)
  if (!account || !goesThrough(account, gateway)) return
  const known = readFacts(account.facts)
  const at: Facts['at'] = {}
  for (const step of live_steps) if (facts[step]) at[step] = known.at[step] ?? world.now
  const menu_eids = facts.menu_eids ?? known.menu_eids ?? []
  const isSame = menu_eids.join() === known.menu_eids?.join()
  at.registration_page_published =
    (isSame ? known.at.registration_page_published : undefined) ?? world.now
  await touchVersion(call)
  const told = { ...facts, at, menu_eids }
  const change = { facts: JSON.stringify(told), facts_at: world.real_now }
  await updateAccount(db, { epoch: world.epoch, eid }, change)
}

/** Facts as an account's row keeps them. */
export function readFacts(kept: string | null): Facts {
  return kept === null ? no_facts : factsShape.parse(JSON.parse(kept))
}

/**
 * Binds a template: `first` (else its first keyword) is the message; of the others, time keywords take the time, and the
 * rest name, company and (where no keyword is typed as a time) the time, in their order; what is left stays empty.
 */
export function bindTemplate(template_id: string, content: string): BoundTemplate {
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
