import { z } from 'zod'
import { findQuota } from '../../../db/quota.ts'
import type { OfficialAccountRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import type { Endpoint } from '../../core/endpoint.ts'
import { errcodes, words } from '../../core/field.ts'
import type { Refusal } from '../../core/refusal.ts'
import { refusePermission } from '../admit.ts'
import { endpoint, ok, refuse } from '../endpoint.ts'
import { dayLimit, findLimit } from './limits.ts'
import { hasQuotas, spanOf } from './use.ts'

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
    en: 'How often a call was made today, and how often it may be made',
    zh: '某个接口今天调用了多少次，可以调用多少次',
  },
  source: {
    en: 'developers.weixin.qq.com: getApiQuota; paths are those that this server answers',
    zh: 'developers.weixin.qq.com: getApiQuota；路径限于这台服务器有的接口',
  },
  fidelity: 'documented',
  credential: 'access_token',
  input: z.object({
    cgi_path: errcodes(cgiPath, { missing: 76003, type: 47001, invalid: 76003 }),
  }),
  answer: z.object({
    errcode: z.literal(0),
    errmsg: z.literal('ok'),
    quota: dayShape.meta(words('Zeros: no limit.', '全为 0 表示没有限额。')),
    rate_limit: rateShape
      .optional()
      .meta(words('Calls per minute, where there is a limit.', '每分钟的次数，仅在有限额时出现。')),
  }),
  refusals: [76003, 76022, 76021],
  example: { input: { cgi_path: '/cgi-bin/message/template/send' } },
  async handle(call) {
    const { account } = call.caller
    const path = call.input.cgi_path
    const no = refusePath(account, path, call.surface.endpoints)
    if (no) return no
    call.steps.push('cgi_path.known', 'cgi_path.permitted')
    return { ...ok, ...(await quotaOf(call, account, path)) }
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

async function quotaOf(
  { db, world }: Pick<Call, 'db' | 'world'>,
  account: OfficialAccountRow,
  path: string,
) {
  const limit = hasQuotas(account) ? findLimit(path) : undefined
  const daily_limit = (limit && dayLimit(limit, account)) ?? 0
  const counter = { epoch: world.epoch, appid: account.appid, path, per: 'day' } as const
  const row = daily_limit > 0 ? await findQuota(db, counter) : undefined
  const used = row?.span === spanOf('day', world.now) ? row.used : 0
  const quota = { daily_limit, used, remain: daily_limit - used }
  const call_count = limit?.minute
  return call_count === undefined
    ? { quota }
    : { quota, rate_limit: { call_count, refresh_second: 60 } }
}
