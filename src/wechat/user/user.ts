import { z } from 'zod'
import { countFollowers, findFollower, listFollowers } from '../../../db/person.ts'
import type { FollowerRow, OfficialAccountRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import { errcodes } from '../../core/field.ts'
import type { Refusal } from '../../core/refusal.ts'
import { isCleanText } from '../../core/request.ts'
import { toUnixSeconds } from '../../world/clock.ts'
import type { Scope } from '../../world/world.ts'
import { refuse, type WechatCaller } from '../caller.ts'
import { followerOf, isFollowed } from '../follower.ts'
import { unionidOf } from '../official-account.ts'

/** The languages that WeChat tells apart; any other is answered like the first. */
export const languages = ['zh_CN', 'zh_TW', 'en']

/** Text that may be an openid. */
export const openidText = z
  .string()
  .refine((text) => isCleanText(text) && /^o[\w-]{27}$/.test(text))

/** A list of openids, one of which at least; each is looked at by the handler. */
export function openidList(max: number) {
  const list = z.array(z.unknown()).min(1).max(max)
  return errcodes(list.meta({ items: { type: 'string' } }), {
    missing: 40032,
    type: 40032,
    invalid: 40032,
  })
}

/** Empty since 27 December 2021, but still on the wire. */
const noProfile = { nickname: '', sex: 0 }
const noPlace = { city: '', province: '', country: '', headimgurl: '' }

/** What WeChat tells of one openid; of whoever does not follow, the short list. */
export const profileShape = z.object({
  subscribe: z.int(),
  openid: z.string(),
  nickname: z.string(),
  sex: z.int(),
  language: z.string(),
  city: z.string(),
  province: z.string(),
  country: z.string(),
  headimgurl: z.string(),
  subscribe_time: z.int().optional(),
  unionid: z.string().optional(),
  remark: z.string().optional(),
  groupid: z.int().optional(),
  tagid_list: z.array(z.int()),
  subscribe_scene: z.string().optional(),
  qr_scene: z.int().optional(),
  qr_scene_str: z.string().optional(),
})

/** The caller's relation to an openid, whom the call concerns. */
export function knownFollower(
  call: Pick<Call<WechatCaller>, 'db' | 'world' | 'caller' | 'concern'>,
  openid: string,
): FollowerRow | Refusal {
  const { account } = call.caller
  call.concern({ appid: account.appid, openid })
  return followerOf(call, account, openid)
}

/** What WeChat tells of a follower, in the order of its keys. */
export function profileOf(
  call: Scope,
  { follower, tags }: { readonly follower: FollowerRow; readonly tags: number[] },
  lang: unknown,
): z.output<typeof profileShape> {
  const language = typeof lang === 'string' && languages.includes(lang) ? lang : 'zh_CN'
  const known = { openid: follower.openid, ...noProfile, language, ...noPlace }
  if (!isFollowed(follower.state) || follower.followed_at === null)
    return { subscribe: 0, ...known, tagid_list: [] }
  return {
    subscribe: 1,
    ...known,
    subscribe_time: toUnixSeconds(follower.followed_at),
    unionid: unionidOf(call, follower.person),
    remark: follower.remark,
    groupid: tags[0] ?? 0,
    tagid_list: tags,
    subscribe_scene: follower.scene ?? 'ADD_SCENE_OTHERS',
    ...sceneOf(follower),
  }
}

/** Both are always there; the one that was not used is 0 or empty. */
function sceneOf({ qr_scene }: FollowerRow): { qr_scene: number; qr_scene_str: string } {
  const scene: unknown = qr_scene === null ? 0 : JSON.parse(qr_scene)
  return typeof scene === 'number'
    ? { qr_scene: scene, qr_scene_str: '' }
    : { qr_scene: 0, qr_scene_str: String(scene) }
}

const page_openids = 10_000

/** A page of an account's followers, oldest follow first, that begins after an openid; and how many there are. */
export function listFollowerPage(
  { db, world }: Scope,
  { appid }: OfficialAccountRow,
  next_openid: string,
): { total: number; openids: string[] } | Refusal {
  const { epoch } = world
  let after: FollowerRow | undefined
  if (next_openid !== '') {
    after = isCleanText(next_openid) ? findFollower(db, epoch, next_openid) : undefined
    // Whoever never followed has no place in the order: nothing comes after.
    if (after?.appid !== appid || after.followed_at === null) {
      return refuse(40003, {
        rule: 'follower.known',
        actual: next_openid,
        expected: 'an openid that this list has answered',
      })
    }
  }
  const at = { epoch, appid, limit: page_openids }
  const rows = listFollowers(db, after ? { ...at, after } : at)
  return {
    total: countFollowers(db, epoch, appid),
    openids: rows.map(({ openid }) => openid),
  }
}
