import { z } from 'zod'
import type { OfficialAccountRow } from '../../../db/schema.ts'
import type { Endpoint } from '../../core/endpoint.ts'
import { errcodes, words } from '../../core/field.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { refusePermission } from '../admit.ts'
import { checkApp } from '../authenticate.ts'
import { plainAddress } from '../caller.ts'
import { endpoint, ok, okShape, refuse } from '../endpoint.ts'
import { findNamedCall } from './named-call.ts'
import { clearQuotas, quotaOf } from './quota.ts'

/** Gives an account all its calls of the day back, ten times in a Beijing month. */
export const clearQuota = endpoint({
  id: 'quota.clear',
  methods: ['POST'],
  path: '/cgi-bin/clear_quota',
  from: ['json'],
  summary: { en: "Reset the account's daily call counts", zh: '清零公众号今天的调用次数' },
  source: 'developers.weixin.qq.com: clearQuota',
  credential: 'access_token',
  permission: 'clearing quotas',
  input: z.object({
    appid: errcodes(z.string().meta(words("The token's own.", '令牌所属的公众号。')), {
      missing: 41002,
      type: 40013,
      invalid: 40013,
    }),
  }),
  answer: okShape,
  refusals: [41002, 40013, 48006],
  example: { input: { appid: '{acme.appid}' } },
  handle(call) {
    const { account } = call.caller
    if (call.input.appid !== account.appid) {
      return refuse(40013, { rule: 'appid.own', actual: call.input.appid, expected: account.appid })
    }
    call.steps.push('appid.own')
    return clearQuotas(call, account) ?? ok
  },
})

/** The same by appid and secret, for when there is no token left to be had. */
export const clearQuotaBySecret = endpoint({
  id: 'quota.clear_by_secret',
  methods: ['POST'],
  path: '/cgi-bin/clear_quota/v2',
  from: ['query', 'json'],
  summary: {
    en: "Reset the account's daily call counts, without a token",
    zh: '不用令牌清零公众号今天的调用次数',
  },
  source: {
    en: 'developers.weixin.qq.com: clearQuotaByAppSecret; fields in the query as SDKs send them',
    zh: 'developers.weixin.qq.com: clearQuotaByAppSecret；字段也可像某些 SDK 那样放在查询串里',
  },
  credential: 'secret',
  permission: 'clearing quotas',
  input: z.object({}),
  later: z.object({ appid: z.string(), appsecret: z.string() }),
  answer: okShape,
  refusals: [48006],
  example: { input: { appid: '{acme.appid}', appsecret: '{acme.app_secret}' } },
  handle(call) {
    const account = checkApp(call, { grant_type: null, field: 'appsecret' })
    return isRefusal(account) ? account : (clearQuotas(call, account) ?? ok)
  },
})

type Endpoints = readonly Pick<Endpoint, 'path' | 'permission'>[]

/** Path only: no host, no query. */
const cgiPath = z
  .string()
  .regex(/^\/(?!\/)[^\s?#]*$/)
  .meta(
    words(
      'A path such as /cgi-bin/message/template/send.',
      '路径，例如 /cgi-bin/message/template/send。',
    ),
  )

const dayShape = z.object({ daily_limit: z.int(), used: z.int(), remain: z.int() })
const rateShape = z.object({ call_count: z.int(), refresh_second: z.int() })

/** What an account may call of one path in a day, and what of it is left. */
export const getQuota = endpoint({
  id: 'quota.get',
  methods: ['POST'],
  path: '/cgi-bin/openapi/quota/get',
  from: ['json'],
  summary: {
    en: 'The daily usage and quota of a call',
    zh: '某个接口今天调用了多少次，可以调用多少次',
  },
  source: {
    en: 'developers.weixin.qq.com: getApiQuota; paths are those that this server answers',
    zh: 'developers.weixin.qq.com: getApiQuota；路径限于这台服务器有的接口',
  },
  credential: 'access_token',
  input: z.object({
    cgi_path: errcodes(cgiPath, { missing: 76003, type: 47001, invalid: 76003 }),
  }),
  answer: okShape.extend({
    quota: dayShape.meta(words('Zeros: no limit.', '全为 0 表示没有限额。')),
    rate_limit: rateShape
      .optional()
      .meta(words('Calls per minute, if there is a limit.', '每分钟的次数，仅在有限额时出现。')),
  }),
  refusals: [76003, 76022, 76021],
  example: { input: { cgi_path: '/cgi-bin/message/template/send' } },
  handle(call) {
    const { account } = call.caller
    const path = call.input.cgi_path
    const no = refusePath(account, path, call.surface.endpoints)
    if (no) return no
    call.steps.push('cgi_path.known', 'cgi_path.permitted')
    return { ...ok, ...quotaOf(call, account, path) }
  },
})

/** Nobody asks for the calls of web OAuth, nor for what an account may not call. */
function refusePath(
  account: OfficialAccountRow,
  path: string,
  endpoints: Endpoints,
): Refusal | undefined {
  const known = endpoints.find((candidate) => candidate.path === path)
  const closed = known && refusePermission(known, account)
  if (closed || path.startsWith('/sns/')) {
    const expected = 'a path that this kind of account may call, and none under /sns'
    return refuse(76022, { rule: 'cgi_path.permitted', actual: path, expected })
  }
  if (known) return undefined
  return refuse(76021, {
    rule: 'cgi_path.known',
    actual: path,
    expected: 'a path that this server answers',
  })
}

const ridText = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/)
  .meta(
    words(
      'Of a call of this account in the last seven days.',
      '该公众号最近七天内某次调用的 rid。',
    ),
  )

const requestShape = z.object({
  invoke_time: z.int().meta(words('Unix seconds, as in the rid.', 'Unix 秒，与 rid 中的一致。')),
  cost_in_ms: z
    .int()
    .meta(
      words(
        '0: a call takes no time on the clock of its world.',
        '0：按其世界的时钟，调用不花时间。',
      ),
    ),
  request_url: z.string().meta(words('Only the query.', '只有查询串。')),
  request_body: z.string(),
  response_body: z.string(),
  client_ip: z
    .string()
    .meta(
      words(
        'The address of the caller of this endpoint: the journal keeps no addresses.',
        '查询者自己的地址：日志不记录地址。',
      ),
    ),
})

/** What the journal has of a call that was refused, by the rid that its errmsg ended in. */
export const getRid = endpoint({
  id: 'rid.get',
  methods: ['POST'],
  path: '/cgi-bin/openapi/rid/get',
  from: ['json'],
  summary: { en: 'Details of a refused call, by its rid', zh: '按 rid 查询一次被拒绝的调用' },
  source: 'developers.weixin.qq.com: getRidInfo',
  credential: 'access_token',
  input: z.object({
    rid: errcodes(ridText, { missing: 76002, type: 47001, invalid: 76002 }),
  }),
  answer: okShape.extend({ request: requestShape }),
  refusals: [76002, 76004, 76001, 76022, 76003],
  example: {
    input: { rid: '{rid}' },
    after: [{ call: 'user.info', take: { rid: { at: 'errmsg', match: /[\w-]{26}$/ } } }],
  },
  handle(call) {
    const named = findNamedCall(call, call.input.rid)
    if (isRefusal(named)) return named
    const { invoked_at, request_url, request_body, response_body } = named
    return {
      ...ok,
      request: {
        invoke_time: invoked_at,
        cost_in_ms: 0,
        request_url,
        request_body,
        response_body,
        client_ip: plainAddress(call.request.ip),
      },
    }
  },
})
