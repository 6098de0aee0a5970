import { updateFollower } from '../../../db/person.ts'
import type { FollowerRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import type { World } from '../../world/world.ts'

/** How long nobody is asked again: thirty days. Source: the platform's staff in its forum, 2022. */
const consent_ms = 30 * 86_400_000

/** The person lets the account see nickname and avatar; for thirty days nothing is asked any more. */
export function allow(
  { db, world }: Pick<Call, 'db' | 'world'>,
  follower: FollowerRow,
): FollowerRow {
  const change = { consented_at: world.now }
  updateFollower(db, follower, change)
  return { ...follower, ...change }
}

/** The person takes that back: the next page that wants nickname and avatar asks again. */
export function takeBack({ db }: Pick<Call, 'db'>, follower: FollowerRow): FollowerRow {
  const change = { consented_at: null }
  updateFollower(db, follower, change)
  return { ...follower, ...change }
}

/** Whether the person allowed it lately. */
export function hasConsent(
  follower: Pick<FollowerRow, 'consented_at'> | undefined,
  { now }: Pick<World, 'now'>,
): boolean {
  const at = follower?.consented_at ?? null
  return at !== null && now < at + consent_ms
}
