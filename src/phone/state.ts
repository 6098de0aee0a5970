import { listAccounts } from '../../db/account.ts'
import { listFollowed } from '../../db/person.ts'
import type { AccountRow, FollowerRow, PersonRow } from '../../db/schema.ts'
import type { Call } from '../core/call.ts'
import { isRefusal, type Refusal } from '../core/refusal.ts'
import type { Button } from '../wechat/menu/button.ts'
import { menuFor } from '../wechat/menu/conditional.ts'
import { menuOf } from '../wechat/menu/menu.ts'
import type { Scope } from '../world/world.ts'
import { listMsgids } from './chat.ts'
import { type Chosen, chooseOfficial } from './choose.ts'
import { type PhoneMessage, readMessages } from './message.ts'

/** How a person stands to an official account whom they met, with what a phone shows of it. */
export interface Relation {
  readonly follower: FollowerRow
  /** Its newest messages, the newest first. */
  readonly msgids: readonly string[]
  readonly newest: PhoneMessage | undefined
  /** Undefined: the account has no menu. */
  readonly menu: readonly Button[] | undefined
}

/** A person's phone, read once. */
export interface PhoneState {
  readonly person: PersonRow
  readonly relations: readonly Relation[]
  readonly accounts: readonly AccountRow[]
}

/** Where a phone is read. */
type Reading = Scope & Pick<Call, 'engine'>

/** Everything that the pages of a person's phone are made of. */
export function readPhone(scope: Reading, person: PersonRow): PhoneState {
  const { db, world } = scope
  return {
    person,
    relations: readRelations(scope, person),
    accounts: listAccounts(db, world.epoch),
  }
}

/** How a person stands to all official accounts whom they met. */
export function readRelations(scope: Reading, person: PersonRow): Relation[] {
  const relations: Relation[] = []
  for (const follower of listFollowed(scope.db, scope.world.epoch, person.person)) {
    const msgids = listMsgids(scope, follower)
    const [newest] = readMessages(scope, msgids.slice(0, 1))
    const menu = menuFor(scope, follower.appid, { person, follower })
    relations.push({ follower, msgids, newest, menu })
  }
  return relations
}

/** The same phone after something has become of a relation. */
export function withFollower(phone: PhoneState, follower: FollowerRow): PhoneState {
  const relations = phone.relations.map((relation) =>
    relation.follower.openid === follower.openid ? { ...relation, follower } : relation,
  )
  return { ...phone, relations }
}

/** The account that an address names, as the phone has it. */
export function chooseOn(
  call: Parameters<typeof chooseOfficial>[0],
  { person, relations, accounts }: PhoneState,
  named: string,
): Chosen | Refusal {
  const at = chooseOfficial(call, named, accounts)
  if (isRefusal(at)) return at
  const relation = relations.find(({ follower }) => follower.appid === at.appid)
  return { ...at, person, follower: relation?.follower }
}

/** The menu of an account, also of one whom the person never met. */
export function menuOn(
  scope: Scope,
  { relations }: PhoneState,
  appid: string,
): readonly Button[] | undefined {
  const relation = relations.find(({ follower }) => follower.appid === appid)
  return relation ? relation.menu : menuOf(scope, appid)
}
