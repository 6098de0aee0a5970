import { z } from 'zod'
import { findPerson } from '../../../db/person.ts'
import type { WebTokenRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import { errcodes, words } from '../../core/field.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { deriveBase62 } from '../../world/seed.ts'
import { endpoint, ok, refuse, type WechatCaller } from '../endpoint.ts'
import { virtual_avatar, virtual_nickname } from './virtual.ts'
import { unionidOfToken } from './web-token.ts'

const openid = errcodes(z.string().min(1), { missing: 41009, type: 40003, invalid: 41009 })

/** Nickname and avatar of whoever allowed it. What it told of sex and place is empty since 2021. */
export const oauthUser = endpoint({
  id: 'oauth.user',
  methods: ['GET', 'POST'],
  path: '/sns/userinfo',
  from: ['query', 'form', 'json'],
  summary: {
    en: 'Nickname and avatar of whoever a token of web OAuth is for',
    zh: '网页授权令牌所属用户的昵称和头像',
  },
  source: {
    en: 'developers.weixin.qq.com: web page authorization; key order of recorded answers',
    zh: 'developers.weixin.qq.com: 网页授权；字段顺序依据实际返回的记录',
  },
  fidelity: 'documented',
  credential: 'web_token',
  input: z.object({
    openid,
    lang: z
      .unknown()
      .optional()
      .meta({ type: 'string', enum: ['zh_CN', 'zh_TW', 'en'] })
      .meta(
        words(
          'In which language places would be named, were they still told.',
          '地区名称用哪种语言；如今地区已不再返回。',
        ),
      ),
  }),
  answer: z.object({
    openid: z.string(),
    nickname: z.string(),
    sex: z.int(),
    language: z.string(),
    city: z.string(),
    province: z.string(),
    country: z.string(),
    headimgurl: z.string(),
    privilege: z.array(z.string()),
    unionid: z.string(),
  }),
  refusals: [41009, 40003, 48001],
  example: { input: { openid: '{li.openid}', lang: 'zh_CN' } },
  async handle(call) {
    const token = checkOpenid(call, call.input.openid)
    if (isRefusal(token)) return token
    if (token.scope !== 'snsapi_userinfo') {
      return refuse(48001, {
        rule: 'scope.userinfo',
        actual: token.scope,
        expected: 'a token of the scope snsapi_userinfo',
      })
    }
    call.steps.push('scope.userinfo')
    const { nickname, headimgurl } = await profileOf(call, token)
    return {
      openid: token.openid,
      nickname,
      sex: 0,
      language: '',
      city: '',
      province: '',
      country: '',
      headimgurl,
      privilege: [],
      unionid: unionidOfToken(call, token),
    }
  },
})

/** Whether a token is good for an openid. */
export const checkOauth = endpoint({
  id: 'oauth.check',
  methods: ['GET', 'POST'],
  path: '/sns/auth',
  from: ['query', 'form', 'json'],
  summary: { en: 'Whether a token of web OAuth is good', zh: '网页授权的令牌是否有效' },
  source: {
    en: 'developers.weixin.qq.com: web page authorization',
    zh: 'developers.weixin.qq.com: 网页授权',
  },
  fidelity: 'documented',
  credential: 'web_token',
  input: z.object({ openid }),
  answer: z.object({ errcode: z.literal(0), errmsg: z.literal('ok') }),
  refusals: [41009, 40003],
  example: { input: { openid: '{li.openid}' } },
  async handle(call) {
    const token = checkOpenid(call, call.input.openid)
    return isRefusal(token) ? token : ok
  },
})

function checkOpenid(call: Call<WechatCaller>, wanted: string): WebTokenRow | Refusal {
  const { web_token } = call.caller
  if (!web_token) throw new Error('the surface opens these calls by a token of web OAuth')
  call.concern(web_token)
  if (web_token.openid !== wanted) {
    return refuse(40003, {
      rule: 'web_token.openid',
      actual: wanted,
      expected: 'the openid that the token was given out for',
    })
  }
  call.steps.push('web_token.openid')
  return web_token
}

async function profileOf(
  { db, world }: Call<WechatCaller>,
  { person, snapshot }: WebTokenRow,
): Promise<{ nickname: string; headimgurl: string }> {
  if (snapshot) return { nickname: virtual_nickname, headimgurl: virtual_avatar }
  const row = await findPerson(db, world.epoch, person)
  const picture = deriveBase62(86, world, 'avatar', person)
  const headimgurl = `https://thirdwx.qlogo.cn/mmopen/vi_32/${picture}/132`
  return { nickname: row?.name ?? '', headimgurl }
}
