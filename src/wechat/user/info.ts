import { z } from 'zod'
import { errcodes } from '../../core/field.ts'
import { isRefusal } from '../../core/refusal.ts'
import { endpoint } from '../endpoint.ts'
import { knownFollower, languages, openidText, profileOf, profileShape } from './profile.ts'

/** More openids in one call are refused. */
const openids_max = 100

/** What WeChat tells of one openid. */
export const userInfo = endpoint({
  id: 'user.info',
  methods: ['GET', 'POST'],
  path: '/cgi-bin/user/info',
  from: ['query'],
  summary: { en: 'What is known of a follower', zh: '关注者的信息' },
  source: {
    en: 'developers.weixin.qq.com: getUserInfo; key order of recorded answers',
    zh: 'developers.weixin.qq.com: getUserInfo；字段顺序取自记录下来的应答',
  },
  fidelity: 'documented',
  credential: 'access_token',
  permission: 'users',
  input: z.object({
    openid: errcodes(openidText, { missing: 41009, type: 47001, invalid: 40003 }),
    lang: z.unknown().optional().meta({ type: 'string', enum: languages }),
  }),
  answer: profileShape,
  refusals: [41009, 40003],
  example: { input: { openid: '{li.openid}' } },
  async handle(call) {
    const { openid, lang } = call.input
    const follower = await knownFollower(call, openid)
    return isRefusal(follower) ? follower : profileOf(call, follower, lang)
  },
})

/** What WeChat tells of up to a hundred openids; one that it does not know fails the whole call. */
export const userBatch = endpoint({
  id: 'user.batch',
  methods: ['POST'],
  path: '/cgi-bin/user/info/batchget',
  from: ['json'],
  summary: { en: 'What is known of up to 100 followers', zh: '最多 100 位关注者的信息' },
  source: 'developers.weixin.qq.com: batchGetUserInfo',
  fidelity: 'documented',
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
  async handle(call) {
    const user_info_list = []
    for (const wanted of call.input.user_list) {
      const { openid = '', lang } = wantedUser.catch({}).parse(wanted)
      const follower = await knownFollower(call, openid)
      if (isRefusal(follower)) return follower
      user_info_list.push(profileOf(call, follower, lang))
    }
    return { user_info_list }
  },
})

const wantedUser = z.object({ openid: openidText.optional(), lang: z.unknown().optional() })
