import type { CallbackChange, CallbackRow } from '../../../db/schema.ts'
import { worldNow } from '../../world/clock.ts'
import type { World } from '../../world/world.ts'

/** When it is tried, after the event, in virtual time. */
const tries_at_ms = [0, 10_000, 60_000, 600_000, 3_600_000, 21_600_000]
export const tries_max = tries_at_ms.length

/** A row whose try has just been taken, as if it failed: a crash only delays it. */
export function takenTry(row: CallbackRow, world: World) {
  const tries_left = row.tries_left - 1
  // Late, after a stop: the distance to the next try stays what it was, there is no burst.
  const present = Math.max(world.now, worldNow(world, world.real_now))
  const next = tries_max - tries_left
  const wait = (tries_at_ms[next] ?? 0) - (tries_at_ms[next - 1] ?? 0)
  return {
    state: tries_left > 0 ? 'pending' : 'failed',
    tries: row.tries + 1,
    tries_left,
    due_at: tries_left > 0 ? present + wait : null,
    last_at: world.now,
    last_status: null,
    last_error: null,
  } as const satisfies CallbackChange
}

/** A callback that begins anew, with all its tries. */
export function begunAnew(now: number) {
  return { state: 'pending', tries_left: tries_max, due_at: now } as const satisfies CallbackChange
}
