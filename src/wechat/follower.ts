import { findFollower, findFollowerOf, insertFollower, updateFollower } from '../../db/person.ts'
import type { FollowerRow, OfficialAccountRow, SceneCodeRow } from '../../db/schema.ts'
import { deleteTaggingsOf, listTagIds } from '../../db/tag.ts'
import { credentialElsewhere } from '../core/locate.ts'
import type { Refusal } from '../core/refusal.ts'
import type { Scope } from '../world/world.ts'
import { refuse } from './caller.ts'
import { openidOf, prefixOf } from './official-account.ts'
import { sceneValue } from './qrcode/scene.ts'

export type FollowerState = FollowerRow['state']

/** How a person comes to follow, in WeChat's words; of a QR code, its scene as JSON. Source: user/info's subscribe_scene. */
export interface FollowedBy {
  readonly scene: string
  readonly qr_scene?: string | null
}

/** A scanned QR code: one with a scene, or the account's own, which has none. */
export type ScannedCode = Pick<SceneCodeRow, 'appid'> &
  Partial<Pick<SceneCodeRow, 'action' | 'scene'>>

const by_search: FollowedBy = { scene: 'ADD_SCENE_SEARCH' }

/** An account's relation to an openid. */
export function followerOf(
  { db, world }: Scope,
  { appid }: OfficialAccountRow,
  openid: string,
): FollowerRow | Refusal {
  const follower = findFollower(db, world.epoch, openid)
  if (follower?.appid === appid) return follower
  const step = {
    rule: 'follower.known',
    actual: openid,
    expected: 'an openid of this official account',
  }
  return refuse(
    40003,
    credentialElsewhere({ db, world }, 'openid_prefix', prefixOf(openid)) ?? step,
  )
}

/** Puts a person's relation to an official account into a state, making the relation when there is none. */
export function putFollower(
  call: Scope,
  at: { person: string; appid: string; openid?: string | undefined },
  state: FollowerState,
  by: FollowedBy = by_search,
): FollowerRow {
  const { db, world } = call
  const { epoch } = world
  const { person, appid } = at
  const existing = findFollowerOf(db, { epoch, person, appid })
  const change = { state, ...followOf(existing, state, by, world.now) }
  if (existing) {
    // Whoever leaves loses the account's tags (our inference); a remark name stays.
    if (isFollowed(existing.state) && !isFollowed(state)) deleteTaggingsOf(db, existing)
    updateFollower(db, existing, change)
    return { ...existing, ...change }
  }
  const openid = at.openid ?? openidOf(call, appid, person)
  return insertFollower(db, { epoch, openid, appid, person, ...change })
}

/** Follows the official account of a scanned code. Whoever follows already does so as before, muted or blocking. */
export function followByCode(
  call: Scope,
  person: string,
  { appid, action, scene }: ScannedCode,
): FollowerRow {
  const existing = findFollowerOf(call.db, { epoch: call.world.epoch, person, appid })
  if (existing && isFollowed(existing.state)) return existing
  const hasScene = action !== undefined && scene !== undefined
  const qr_scene = hasScene ? JSON.stringify(sceneValue({ action, scene })) : null
  const by = { scene: 'ADD_SCENE_QR_CODE', qr_scene }
  return putFollower(call, { person, appid }, 'following', by)
}

const followed: readonly FollowerState[] = ['following', 'blocking', 'muted']

/** Whether a person in this state is one of the account's followers. */
export function isFollowed(state: FollowerState | undefined): boolean {
  return state !== undefined && followed.includes(state)
}

/** The latest follow: a refollow counts anew, a block or mute does not. */
function followOf(
  existing: FollowerRow | undefined,
  state: FollowerState,
  by: FollowedBy,
  now: number,
): Pick<FollowerRow, 'followed_at' | 'scene' | 'qr_scene'> {
  const { followed_at = null, scene = null, qr_scene = null } = existing ?? {}
  if (!isFollowed(state) || (isFollowed(existing?.state) && followed_at !== null))
    return { followed_at, scene, qr_scene }
  return { followed_at: now, scene: by.scene, qr_scene: by.qr_scene ?? null }
}

/** The ids of the tags that an account has put on a follower: by these its conditional menus are chosen. */
export function tagIdsOf({ db, world }: Scope, { openid }: FollowerRow): readonly number[] {
  return listTagIds(db, world.epoch, openid)
}
