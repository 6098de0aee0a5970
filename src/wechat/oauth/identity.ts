import { findFollowerOf } from '../../../db/person.ts'
import type { FollowerRow, PersonRow } from '../../../db/schema.ts'
import { type BrowserIdentity, identitiesOf } from '../../auth/browser-identity.ts'
import { findPersonBy } from '../../world/person.ts'
import { putFollower } from '../follower.ts'
import type { PageCall } from './page.ts'

/** In whose WeChat a page is seen, and by what that is known. */
export interface Identified {
  readonly person: PersonRow
  readonly by: BrowserIdentity['by']
}

/** The first of those whom the request names who lives in this world. */
export function identify(call: PageCall): Identified | undefined {
  const { caller, steps } = call
  const named = identitiesOf(call, caller.address)
  for (const { person, by } of named) {
    const row = findPersonBy(call, person)
    if (!row) continue
    steps.push('looker.known')
    return { person: row, by }
  }
  steps.push({ rule: 'looker.known', actual: named, expected: 'a person of this world' })
  return undefined
}

/** What there is between a person and an account already. */
export function findRelation(
  { db, world }: PageCall,
  { person }: PersonRow,
  appid: string,
): FollowerRow | undefined {
  return findFollowerOf(db, { epoch: world.epoch, person, appid })
}

/** The same; whoever opens a page of an account has an openid from then on, follower or not. */
export function relationOf(call: PageCall, person: PersonRow, appid: string): FollowerRow {
  const found = findRelation(call, person, appid)
  return found ?? putFollower(call, { person: person.person, appid }, 'never')
}
