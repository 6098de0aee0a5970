import { z } from 'zod'
import { deleteTaggings, insertTaggings, listTagIds } from '../../../db/tag.ts'
import { errcodes } from '../../core/field.ts'
import { isRefusal } from '../../core/refusal.ts'
import { endpoint, ok, okShape } from '../endpoint.ts'
import { isFollowed } from '../follower.ts'
import { knownFans, knownOpenids, knownTag, refuseTooMany, tagid } from '../tag/tag.ts'
import { knownFollower, openidList, openidText } from '../user/user.ts'

/** More openids in one call are refused. */
const openids_max = 50

/** Gives up to fifty followers a tag; one that is nobody's fails the whole call. */
export const createTagging = endpoint({
  id: 'tagging.create',
  methods: ['POST'],
  path: '/cgi-bin/tags/members/batchtagging',
  from: ['json'],
  summary: { en: 'Tag up to 50 followers', zh: '批量为用户打标签' },
  source: {
    en: 'developers.weixin.qq.com: batchTagging; whoever does not follow is refused like a stranger (our inference)',
    zh: 'developers.weixin.qq.com: batchTagging；未关注者按陌生 openid 拒绝（我们的推断）',
  },
  credential: 'access_token',
  permission: 'users',
  input: z.object({ openid_list: openidList(openids_max), tagid }),
  answer: okShape,
  refusals: [40032, 45159, 40003, 49003, 45059],
  example: {
    input: { openid_list: ['{li.openid}'], tagid: 100 },
    after: [{ call: 'tag.create', input: { tag: { name: '三月入职' } } }],
  },
  handle(call) {
    const { db, world, caller, input } = call
    const id = knownTag(call, input.tagid)
    if (isRefusal(id)) return id
    const openids = knownFans(call, input.openid_list)
    if (isRefusal(openids)) return openids
    const no = refuseTooMany(call, id, openids)
    if (no) return no
    const at = { epoch: world.epoch, appid: caller.account.appid, id, tagged_at: world.now }
    insertTaggings(db, at, openids)
    return ok
  },
})

/** Takes a tag from up to fifty followers; who has not got it stays as it is. */
export const deleteTagging = endpoint({
  id: 'tagging.delete',
  methods: ['POST'],
  path: '/cgi-bin/tags/members/batchuntagging',
  from: ['json'],
  summary: { en: 'Remove a tag from up to 50 followers', zh: '批量为用户取消标签' },
  source: 'developers.weixin.qq.com: batchUntagging',
  credential: 'access_token',
  permission: 'users',
  input: z.object({ openid_list: openidList(openids_max), tagid }),
  answer: okShape,
  refusals: [40032, 45159, 40003, 49003],
  example: {
    input: { openid_list: ['{li.openid}'], tagid: 100 },
    after: [
      { call: 'tag.create', input: { tag: { name: '三月入职' } } },
      { call: 'tagging.create', input: { openid_list: ['{li.openid}'], tagid: 100 } },
    ],
  },
  handle(call) {
    const { db, world, input } = call
    const id = knownTag(call, input.tagid)
    if (isRefusal(id)) return id
    const openids = knownOpenids(call, input.openid_list)
    if (isRefusal(openids)) return openids
    deleteTaggings(db, { epoch: world.epoch, id }, openids)
    return ok
  },
})

/** The tags that one openid has; whoever does not follow has none. */
export const listTaggings = endpoint({
  id: 'tagging.list',
  methods: ['POST'],
  path: '/cgi-bin/tags/getidlist',
  from: ['json'],
  summary: { en: 'The tags of a follower', zh: '用户身上的标签列表' },
  source: 'developers.weixin.qq.com: getTagidList',
  credential: 'access_token',
  permission: 'users',
  input: z.object({
    openid: errcodes(openidText, { missing: 41009, type: 40003, invalid: 40003 }),
  }),
  answer: z.object({ tagid_list: z.array(z.int()) }),
  refusals: [41009, 40003],
  example: {
    input: { openid: '{li.openid}' },
    after: [
      { call: 'tag.create', input: { tag: { name: '三月入职' } } },
      { call: 'tagging.create', input: { openid_list: ['{li.openid}'], tagid: 100 } },
    ],
  },
  handle(call) {
    const { db, world, input } = call
    const follower = knownFollower(call, input.openid)
    if (isRefusal(follower)) return follower
    if (!isFollowed(follower.state)) return { tagid_list: [] }
    return { tagid_list: listTagIds(db, world.epoch, follower.openid) }
  },
})
