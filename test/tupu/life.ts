import type { WorldHandle } from '../../src/world-handle.ts'
import type { Account } from '../platform.ts'
import type { Http } from '../sim.ts'

/** The way of an account, in its order. */
export const steps = [
  'enquiry',
  'vendor_permission',
  'official_account_connected',
  'industries_set',
  'template_applied',
  'template_approved',
  'registration_page_published',
  'eid_issued',
  'eid_confirmed',
  'first_registration',
  'first_message',
]

export interface Step {
  readonly step: string
  readonly done: boolean
  readonly at: string | null
}

export interface LifeStep extends Step {
  readonly state: string
  readonly reason: string | null
  readonly next: { readonly call: string; readonly input: Readonly<Record<string, unknown>> } | null
}

/** An account as `account.get` answers it. */
export interface Life {
  readonly key: string
  readonly eid: string
  readonly appid: string | null
  readonly template_id: string | null
  readonly register_url: string | null
  readonly state: string
  readonly eids: readonly { readonly eid: string; readonly ends_at: string | null }[]
  readonly live: boolean
  readonly missing: readonly string[]
  readonly checklist: readonly LifeStep[]
  readonly events: readonly {
    readonly at: string
    readonly verb: string
    readonly detail: object
  }[]
}

export async function life(world: WorldHandle, eid: string): Promise<Life> {
  return (await world.call('account.get', { eid })) as Life
}

/** One step of an account, by its name. */
export async function stepOf(world: WorldHandle, eid: string, step: string): Promise<LifeStep> {
  const found = (await life(world, eid)).checklist.find((row) => row.step === step)
  if (!found) throw new Error(`there is no step ${step}`)
  return found
}

/** What the platform is told of its account. */
export async function readChecklist(http: Http, { eid }: Pick<Account, 'eid'>) {
  const { json } = await http('GET', `/tupu/v1/accounts/${eid}`)
  return json as unknown as { eid: string; live: boolean; missing: string[]; checklist: Step[] }
}

export async function doneSteps(http: Http, account: Pick<Account, 'eid'>): Promise<string[]> {
  const { checklist } = await readChecklist(http, account)
  return checklist.filter(({ done }) => done).map(({ step }) => step)
}
