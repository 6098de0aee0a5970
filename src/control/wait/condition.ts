import type { z } from 'zod'
import type { Topic } from '../../../db/topic.ts'
import type { Call } from '../../core/call.ts'
import type { Engine } from '../../core/engine.ts'
import type { Refusal } from '../../core/refusal.ts'
import type { Look } from '../../core/wait.ts'
import type { Scope } from '../../world/world.ts'

/**
 * Something that can be waited for: an item of a list, with the filters of that list. `Q` says what is looked for and from
 * where on, `K` which item it is.
 */
export interface Condition<F extends z.ZodRawShape = z.ZodRawShape, Q = unknown, K = unknown> {
  readonly filters: F
  /** What the filters ask for; `field`: what stands before their names in a refusal. */
  begin(call: Call, filters: z.output<z.ZodObject<F>>, field: string): Q | Refusal
  /** What is announced when there may be such an item. */
  topics(query: Q): readonly Topic[]
  /** The newest item that fits, as far as one unit looks. */
  look(scope: Scope & { readonly engine: Engine }, query: Q): Look<Q, K>
  /** The item as its list shows it; undefined: it is gone meanwhile. */
  show(call: Call, found: K): object | undefined
  /** Items of the list that come nearest to what was asked for, the nearest first. */
  nearest(call: Call, query: Q): readonly object[]
}

/** Infers what a condition says of itself. */
export function condition<F extends z.ZodRawShape, Q, K>(
  of: Condition<F, Q, K>,
): Condition<F, Q, K> {
  return of
}

/** Among so many items, the newest, the nearest are looked for. */
export const candidates_max = 200
const nearest_max = 3

/** Those of which most of what was asked for is true; of equal ones the first. */
export function nearestOf<T>(
  candidates: readonly T[],
  claims: (one: T) => readonly boolean[],
): readonly T[] {
  const fitting = (one: T) => claims(one).filter(Boolean).length
  const ranked = candidates.map((one) => ({ one, fits: fitting(one) }))
  return ranked
    .toSorted((a, b) => b.fits - a.fits)
    .slice(0, nearest_max)
    .map(({ one }) => one)
}
