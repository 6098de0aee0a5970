import { z } from 'zod'
import { nextCount } from '../../../db/counter.ts'
import { listFollowersBy } from '../../../db/person.ts'
import type { FollowerRow, TagRow } from '../../../db/schema.ts'
import { countTaggings, insertTag, listTagIdsBy, listTags } from '../../../db/tag.ts'
import type { Call } from '../../core/call.ts'
import { words } from '../../core/field.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { isCleanText } from '../../core/request.ts'
import { refuse, type WechatCaller } from '../caller.ts'
import { isFollowed } from '../follower.ts'

type TagCall = Pick<Call<WechatCaller>, 'db' | 'world' | 'caller' | 'concern'>

/** The one tag that every account has, for those whom it has starred. */
export const starred = { id: 2, name: '星标组' } as const
/** Ids of the platform's own; its own tags follow after the first hundred. */
const reserved_ids: readonly number[] = [0, 1, starred.id]
export const ids_before = 99

const tags_max = 100
const name_bytes_max = 30
const tags_of_one_max = 20
/** A tag that more fans have cannot be deleted. */
const fans_max = 100_000

/** A number, also as a text of digits. What is none is no tag's. */
export const tagid = z
  .unknown()
  .optional()
  .meta({ type: 'integer', ...words('The id of a tag.', '标签 id。') })

/** What is sent as an id: a number, also as a text of digits, which is taken. */
export function readTagId(value: unknown): number | undefined {
  const text = typeof value === 'number' ? String(value) : value
  return typeof text === 'string' && /^\d{1,9}$/.test(text) ? Number(text) : undefined
}

/** Makes a tag of the caller's account. */
export function makeTag(call: TagCall, name: unknown): TagRow | Refusal {
  const { db, world, caller } = call
  const { appid } = caller.account
  const no = refuseName(call, name) ?? refuseCount(call)
  if (no) return no
  const n = nextCount(db, { epoch: world.epoch, purpose: 'tag', key: appid })
  // Whoever drew the number before may have taken the name, or the last place.
  const late = refuseName(call, name) ?? refuseCount(call)
  if (late) return late
  const id = ids_before + n
  const row = { epoch: world.epoch, appid, id, name: String(name), created_at: world.now }
  insertTag(db, row)
  return row
}

function ownTags({ db, world, caller }: TagCall): TagRow[] {
  return listTags(db, { epoch: world.epoch, appid: caller.account.appid })
}

function refuseCount(call: TagCall): Refusal | undefined {
  const count = ownTags(call).length
  if (count < tags_max) return undefined
  return refuse(45056, {
    rule: 'tag.count',
    actual: { tags: count },
    expected: `fewer than ${tags_max}`,
  })
}

/** `own`: the tag that is to have the name; it may keep it. */
export function refuseName(call: TagCall, name: unknown, own?: number): Refusal | undefined {
  if (typeof name !== 'string' || name === '' || !isCleanText(name)) {
    const expected = 'a text that is not empty'
    return refuse(45157, { rule: 'tag.name', actual: name ?? null, expected })
  }
  const bytes = Buffer.byteLength(name)
  if (bytes > name_bytes_max) {
    const expected = `at most ${name_bytes_max} bytes of UTF-8`
    return refuse(45158, { rule: 'tag.name', actual: { bytes }, expected })
  }
  const taken = [starred, ...ownTags(call)].find((tag) => tag.name === name && tag.id !== own)
  if (!taken) return undefined
  const expected = 'a name that no other tag of the account has'
  return refuse(45157, { rule: 'tag.name', row: { tag: taken.id }, actual: name, expected })
}

/** The id of a tag that the account has made itself, and may change. */
export function ownTag(call: TagCall, value: unknown): number | Refusal {
  const id = readTagId(value)
  if (id !== undefined && reserved_ids.includes(id)) {
    const expected = 'a tag that the account has made'
    return refuse(45058, { rule: 'tag.own', actual: id, expected })
  }
  return knownTag(call, value)
}

/** The id of a tag that followers can have. */
export function knownTag(call: TagCall, value: unknown): number | Refusal {
  const id = readTagId(value)
  const known = [starred, ...ownTags(call)].some((tag) => tag.id === id)
  if (id !== undefined && known) return id
  const expected = 'the id of a tag of this official account'
  return refuse(45159, { rule: 'tag.known', actual: value ?? null, expected })
}

/** A tag that many fans have cannot be deleted: they must be untagged first. */
export function refuseDeletion({ db, world, caller }: TagCall, id: number): Refusal | undefined {
  const counts = countTaggings(db, { epoch: world.epoch, appid: caller.account.appid })
  const fans = counts.get(id) ?? 0
  if (fans <= fans_max) return undefined
  return refuse(45057, {
    rule: 'tag.fans',
    actual: { fans },
    expected: `at most ${fans_max}`,
  })
}

/** The openids of a list, each once, all of the caller's account. */
export function knownOpenids(call: TagCall, openids: readonly unknown[]): string[] | Refusal {
  const followers = knownFollowers(call, openids)
  return isRefusal(followers) ? followers : followers.map(({ openid }) => openid)
}

/** The same, all of them followers at present. */
export function knownFans(call: TagCall, openids: readonly unknown[]): string[] | Refusal {
  const followers = knownFollowers(call, openids)
  if (isRefusal(followers)) return followers
  const gone = followers.find(({ state }) => !isFollowed(state))
  if (!gone) return followers.map(({ openid }) => openid)
  const { openid, state, person, appid } = gone
  return refuse(40003, {
    rule: 'follower.following',
    row: { openid, state },
    actual: state,
    expected: 'following',
    fix: { call: 'phone.follow', input: { person, account: appid } },
  })
}

function knownFollowers(call: TagCall, openids: readonly unknown[]): FollowerRow[] | Refusal {
  const { db, world, caller } = call
  const { appid } = caller.account
  const texts = [...new Set(openids)]
  const clean = texts.flatMap((openid) =>
    typeof openid === 'string' && isCleanText(openid) ? openid : [],
  )
  const rows = listFollowersBy(db, world.epoch, clean)
  const byOpenid = new Map(rows.map((row) => [row.openid, row]))
  const followers: FollowerRow[] = []
  for (const openid of texts) {
    const row = typeof openid === 'string' ? byOpenid.get(openid) : undefined
    const expected = 'an openid of this official account'
    if (row?.appid !== appid)
      return refuse(row ? 49003 : 40003, {
        rule: 'follower.known',
        actual: openid ?? null,
        expected,
      })
    call.concern({ appid, openid: row.openid })
    followers.push(row)
  }
  return followers
}

/** A follower can have so many tags; one that is there already needs no room. */
export function refuseTooMany(
  { db, world }: TagCall,
  id: number,
  openids: readonly string[],
): Refusal | undefined {
  for (const [openid, ids] of listTagIdsBy(db, world.epoch, openids)) {
    if (ids.includes(id) || ids.length < tags_of_one_max) continue
    return refuse(45059, {
      rule: 'tag.room',
      row: { openid },
      actual: { tags: ids.length },
      expected: `fewer than ${tags_of_one_max}`,
    })
  }
  return undefined
}
