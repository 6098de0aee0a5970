import { z } from 'zod'
import { countFollowers, findFollower, listFollowers } from '../../../db/person.ts'
import type { FollowerRow } from '../../../db/schema.ts'
import { words } from '../../core/field.ts'
import { isCleanText } from '../../core/request.ts'
import { endpoint, refuse } from '../endpoint.ts'

const page_openids = 10_000

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
  fidelity: 'documented',
  credential: 'access_token',
  permission: 'users',
  input: z.object({
    next_openid: z.string().optional().meta(words('The page begins after it.', '从它之后开始。')),
  }),
  answer: z.object({
    total: z.int(),
    count: z.int(),
    data: z.object({ openid: z.array(z.string()) }).optional(),
    next_openid: z.string(),
  }),
  refusals: [40003],
  example: { input: {} },
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
          actual: next_openid,
          expected: 'an openid that this list has answered',
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
