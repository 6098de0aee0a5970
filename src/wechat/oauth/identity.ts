import { findFollowerOf } from '../../../db/person.ts'
import type { FollowerRow, PersonRow } from '../../../db/schema.ts'
import { type BrowserIdentity, identitiesOf } from '../../auth/browser-identity.ts'
import { isOperator } from '../../auth/control-token.ts'
import { findPersonBy } from '../../world/person.ts'
import { putFollower } from '../follower.ts'
import type { PageCall } from './page.ts'

/** In whose WeChat a page is seen, and by what that is known. */
export interface Identified {
  readonly person: PersonRow
  readonly by: BrowserIdentity['by']
}

/** The first of those whom the request names who lives in this world. */
export async function identify(call: PageCall): Promise<Identified | undefined> {
  const { engine, request, caller, steps } = call
  const named = identitiesOf(request, caller.address, engine.settings, engine.realNow())
  for (const { person, by } of named) {
    const row = await findPersonBy(call, person)
    if (!row) continue
    steps.push('looker.known')
    return { person: row, by }
  }
  steps.push({ rule: 'looker.known', actual: named, expected: 'a person of this world' })
  return undefined
}

/** Whether whoever asks may be told who lives in this world: on an exposed server its operator alone. */
export function mayChoose({ engine, request }: PageCall): boolean {
  const { exposed, controlToken } = engine.settings
  return !exposed || isOperator(request, { controlToken, real_now: engine.realNow() })
}

/** What there is between a person and an account already. */
export function findRelation(
  { db, world }: PageCall,
  { person }: PersonRow,
  appid: string,
): Promise<FollowerRow | undefined> {
  return findFollowerOf(db, { epoch: world.epoch, person, appid })
}

/** The same; whoever opens a page of an account has an openid from then on, follower or not. */
export async function relationOf(
  call: PageCall,
  person: PersonRow,
  appid: string,
): Promise<FollowerRow> {
  const found = await findRelation(call, person, appid)
  return found ?? putFollower(call, { person: person.person, appid }, 'never')
}
