import {
  findFollowerOf,
  findPerson,
  insertFollower,
  insertPerson,
  listFollowed,
  updateFollower,
  updatePerson,
} from '../../db/person.ts'
import type { FollowerRow, PersonRow } from '../../db/schema.ts'
import type { Call } from '../http/endpoint.ts'
import { isCleanText } from '../http/request.ts'
import { deriveReadable } from '../sim/seed.ts'
import type { World } from '../sim/world.ts'
import { openidOf } from '../wechat/official-account.ts'

export type FollowerState = FollowerRow['state']

/** A person's id, derived from the key. */
export function personId(world: World, key: string): string {
  return `p-${deriveReadable(12, world, 'person', key)}`
}

/** A person by id or by key. */
export async function findPersonBy(
  call: Pick<Call, 'db' | 'world'>,
  person: string,
): Promise<PersonRow | undefined> {
  const { db, world } = call
  const { epoch } = world
  if (!isCleanText(person)) return undefined
  return (await findPerson(db, epoch, person)) ?? findPerson(db, epoch, personId(world, person))
}

/** Makes a person, or gives an existing one of the key a new name and mobile. */
export async function putPerson(
  call: Pick<Call, 'db' | 'world'>,
  wanted: { key: string; name: string | undefined; mobile: string | null | undefined },
): Promise<PersonRow> {
  const { db, world } = call
  const person = personId(world, wanted.key)
  const existing = await findPerson(db, world.epoch, person)
  const row: PersonRow = {
    epoch: world.epoch,
    person,
    key: wanted.key,
    name: wanted.name ?? existing?.name ?? wanted.key,
    mobile: wanted.mobile === undefined ? (existing?.mobile ?? null) : wanted.mobile,
    created_at: existing?.created_at ?? world.now,
  }
  if (!existing) await insertPerson(db, row)
  else await updatePerson(db, row, { name: row.name, mobile: row.mobile })
  return row
}

/** Puts a person's relation to an official account into a state, making the relation when there is none. */
export async function putFollower(
  call: Pick<Call, 'db' | 'world'>,
  at: { person: string; appid: string; openid?: string | undefined },
  state: FollowerState,
): Promise<FollowerRow> {
  const { db, world } = call
  const existing = await findFollowerOf(db, {
    epoch: world.epoch,
    person: at.person,
    appid: at.appid,
  })
  const followed_at = followTime(existing, state, world.now)
  if (existing) {
    await updateFollower(db, existing, { state, followed_at })
    return { ...existing, state, followed_at }
  }
  const openid = at.openid ?? openidOf(call, at.appid, at.person)
  const row: FollowerRow = {
    epoch: world.epoch,
    openid,
    appid: at.appid,
    person: at.person,
    state,
    followed_at,
  }
  await insertFollower(db, row)
  return row
}

const followed: readonly FollowerState[] = ['following', 'blocking', 'muted']

function isFollowed(state: FollowerState | undefined): boolean {
  return state !== undefined && followed.includes(state)
}

/** The latest follow: a refollow counts anew, a block or mute does not. */
function followTime(
  existing: FollowerRow | undefined,
  state: FollowerState,
  now: number,
): number | null {
  if (!isFollowed(state)) return existing?.followed_at ?? null
  return isFollowed(existing?.state) ? (existing?.followed_at ?? now) : now
}

/** A person as the control API shows one. `openids` by account key. */
export async function showPerson(
  call: Pick<Call, 'db' | 'world' | 'request'>,
  row: PersonRow,
  accounts: readonly { key: string; appid: string | null }[],
) {
  const relations = await listFollowed(call.db, call.world.epoch, row.person)
  const openids: Record<string, string> = {}
  for (const { appid, openid } of relations) {
    const account = accounts.find((candidate) => candidate.appid === appid)
    if (account) openids[account.key] = openid
  }
  const { key, person, name, mobile } = row
  return { key, person, name, mobile, openids, phone_url: `${baseUrl(call)}/phone/${person}` }
}

/** Where a world is reached from outside, on the origin that the call came to. */
export function baseUrl(call: {
  readonly world: Pick<World, 'world'>
  readonly request: { readonly origin: string }
}): string {
  return `${call.request.origin}/w/${encodeURIComponent(call.world.world)}`
}
