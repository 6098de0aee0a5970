/** Surfaces whose calls faults can meet: those that come in, and those that go out to a platform. */
export const fault_surfaces = [
  'tupu',
  'wechat',
  'register',
  'phone',
  'callback',
  'push',
  'sink',
] as const
export type FaultSurface = (typeof fault_surfaces)[number]

/** How a connection can break. */
export const transports = ['reset', 'empty', 'truncate', 'hang', 'drip', 'garbage'] as const
export type Transport = (typeof transports)[number]

/** What can go wrong with something that we deliver. */
export const deliveries = ['drop', 'twice', 'swap', 'bad_signature', 'old_timestamp'] as const
export type Delivery = (typeof deliveries)[number]

/** What a fault does to a call. */
type Effect =
  | { readonly kind: 'errcode'; readonly errcode: number; readonly errmsg: string | null }
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly headers: Readonly<Record<string, string>>
      readonly body: string
    }
  | { readonly kind: 'transport'; readonly transport: Transport }
  | { readonly kind: 'delivery'; readonly delivery: Delivery }
  /** The call goes its usual way: late, if there is a delay. */
  | { readonly kind: 'pass' }

export type FaultAction = Effect & {
  readonly delay_ms: number
  /** Whether the call is carried out first, so that only its answer is the fault's. */
  readonly stage: 'before' | 'after'
}

/** A fault as it is applied. Null: it does not ask for that. */
export interface FaultPlan {
  readonly name: string | null
  readonly surface: FaultSurface
  /** An id, or `noun.*`. */
  readonly endpoint: string | null
  /** An account of TUPU's by the EID that is its key, or an official account that has none by its appid. */
  readonly account: { readonly eid: string } | { readonly appid: string } | null
  readonly person: string | null
  /** E.164. */
  readonly mobile: string | null
  /** So many calls that fit are let pass first. */
  readonly after: number
  /** Applied so often it is spent; null: never. */
  readonly times: number | null
  readonly probability: number | null
  /** Virtual milliseconds. */
  readonly until: number | null
  /** One for each time, in turn; the last of them ever after. */
  readonly actions: readonly FaultAction[]
}

/** A fault that was applied to a call. */
export interface AppliedFault {
  readonly fault: string
  readonly name: string | null
  /** The how manieth call it was. */
  readonly hit: number
  readonly action: FaultAction
}

export function isSpent({ times }: Pick<FaultPlan, 'times'>, hits: number): boolean {
  return times !== null && hits >= times
}

export function isOver({ until }: Pick<FaultPlan, 'until'>, now: number): boolean {
  return until !== null && now >= until
}

/** Whether an endpoint is meant by an id, or by `noun.*`. */
export function isMeant(pattern: string, endpoint: string): boolean {
  return pattern.endsWith('.*') ? endpoint.startsWith(pattern.slice(0, -1)) : endpoint === pattern
}

/**
 * Whether a fault is applied to a call that it means: the `fits`th of them, after `hits` that it was applied to. `chance` is
 * that call's own, from 0 to 1.
 */
export function applies(
  plan: Pick<FaultPlan, 'after' | 'times' | 'probability'>,
  { fits, hits }: { readonly fits: number; readonly hits: number },
  chance: (fits: number) => number,
): boolean {
  if (fits <= plan.after || isSpent(plan, hits)) return false
  return plan.probability === null || chance(fits) < plan.probability
}

/** What is done the `hit`th time. */
export function actionOf({ actions }: FaultPlan, hit: number): FaultAction {
  const action = actions[Math.min(hit, actions.length) - 1]
  if (!action) throw new Error('a fault does nothing')
  return action
}

/** Whether no answer comes that anybody could read, though the call was made. */
export function isSilent(action: FaultAction): boolean {
  return action.kind === 'transport' && ['reset', 'empty', 'hang'].includes(action.transport)
}

/** Whether the call goes its usual way, and the fault touches no more than how its answer comes. */
export function isHarmless(action: FaultAction): boolean {
  if (action.kind === 'pass' || action.kind === 'delivery') return true
  return action.kind === 'transport' && action.transport === 'drip'
}

/** Whether half of the true answer is wanted of a call that does nothing: it is carried out, and taken back. */
export function isTakenBack(action: FaultAction): boolean {
  const { kind, stage } = action
  return kind === 'transport' && action.transport === 'truncate' && stage === 'before'
}

/** What was done, in a word, for the decision. */
export function nameOf(action: FaultAction): string | number {
  switch (action.kind) {
    case 'errcode':
      return action.errcode
    case 'answer':
      return `answer ${action.status}`
    case 'transport':
      return action.transport
    case 'delivery':
      return action.delivery
    case 'pass':
      return action.delay_ms > 0 ? `delay ${action.delay_ms} ms` : 'pass'
  }
}

/** Whether what was done, by its word in a decision, leaves another answer than the true one. */
export function changesAnswer(name: unknown): boolean {
  return typeof name === 'number' || !/^(drip|pass|delay \d+ ms)$/.test(String(name))
}

/** What a platform lives through whose call a fault meets, in a word; undefined: no more than a code says. */
export function experienceOf(
  action: FaultAction,
): 'answer_lost' | 'unreachable' | 'garbage' | 'slow' | undefined {
  const { kind, stage, delay_ms } = action
  const isBroken = kind === 'answer' || (kind === 'transport' && action.transport !== 'drip')
  if (isBroken && stage === 'after') return 'answer_lost'
  if (isBroken) return isSilent(action) ? 'unreachable' : 'garbage'
  const isSlow = delay_ms > 0 || kind === 'transport'
  return isSlow ? 'slow' : undefined
}
