import { listAccounts } from '../../../db/account.ts'
import { listPeople, listRelations } from '../../../db/person.ts'
import type { FollowerRow, PersonRow } from '../../../db/schema.ts'
import type { PeopleFacts, PersonLine, SideFacts } from '../../../views/phone/props.ts'
import type { Call } from '../../core/call.ts'
import { allOf } from '../../page/address.ts'
import { isFollowed } from '../../wechat/follower.ts'
import { officialAccountOf } from '../../wechat/official-account.ts'
import { findPersonBy } from '../../world/person.ts'
import { unreadOf } from '../chat.ts'
import type { PhoneAddress } from './address.ts'

/** People that are looked through, and lines that are shown of them. */
const people_max = 1000
const lines_max = 100
/** A browser has six connections to one origin, and every open phone holds one. */
const side_max = 4

/** The people of a world with their phones. */
export function readPeople(call: Call, { query }: PhoneAddress): PeopleFacts {
  const { db, world } = call
  const q = (query['q'] ?? '').trim()
  const people = listPeople(db, world.epoch, people_max)
    .filter((row) => isMeant(row, q))
    .sort((a, b) => a.created_at - b.created_at || (a.key < b.key ? -1 : 1))
  const shown = people.slice(0, lines_max)
  const ids = shown.map(({ person }) => person)
  const relations = Map.groupBy(
    listRelations(db, { epoch: world.epoch, people: ids }),
    ({ person }) => person,
  )
  const lines = shown.map((row) => readLine(call, row, relations.get(row.person) ?? []))
  const accounts = listAccounts(db, world.epoch).filter(({ appid }) => appid !== null)
  return {
    world: world.world,
    people: lines,
    hasMore: people.length > lines_max,
    q,
    accounts: accounts.map(({ key, company }) => ({ key, company })),
  }
}

/** The phones that an address asks to see side by side; undefined: it asks for none, or nobody has such a name. */
export function readSide(call: Call, url: string): SideFacts | undefined {
  const wanted = allOf({ url }, 'side').flatMap((names) => names.split(','))
  const phones: PersonRow[] = []
  for (const name of new Set(wanted.map((each) => each.trim()))) {
    const row = phones.length < side_max ? findPersonBy(call, name) : undefined
    if (row && !phones.some(({ person }) => person === row.person)) phones.push(row)
  }
  if (phones.length === 0) return undefined
  return { phones: phones.map(({ person, key, name }) => ({ person, key, name })) }
}

function isMeant({ person, key, name, mobile }: PersonRow, q: string): boolean {
  const wanted = q.toLowerCase()
  if (person === wanted) return true
  return [key, name, mobile ?? ''].some((text) => text.toLowerCase().includes(wanted))
}

function readLine(call: Call, row: PersonRow, relations: readonly FollowerRow[]): PersonLine {
  const { person, key, name, mobile } = row
  const follows: string[] = []
  let unread = 0
  for (const follower of relations) {
    unread += unreadOf(call, follower)
    if (!isFollowed(follower.state)) continue
    follows.push(officialAccountOf(call, follower.appid)?.name ?? follower.appid)
  }
  return { person, key, name, mobile, unread, follows }
}
