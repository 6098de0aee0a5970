import { z } from 'zod'
import { countFollowers, findFollower, listFollowers } from '../../db/person.ts'
import type { FollowerRow } from '../../db/schema.ts'
import type { Call } from '../http/endpoint.ts'
import { says } from '../http/field.ts'
import { isCleanText } from '../http/request.ts'
import { toUnixSeconds } from '../sim/clock.ts'
import { endpoint, refuse, type WechatCaller } from './endpoint.ts'
import { unionidOf } from './official-account.ts'

const languages = ['zh_CN', 'zh_TW', 'en']
const page_openids = 10_000
const openidText = z.string().refine((text) => isCleanText(text) && /^o[\w-]{27}$/.test(text))

/** Empty since 27 December 2021, but still on the wire. */
const noProfile = { nickname: '', sex: 0 }
const noPlace = { city: '', province: '', country: '', headimgurl: '' }

/** What WeChat tells of one openid. */
export const getUserInfo = endpoint({
  id: 'user.info',
  methods: ['GET', 'POST'],
  path: '/cgi-bin/user/info',
  from: ['query'],
  summary: 'What is known of a follower',
  source: 'developers.weixin.qq.com: getUserInfo; key order of recorded answers',
  fidelity: 'documented',
  credential: 'access_token, users',
  input: z.object({
    openid: says(openidText, { missing: 41009, type: 47001, invalid: 40003 }),
    lang: z.unknown().optional().meta({ type: 'string', enum: languages }),
  }),
  answer: z.object({
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
  }),
  refusals: [41001, 40001, 43003, 42001, 48001, 41009, 40003],
  example: {
    input: { openid: 'oAbCdEfGhIjKlMnOpQrStUvWxYz0' },
    answer: {
      subscribe: 0,
      openid: 'oAbCdEfGhIjKlMnOpQrStUvWxYz0',
      ...noProfile,
      language: 'zh_CN',
      ...noPlace,
      tagid_list: [],
    },
  },
  async handle(call) {
    const { openid, lang } = call.input
    const follower = await findFollower(call.db, call.world.epoch, openid)
    if (follower?.appid !== call.caller.account.appid) {
      return refuse(40003, {
        rule: 'follower.known',
        saw: openid,
        wanted: 'an openid of this official account',
      })
    }
    return profileOf(
      call,
      follower,
      typeof lang === 'string' && languages.includes(lang) ? lang : 'zh_CN',
    )
  },
})

function profileOf(call: Call<WechatCaller>, follower: FollowerRow, language: string) {
  const known = { openid: follower.openid, ...noProfile, language, ...noPlace }
  if (
    follower.state === 'never' ||
    follower.state === 'unfollowed' ||
    follower.followed_at === null
  ) {
    return { subscribe: 0, ...known, tagid_list: [] }
  }
  return {
    subscribe: 1,
    ...known,
    subscribe_time: toUnixSeconds(follower.followed_at),
    unionid: unionidOf(call, follower.person),
    remark: '',
    groupid: 0,
    tagid_list: [],
    subscribe_scene: 'ADD_SCENE_SEARCH',
    qr_scene: 0,
    qr_scene_str: '',
  }
}

/** The openids of all followers, 10,000 a page, oldest follow first. */
export const getUsers = endpoint({
  id: 'user.list',
  methods: ['GET', 'POST'],
  path: '/cgi-bin/user/get',
  from: ['query'],
  summary: 'The openids of the followers',
  source: 'developers.weixin.qq.com: getFans; what comes after the last page, from SDK sources',
  fidelity: 'documented',
  credential: 'access_token, users',
  input: z.object({ next_openid: z.string().optional().describe('The page begins after it.') }),
  answer: z.object({
    total: z.int(),
    count: z.int(),
    data: z.object({ openid: z.array(z.string()) }).optional(),
    next_openid: z.string(),
  }),
  refusals: [41001, 40001, 43003, 42001, 48001, 40003],
  example: {
    input: {},
    answer: {
      total: 1,
      count: 1,
      data: { openid: ['oAbCdEfGhIjKlMnOpQrStUvWxYz0'] },
      next_openid: 'oAbCdEfGhIjKlMnOpQrStUvWxYz0',
    },
  },
  async handle({ db, world, caller, input }) {
    const { appid } = caller.account
    const { next_openid = '' } = input
    let after: FollowerRow | undefined
    if (next_openid !== '') {
      after = isCleanText(next_openid)
        ? await findFollower(db, world.epoch, next_openid)
        : undefined
      // Whoever never followed has no place in the order: nothing comes after.
      if (after?.appid !== appid || after.followed_at === null) {
        return refuse(40003, {
          rule: 'follower.known',
          saw: next_openid,
          wanted: 'an openid that this list has answered',
        })
      }
    }
    const at = { epoch: world.epoch, appid, limit: page_openids }
    const rows = await listFollowers(db, after ? { ...at, after } : at)
    const total = await countFollowers(db, world.epoch, appid)
    const openid = rows.map((row) => row.openid)
    const last = openid.at(-1)
    // Without `data` past the end: an iterator that looks for it would otherwise never stop.
    if (last === undefined) return { total, count: 0, next_openid: '' }
    return { total, count: openid.length, data: { openid }, next_openid: last }
  },
})
