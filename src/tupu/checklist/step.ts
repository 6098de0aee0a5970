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
export type StepState = (typeof step_states)[number]

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
