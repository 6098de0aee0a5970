import { z } from 'zod'
import { updateFollower } from '../../../db/person.ts'
import { errcodes, words } from '../../core/field.ts'
import { isRefusal } from '../../core/refusal.ts'
import { isCleanText } from '../../core/request.ts'
import { endpoint, ok } from '../endpoint.ts'
import { knownFollower, openidText } from './profile.ts'

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
  fidelity: 'documented',
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
  answer: z.object({ errcode: z.literal(0), errmsg: z.literal('ok') }),
  refusals: [41009, 40003, 40092],
  example: { input: { openid: '{li.openid}', remark: '新员工' } },
  async handle(call) {
    const follower = await knownFollower(call, call.input.openid)
    if (isRefusal(follower)) return follower
    await updateFollower(call.db, follower, { remark: call.input.remark })
    return ok
  },
})
