import { z } from 'zod'
import { countBlacklisted, listBlacklisted, updateBlacklisted } from '../../../db/person.ts'
import type { Call } from '../../core/call.ts'
import type { Outcome } from '../../core/endpoint.ts'
import { errcodes, words } from '../../core/field.ts'
import { isRefusal } from '../../core/refusal.ts'
import { endpoint, ok, okShape, type WechatCaller } from '../endpoint.ts'
import { knownOpenids } from '../tag/tag.ts'
import { openidList, openidText } from '../user/user.ts'

/** More openids in one call are refused. */
const openids_max = 20
const page_openids = 10_000

/** Whom the account has put on its blacklist, 10,000 a page. */
export const listBlacklist = endpoint({
  id: 'blacklist.list',
  methods: ['POST'],
  path: '/cgi-bin/tags/members/getblacklist',
  from: ['json'],
  summary: { en: 'The openids on the blacklist', zh: '黑名单列表' },
  source: {
    en: 'developers.weixin.qq.com: getBlacklist; what comes after the last page as in user.list',
    zh: 'developers.weixin.qq.com: getBlacklist；最后一页之后的应答同 user.list',
  },
  credential: 'access_token',
  permission: 'users',
  input: z.object({
    begin_openid: errcodes(
      z
        .union([z.literal(''), openidText])
        .default('')
        .meta(words('The page starts after this openid.', '从它之后开始。')),
      { missing: 40003, type: 40003, invalid: 40003 },
    ),
  }),
  answer: z.object({
    total: z.int(),
    count: z.int(),
    data: z.object({ openid: z.array(z.string()) }).optional(),
    next_openid: z.string(),
  }),
  refusals: [40003],
  example: {
    input: { begin_openid: '' },
    after: [{ call: 'blacklist.add', input: { openid_list: ['{li.openid}'] } }],
  },
  handle({ db, world, caller, input }) {
    const at = { epoch: world.epoch, appid: caller.account.appid }
    const total = countBlacklisted(db, at)
    const openids = listBlacklisted(db, { ...at, after: input.begin_openid, limit: page_openids })
    const last = openids.at(-1)
    if (last === undefined) return { total, count: 0, next_openid: '' }
    return { total, count: openids.length, data: { openid: openids }, next_openid: last }
  },
})

/** Puts up to twenty openids on the blacklist: what is sent to them is refused with 43019. */
export const addBlacklist = endpoint({
  id: 'blacklist.add',
  methods: ['POST'],
  path: '/cgi-bin/tags/members/batchblacklist',
  from: ['json'],
  summary: {
    en: 'Put up to 20 people on the blacklist: sends to them are refused',
    zh: '批量拉黑用户：向其发送消息会被拒绝',
  },
  source: 'developers.weixin.qq.com: batchBlacklist',
  credential: 'access_token',
  permission: 'users',
  input: z.object({ openid_list: openidList(openids_max) }),
  answer: okShape,
  refusals: [40032, 40003, 49003],
  example: { input: { openid_list: ['{li.openid}'] } },
  handle: (call) => change(call, call.world.now),
})

/** Takes up to twenty openids off it. */
export const removeBlacklist = endpoint({
  id: 'blacklist.remove',
  methods: ['POST'],
  path: '/cgi-bin/tags/members/batchunblacklist',
  from: ['json'],
  summary: { en: 'Remove up to 20 people from the blacklist', zh: '批量取消拉黑' },
  source: 'developers.weixin.qq.com: batchUnblacklist',
  credential: 'access_token',
  permission: 'users',
  input: z.object({ openid_list: openidList(openids_max) }),
  answer: okShape,
  refusals: [40032, 40003, 49003],
  example: {
    input: { openid_list: ['{li.openid}'] },
    after: [{ call: 'blacklist.add', input: { openid_list: ['{li.openid}'] } }],
  },
  handle: (call) => change(call, null),
})

/** The whole list, or none of it: who is there, or is not, stays as it was. */
function change(
  call: Call<WechatCaller, { readonly openid_list: readonly unknown[] }>,
  blacklisted_at: number | null,
): Outcome {
  const openids = knownOpenids(call, call.input.openid_list)
  if (isRefusal(openids)) return openids
  updateBlacklisted(call.db, call.world.epoch, { openids, blacklisted_at })
  return ok
}
