import { z } from 'zod'
import { updateFollower } from '../../../db/person.ts'
import { listTagIds, listTagIdsBy } from '../../../db/tag.ts'
import { errcodes, words } from '../../core/field.ts'
import { isRefusal } from '../../core/refusal.ts'
import { isCleanText } from '../../core/request.ts'
import { endpoint, ok, okShape } from '../endpoint.ts'
import {
  knownFollower,
  languages,
  listFollowerPage,
  openidText,
  profileOf,
  profileShape,
} from './user.ts'

/** The openids of all followers, 10,000 a page, oldest follow first. */
export const listUsers = endpoint({
  id: 'user.list',
  methods: ['GET', 'POST'],
  path: '/cgi-bin/user/get',
  from: ['query'],
  summary: { en: 'The openids of the followers', zh: '关注者的 openid 列表' },
  source: {
    en: 'developers.weixin.qq.com: getFans; what comes after the last page, from SDK sources',
    zh: 'developers.weixin.qq.com: getFans；最后一页之后的应答取自 SDK 源码',
  },
  credential: 'access_token',
  permission: 'users',
  input: z.object({
    next_openid: z
      .string()
      .optional()
      .meta(words('The page starts after this openid.', '从它之后开始。')),
  }),
  answer: z.object({
    total: z.int(),
    count: z.int(),
    data: z.object({ openid: z.array(z.string()) }).optional(),
    next_openid: z.string(),
  }),
  refusals: [40003],
  example: { input: {} },
  handle(call) {
    const page = listFollowerPage(call, call.caller.account, call.input.next_openid ?? '')
    if (isRefusal(page)) return page
    const { total, openids } = page
    const last = openids.at(-1)
    // Without `data` past the end: an iterator that looks for it would otherwise never stop.
    if (last === undefined) return { total, count: 0, next_openid: '' }
    return { total, count: openids.length, data: { openid: openids }, next_openid: last }
  },
})

/** More openids in one call are refused. */
const openids_max = 100

/** What WeChat tells of one openid. */
export const userInfo = endpoint({
  id: 'user.info',
  methods: ['GET', 'POST'],
  path: '/cgi-bin/user/info',
  from: ['query'],
  summary: { en: 'Details of a follower', zh: '关注者的信息' },
  source: {
    en: 'developers.weixin.qq.com: getUserInfo; key order of recorded answers',
    zh: 'developers.weixin.qq.com: getUserInfo；字段顺序取自记录下来的应答',
  },
  credential: 'access_token',
  permission: 'users',
  input: z.object({
    openid: errcodes(openidText, { missing: 41009, type: 47001, invalid: 40003 }),
    lang: z.unknown().optional().meta({ type: 'string', enum: languages }),
  }),
  answer: profileShape,
  refusals: [41009, 40003],
  example: { input: { openid: '{li.openid}' } },
  handle(call) {
    const { openid, lang } = call.input
    const follower = knownFollower(call, openid)
    if (isRefusal(follower)) return follower
    const tags = listTagIds(call.db, call.world.epoch, openid)
    return profileOf(call, { follower, tags }, lang)
  },
})

/** What WeChat tells of up to a hundred openids; one that it does not know fails the whole call. */
export const userBatch = endpoint({
  id: 'user.batch',
  methods: ['POST'],
  path: '/cgi-bin/user/info/batchget',
  from: ['json'],
  summary: { en: 'Details of up to 100 followers', zh: '最多 100 位关注者的信息' },
  source: 'developers.weixin.qq.com: batchGetUserInfo',
  credential: 'access_token',
  permission: 'users',
  input: z.object({
    user_list: errcodes(
      z
        .array(z.unknown())
        .min(1)
        .max(openids_max)
        .meta({
          items: {
            type: 'object',
            properties: { openid: { type: 'string' }, lang: { type: 'string', enum: languages } },
            required: ['openid'],
          },
        }),
      { missing: 40032, type: 47001, invalid: 40032 },
    ),
  }),
  answer: z.object({ user_info_list: z.array(profileShape) }),
  refusals: [40032, 40003],
  example: { input: { user_list: [{ openid: '{li.openid}', lang: 'zh_CN' }] } },
  handle(call) {
    const users = []
    for (const user of call.input.user_list) {
      const { openid = '', lang } = listedUser.catch({}).parse(user)
      const follower = knownFollower(call, openid)
      if (isRefusal(follower)) return follower
      users.push({ follower, lang })
    }
    const openids = users.map(({ follower }) => follower.openid)
    const tagsBy = listTagIdsBy(call.db, call.world.epoch, openids)
    const user_info_list = users.map(({ follower, lang }) => {
      const tags = tagsBy.get(follower.openid) ?? []
      return profileOf(call, { follower, tags }, lang)
    })
    return { user_info_list }
  },
})

const listedUser = z.object({ openid: openidText.optional(), lang: z.unknown().optional() })
/** Ten Chinese characters pass, an eleventh does not (field reports). */
const remark_bytes_max = 30

/** Calls a follower by a name of the account's own; an empty one takes it back. */
export const updateRemark = endpoint({
  id: 'remark.update',
  methods: ['POST'],
  path: '/cgi-bin/user/info/updateremark',
  from: ['json'],
  summary: { en: 'Give a follower a remark name', zh: '给关注者设置备注名' },
  source: {
    en: 'developers.weixin.qq.com: updateRemark; the limit from field reports',
    zh: 'developers.weixin.qq.com: updateRemark；长度限制来自使用者的报告',
  },
  credential: 'access_token',
  permission: 'users',
  input: z.object({
    openid: errcodes(openidText, { missing: 41009, type: 40003, invalid: 40003 }),
    remark: errcodes(
      z
        .string()
        .refine((text) => isCleanText(text) && Buffer.byteLength(text) <= remark_bytes_max)
        .default('')
        .meta(words('At most 30 bytes of UTF-8.', 'UTF-8 最多 30 字节。')),
      { missing: 40092, type: 40092, invalid: 40092 },
    ),
  }),
  answer: okShape,
  refusals: [41009, 40003, 40092],
  example: { input: { openid: '{li.openid}', remark: '新员工' } },
  handle(call) {
    const follower = knownFollower(call, call.input.openid)
    if (isRefusal(follower)) return follower
    updateFollower(call.db, follower, { remark: call.input.remark })
    return ok
  },
})
