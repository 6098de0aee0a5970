import { listAccounts } from '../../db/account.ts'
import { listOfficialAccounts } from '../../db/official-account.ts'
import { findFollowerOf, listPeople } from '../../db/person.ts'
import type { AccountRow, FollowerRow, OfficialAccountRow, PersonRow } from '../../db/schema.ts'
import type { Call } from '../core/call.ts'
import { useOneOf } from '../core/nearest.ts'
import { problem, unknownName } from '../core/problem.ts'
import { isRefusal, type Refusal } from '../core/refusal.ts'
import { keyOfEid } from '../tupu/account/eid.ts'
import { officialAccountOf } from '../wechat/official-account.ts'
import { findPersonBy, personName } from '../world/person.ts'
import type { Scope } from '../world/world.ts'

/** The account of a key, an EID or an appid; left out, the first one. */
export function chooseAccount(
  call: Pick<Call, 'db' | 'world' | 'endpoint'>,
  wanted: string | undefined,
  field = 'account',
): AccountRow | Refusal {
  const accounts = listAccounts(call.db, call.world.epoch)
  const found = wanted === undefined ? accounts[0] : findNamed(call, accounts, wanted)
  return found ?? unknownAccount(call, accounts, { wanted, field })
}

/** A person at an official account: whose thumb it is, and on what. */
export interface Chosen {
  readonly person: PersonRow
  readonly appid: string
  /** TUPU's side of it; null where there is none. */
  readonly account: AccountRow | null
  /** WeChat's side of it; undefined where that is another WeChat, behind a remote gateway. */
  readonly official: OfficialAccountRow | undefined
  /** How the person stands to it; undefined: they never met. */
  readonly follower: FollowerRow | undefined
}

/** What a call names by `person` and `account`. An official account without TUPU's side is named by its appid. */
export function choose(
  call: Scope & Pick<Call, 'engine' | 'endpoint' | 'concern'>,
  named: { readonly person: string; readonly account?: string | undefined },
): Chosen | Refusal {
  const person = choosePerson(call, named.person)
  if (isRefusal(person)) return person
  const { epoch } = call.world
  const at = chooseOfficial(call, named.account, listAccounts(call.db, epoch))
  if (isRefusal(at)) return at
  const follower = findFollowerOf(call.db, {
    epoch,
    person: person.person,
    appid: at.appid,
  })
  if (follower) call.concern(follower)
  return { ...at, person, follower }
}

/** The person whom a call names by id or key. */
export function choosePerson(
  call: Scope & Pick<Call, 'endpoint'>,
  person: string,
): PersonRow | Refusal {
  const found = findPersonBy(call, person)
  if (found) return found
  const names = listPeople(call.db, call.world.epoch, people_max).map(personName)
  const reason = `the world has no person ${person}`
  const fix = names.length > 0 ? useOneOf(person, names) : 'make one with person.create'
  return unknownName(call, { field: 'person', reason, fix })
}

/** Among so many people the one is looked for that was probably meant. */
const people_max = 200

/** The key of TUPU's side of an official account; null where there is none. */
export function accountKeyOf(
  { db, world }: Pick<Call, 'db' | 'world'>,
  appid: string,
): string | null {
  const accounts = listAccounts(db, world.epoch)
  return accounts.find((row) => row.appid === appid)?.key ?? null
}

/** The no to what only somebody can do who follows. */
export function refuseStranger({ person, account, appid, follower }: Chosen): Refusal {
  const state = follower?.state ?? 'never'
  const reason = `${personName(person)} does not follow ${account?.key ?? appid} (${state})`
  return problem('conflict', { field: 'person', reason, fix: 'follow first' })
}

/** An official account, of TUPU's accounts if it is one of theirs. */
export function chooseOfficial(
  call: Scope & Pick<Call, 'engine' | 'endpoint'>,
  wanted: string | undefined,
  accounts: readonly AccountRow[],
): Pick<Chosen, 'account' | 'appid' | 'official'> | Refusal {
  const { db, world } = call
  const account = wanted === undefined ? accounts[0] : findNamed(call, accounts, wanted)
  if (account) {
    const { appid } = account
    if (appid !== null) return { account, appid, official: officialAccountOf(call, appid) }
    return problem('conflict', {
      field: 'account',
      reason: `${account.key} has no official account yet`,
      fix: 'choose a live account',
    })
  }
  const officials = listOfficialAccounts(db, world.epoch)
  const official = officials.find(({ appid }) => appid === wanted)
  if (!official) return unknownAccount(call, accounts, { wanted, field: 'account' })
  return { account: null, appid: official.appid, official }
}

/** By key or appid, by its EID, or by one that was rotated and still works. */
function findNamed(
  call: Pick<Call, 'db' | 'world'>,
  accounts: readonly AccountRow[],
  wanted: string,
): AccountRow | undefined {
  const found = accounts.find(({ key, appid }) => key === wanted || appid === wanted)
  if (found) return found
  const key = keyOfEid(call, wanted)
  return accounts.find(({ eid }) => eid === key)
}

function unknownAccount(
  call: Pick<Call, 'endpoint'>,
  accounts: readonly AccountRow[],
  { wanted, field }: { readonly wanted: string | undefined; readonly field: string },
): Refusal {
  const keys = accounts.map(({ key }) => key)
  const reason =
    wanted === undefined ? 'the world has no account' : `the world has no account ${wanted}`
  const fix = keys.length > 0 ? useOneOf(wanted, keys) : 'make one with account.create'
  return unknownName(call, { field, reason, fix })
}
