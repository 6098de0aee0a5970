import { findFirstRegistration } from '../../../db/association-change.ts'
import { listEids } from '../../../db/eid.ts'
import type { AccountRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import { type live_steps, type Progress, progressOf } from '../gateway/facts.ts'
import type { AccountView } from './account.ts'
import { eidOf, isRotatedAway } from './eid.ts'
import { type AccountEvent, eventsOf, latestOf } from './event.ts'

/** The way of an account from first interest to the first message, in its order. */
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
] as const
export type StepName = (typeof steps)[number]

/**
 * How a step stands. `not_needed`: done, because it has no part in this account's way. `waiting`: it is somebody else's
 * turn. `refused`: somebody said no, and may be asked again.
 */
export const step_states = ['open', 'waiting', 'refused', 'done', 'not_needed'] as const
type StepState = (typeof step_states)[number]

/** One step of an account's checklist, as the facts have it. */
export interface ChecklistStep {
  readonly step: StepName
  readonly state: StepState
  /** When it was done, virtual milliseconds; null: it was not, or nobody knows since when. */
  readonly at: number | null
  /** Why it was refused. */
  readonly reason: string | null
}

/** Whether a step is behind the account. */
export function isDone({ state }: Pick<ChecklistStep, 'state'>): boolean {
  return state === 'done' || state === 'not_needed'
}

/** Everything from which a checklist is read. */
export interface Life extends AccountView {
  readonly events: readonly AccountEvent[]
  readonly progress: Progress
  /** EIDs that work now, the present one among them. */
  readonly eids: readonly string[]
  readonly registered_at: number | null
}

type Reading = Pick<Call, 'db' | 'world'>

/** Asks everybody who knows something of an account's life. Nothing of it is kept as a flag. */
export function lifeOf(call: Reading, view: AccountView): Life {
  const { account } = view
  return {
    ...view,
    events: eventsOf(call, account),
    progress: progressOf(call, view),
    eids: workingEids(call, account),
    registered_at: registeredAt(call, account),
  }
}

function workingEids({ db, world }: Reading, account: AccountRow): string[] {
  const rows = listEids(db, { epoch: world.epoch, account: account.eid })
  const all = rows.length > 0 ? rows : [{ eid: account.eid, valid_until: null }]
  return all
    .filter(({ valid_until }) => !isRotatedAway({ ends_at: valid_until }, world))
    .map(({ eid }) => eid)
}

function registeredAt({ db, world }: Reading, { appid }: AccountRow): number | null {
  if (appid === null) return null
  return findFirstRegistration(db, { epoch: world.epoch, appid })?.at ?? null
}

/** The steps of an account's life, in their order. */
export function checklistOf(life: Life): ChecklistStep[] {
  return steps.map((step) => ({ step, at: null, reason: null, ...readers[step](life) }))
}

interface Read {
  readonly state: StepState
  readonly at?: number | null
  readonly reason?: string | null
}

const open: Read = { state: 'open' }

function doneAt(at: number | null | undefined): Read {
  return at === null || at === undefined ? open : { state: 'done', at }
}

const readers: Readonly<Record<StepName, (life: Life) => Read>> = {
  // An account is made because somebody has asked for one.
  enquiry: ({ account, events }) => doneAt(latestOf(events, 'enquired')?.at ?? account.created_at),
  vendor_permission: readVendor,
  official_account_connected: (life) => {
    if (!life.facts.official_account_connected) return open
    return { state: 'done', at: connectedAt(life) }
  },
  industries_set: (life) => readFact(life, 'industries_set'),
  template_applied: ({ progress }) => doneAt(progress.applied_at),
  template_approved: readTemplate,
  registration_page_published: ({ progress, eids }) => {
    const isThere = progress.menu_eids.some((eid) => eids.includes(eid))
    return isThere ? { state: 'done', at: progress.menu_at } : open
  },
  eid_issued: ({ events }) => doneAt(latestOf(events, 'eid_issued', 'eid_rotated')?.at),
  eid_confirmed: ({ events, account }) => {
    const confirmed = events.find(({ verb, detail }) => {
      return verb === 'eid_confirmed' && detail['eid'] === eidOf(account)
    })
    return doneAt(confirmed?.at)
  },
  first_registration: ({ registered_at }) => doneAt(registered_at),
  first_message: ({ account }) => doneAt(account.accepted_at),
}

function readFact({ facts }: Life, step: (typeof live_steps)[number]): Read {
  return facts[step] ? { state: 'done', at: facts.at[step] ?? null } : open
}

/** An official account may be older than its connection. */
function connectedAt({ events, facts, gateway }: Life): number | null {
  const event = latestOf(events, 'official_account_connected')
  const known_at = facts.at.official_account_connected ?? null
  return gateway.kind === 'local' && event ? event.at : known_at
}

/** Who has an official account already has somebody who looks after it, and who must agree; a new one needs nobody. */
function readVendor(life: Life): Read {
  const answer = latestOf(life.events, 'vendor_asked', 'vendor_granted', 'vendor_refused')
  if (answer?.verb === 'vendor_granted') return doneAt(answer.at)
  if (life.facts.official_account_connected) return { state: 'not_needed', at: connectedAt(life) }
  if (!answer) return open
  if (answer.verb === 'vendor_asked') return { state: 'waiting' }
  return { state: 'refused', reason: String(answer.detail['reason'] ?? '') }
}

/** Once approved it stays so, whatever becomes of the template. */
function readTemplate(life: Life): Read {
  const { application, approved_at } = life.progress
  if (life.facts.template_approved) return { state: 'done', at: approved_at }
  if (application?.state === 'pending') return { state: 'waiting' }
  if (application?.state === 'rejected') return { state: 'refused', reason: application.reason }
  return open
}
