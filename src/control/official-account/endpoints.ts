import { z } from 'zod'
import { updateAccount } from '../../../db/account.ts'
import { listApplications } from '../../../db/application.ts'
import { updateOfficialAccount as updateOfficialAccountRow } from '../../../db/official-account.ts'
import type { OfficialAccountChange, OfficialAccountRow } from '../../../db/schema.ts'
import { listTemplates } from '../../../db/template.ts'
import type { Call } from '../../core/call.ts'
import { endpoint } from '../../core/control-endpoint.ts'
import { type Outcome, pending } from '../../core/endpoint.ts'
import { words } from '../../core/field.ts'
import { problem } from '../../core/problem.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { waitingAtMost } from '../../tupu/gateway/config.ts'
import {
  type Verification,
  type Verified,
  verificationOf,
  verifyServer,
} from '../../wechat/push/verify.ts'
import { toIso } from '../../world/clock.ts'
import { touchVersion } from '../../world/world.ts'
import { timeoutField } from '../account/input.ts'
import { applicationResponse, applicationShape } from '../application/application.ts'
import { cleanText, deliveryField } from '../field.ts'
import { industryResponse, industryShape } from '../industry.ts'
import { templateResponse, templateShape } from '../template.ts'
import {
  accountsWith,
  boundFields,
  chooseOfficial,
  hostName,
  listText,
  officialResponse,
  officialShape,
  quotasField,
  reviewField,
} from './official-account.ts'
import { keepLook, refuseServer, serverChange, serverField } from './server.ts'

/** What of an official account can be changed, and which it is. */
const changeFields = z.strictObject({
  world: z.string(),
  appid: cleanText,
  rules: z
    .enum(['2014', '2023'])
    .optional()
    .meta(words('Existing templates stay.', '已有的模板不变。')),
  delivery: deliveryField.optional(),
  require_https: z
    .boolean()
    .optional()
    .meta(words('Plain http answers 43003.', '用 http 调用会得到 43003。')),
  ip_whitelist: z
    .array(z.union([z.ipv4(), z.ipv6()], 'an IPv4 or IPv6 address'))
    .max(200)
    .nullable()
    .optional()
    .meta(
      words('IP addresses that may fetch tokens; null: any.', '谁可以获取令牌；null：任何人。'),
    ),
  kind: z.enum(['service', 'subscription', 'sandbox']).optional(),
  verified: z.boolean().optional(),
  quotas: quotasField.optional(),
  review: reviewField
    .optional()
    .meta(
      words(
        'When WeChat decides on templates applied for from now on: at once, after 7 to 14 days, with application.approve and application.reject, or at the nth look-up of the application.',
        '今后申请的模板何时有审核结果：立即、7 到 14 天之后、由 application.approve 和 application.reject 决定，或在第 n 次查看申请时。',
      ),
    ),
  oauth_domains: z
    .array(hostName)
    .max(20)
    .nullable()
    .optional()
    .meta(
      words(
        'Hosts that web OAuth may redirect to, without a port; null: any host and port.',
        '网页授权可以跳回的域名，不带端口；null 表示任何域名和端口。',
      ),
    ),
  js_domains: z
    .array(hostName)
    .max(20)
    .nullable()
    .optional()
    .meta(
      words(
        'Hosts whose pages may use the JS-SDK, on ports 80 and 443; null: any host and port.',
        '其页面可以使用 JS-SDK 的域名，端口限 80 和 443；null 表示任何域名和端口。',
      ),
    ),
  ...boundFields,
  gateway_timeout: timeoutField.optional(),
  server: serverField
    .nullable()
    .optional()
    .meta(
      words(
        'Where WeChat pushes the account’s events and messages; verified first, by GET with an echostr. null: nowhere.',
        '微信把公众号上发生的事推送到哪里：先用带 echostr 的 GET 验证。null：不推送。',
      ),
    ),
})

export const updateOfficialAccount = endpoint({
  id: 'official_account.update',
  methods: ['PATCH'],
  path: '/worlds/{world}/official-accounts/{appid}',
  from: ['path', 'json'],
  summary: { en: 'Change the official account of a customer', zh: '修改客户在微信一侧的公众号' },
  input: changeFields,
  answer: officialShape,
  refusals: [409],
  example: { input: { appid: '{acme.appid}', delivery: 'PT2S' } },
  before(call) {
    const { input, world } = call
    const { server } = input
    if (!server) return change(call, server === null ? serverChange(null, { verified: false }) : {})
    const official = chooseOfficial(call, input.appid)
    if (isRefusal(official)) return official
    return pending(
      verificationOf(world, { url: server.url, token: server.token ?? official.token }),
    )
  },
  outside: verifyServer,
  after(call, of: Verification, seen: Verified) {
    const no = refuseServer(call, of, seen)
    if (no) return no
    keepLook(call, of, seen)
    const { server = null } = call.input
    return change(call, serverChange(server, { verified: true }))
  },
})

type Change = z.output<typeof changeFields>

function change(call: Call<unknown, Change>, server: OfficialAccountChange): Outcome {
  const { db, input } = call
  const official = chooseOfficial(call, input.appid)
  if (isRefusal(official)) return official
  const { gateway_timeout } = input
  const no =
    gateway_timeout === undefined ? undefined : keepTimeout(call, official.appid, gateway_timeout)
  if (no) return no
  const change = { ...changeOf(input), ...server }
  if (Object.keys(change).length > 0) {
    touchVersion(call)
    updateOfficialAccountRow(db, official, change)
  }
  return officialResponse(call, { ...official, ...change } as OfficialAccountRow)
}

function changeOf(input: Change): OfficialAccountChange {
  const change: OfficialAccountChange = {}
  if (input.rules !== undefined) change.rules = input.rules
  if (input.delivery !== undefined) change.delivery = input.delivery
  if (input.review !== undefined) change.review = input.review
  if (input.quotas !== undefined) change.quotas = input.quotas
  if (input.kind !== undefined) change.kind = input.kind
  if (input.require_https !== undefined) change.require_https = input.require_https ? 1 : 0
  if (input.verified !== undefined) change.verified = input.verified ? 1 : 0
  if (input.ip_whitelist !== undefined) change.ip_whitelist = listText(input.ip_whitelist)
  if (input.oauth_domains !== undefined) change.oauth_domains = listText(input.oauth_domains)
  if (input.js_domains !== undefined) change.js_domains = listText(input.js_domains)
  if (input.miniprograms !== undefined) change.miniprograms = listText(input.miniprograms)
  if (input.report_location !== undefined) change.report_location = input.report_location
  return change
}

/** The way to our WeChat is TUPU's: whichever account has this official account waits so long. */
function keepTimeout(call: Call, appid: string, timeout_ms: number): Refusal | undefined {
  const accounts = accountsWith(call, appid)
  if (accounts.length === 0) {
    const reason = 'no account of TUPU’s has this official account'
    const fix = 'leave it out, or connect an account first'
    return problem('conflict', { field: 'gateway_timeout', reason, fix })
  }
  touchVersion(call)
  for (const row of accounts) updateAccount(call.db, row, waitingAtMost(row, timeout_ms))
  return undefined
}

/** An official account with everything that its console at WeChat shows. */
export const wholeOfficialShape = officialShape.extend({
  name: z.string(),
  industries: z.object({
    primary: industryShape.nullable(),
    secondary: industryShape.nullable(),
    since: z.iso
      .datetime()
      .nullable()
      .meta(words('When both were first set.', '两个行业首次设好的时间。')),
    changed_in: z
      .string()
      .nullable()
      .meta(
        words(
          'The month of the latest change in Beijing time: 2026-01.',
          '最近一次修改所在的北京时间月份：2026-01。',
        ),
      ),
  }),
  templates: z
    .array(templateShape)
    .meta(words('Including those that it no longer has.', '包括已经失去的。')),
  applications: z
    .array(applicationShape)
    .meta(
      words(
        'Their current state: this does not count as a look-up at WeChat.',
        '当前的样子：在微信看来，这不算查看一次。',
      ),
    ),
})

export const getOfficialAccount = endpoint({
  id: 'official_account.get',
  methods: ['GET'],
  path: '/worlds/{world}/official-accounts/{appid}',
  from: ['path'],
  summary: {
    en: 'The official account of a customer, with industries, templates and applications',
    zh: '客户在微信一侧的公众号，含行业、模板和模板申请',
  },
  input: z.strictObject({ world: z.string(), appid: cleanText }),
  answer: wholeOfficialShape,
  example: { input: { appid: '{acme.appid}' } },
  handle(call) {
    const { db, world, input } = call
    const official = chooseOfficial(call, input.appid)
    if (isRefusal(official)) return official
    const { appid } = official
    const templates = listTemplates(db, world.epoch, appid)
    const applications = listApplications(db, world.epoch, appid)
    return {
      ...officialResponse(call, official),
      name: official.name,
      industries: industriesResponse(official),
      templates: templates.map(templateResponse),
      applications: applications.map(applicationResponse),
    }
  },
})

function industriesResponse(official: OfficialAccountRow) {
  const { industries_at, industries_month, primary_industry, secondary_industry } = official
  return {
    primary: industryResponse(primary_industry),
    secondary: industryResponse(secondary_industry),
    since: industries_at === null ? null : toIso(industries_at),
    changed_in: industries_month,
  }
}
