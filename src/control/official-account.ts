import { z } from 'zod'
import {
  findOfficialAccount,
  updateOfficialAccount as updateOfficialAccountRow,
} from '../../db/official-account.ts'
import type { OfficialAccountChange, OfficialAccountRow } from '../../db/schema.ts'
import { endpoint } from '../core/control-endpoint.ts'
import { words } from '../core/field.ts'
import { problem } from '../core/problem.ts'
import type { Refusal } from '../core/refusal.ts'
import { toDuration } from '../world/clock.ts'
import { touchVersion } from '../world/world.ts'
import { cleanText, delivery, notYet } from './field.ts'
import { wantedQuotas } from './quotas.ts'
import { shownReview, showReview, wantedReview } from './review.ts'

/** An official account as the control API describes it. */
export const shownOfficial = z.object({
  appid: z.string(),
  original_id: z.string(),
  kind: z.string(),
  verified: z.boolean(),
  rules: z.string(),
  delivery: z.string(),
  require_https: z.boolean(),
  ip_whitelist: z.array(z.string()).nullable(),
  oauth_domains: z.array(z.string()).nullable(),
  review: shownReview,
  quotas: z.string(),
})

/** As in WeChat's console: a name alone, without scheme, port or path. */
const hostName = z
  .string()
  .max(253)
  .regex(/^[a-z\d]([a-z\d-]*[a-z\d])?(\.[a-z\d]([a-z\d-]*[a-z\d])?)*$/i, {
    message: 'give a host name without scheme, port or path',
  })
  .toLowerCase()

export const updateOfficialAccount = endpoint({
  id: 'official_account.update',
  methods: ['PATCH'],
  path: '/worlds/{world}/official-accounts/{appid}',
  from: ['path', 'json'],
  summary: { en: "Change WeChat's side of a customer", zh: '修改客户在微信一侧的公众号' },
  input: z.strictObject({
    world: z.string(),
    appid: cleanText,
    rules: z
      .enum(['2014', '2023'])
      .optional()
      .meta(words('Existing templates stay.', '已有的模板不变。')),
    delivery: delivery.optional(),
    require_https: z
      .boolean()
      .optional()
      .meta(words('Plain http answers 43003.', '用 http 调用会得到 43003。')),
    ip_whitelist: z
      .array(z.union([z.ipv4(), z.ipv6()]))
      .max(200)
      .nullable()
      .optional()
      .meta(words('Who may fetch tokens; null: anybody.', '谁可以获取令牌；null：任何人。')),
    kind: z.enum(['service', 'subscription', 'sandbox']).optional(),
    verified: z.boolean().optional(),
    quotas: wantedQuotas.optional(),
    review: wantedReview
      .optional()
      .meta(
        words(
          'When WeChat decides on templates applied for from now on: at once, after 7 to 14 days, by application.approve and application.reject, or at the nth look at the application.',
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
          'Hosts to which web OAuth may lead back, without a port; null: any host and port.',
          '网页授权可以跳回的域名，不带端口；null 表示任何域名和端口。',
        ),
      ),
    server: notYet({ en: 'pushing to a server URL', zh: '向服务器 URL 推送' }),
  }),
  answer: shownOfficial,
  example: { input: { appid: '{acme.appid}', delivery: 'PT2S' } },
  async handle(call) {
    const { db, world, input } = call
    const official = await findOfficialAccount(db, world.epoch, input.appid)
    if (!official) return unknownAppid(input.appid)
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
    if (Object.keys(change).length > 0) {
      await touchVersion(call)
      await updateOfficialAccountRow(db, official, change)
    }
    return showOfficial({ ...official, ...change } as OfficialAccountRow)
  },
})

/** No official account of the world has this appid. */
export function unknownAppid(appid: string): Refusal {
  return problem('not_found', {
    field: 'appid',
    reason: `the world has no official account ${appid}`,
    fix: 'use an appid of world.get',
  })
}

/** The same of a row. */
export function showOfficial(row: OfficialAccountRow): z.output<typeof shownOfficial> {
  const { appid, original_id, kind, rules, ip_whitelist, oauth_domains } = row
  return {
    appid,
    original_id,
    kind,
    verified: row.verified === 1,
    rules,
    delivery: /^\d+$/.test(row.delivery) ? toDuration(Number(row.delivery)) : row.delivery,
    require_https: row.require_https === 1,
    ip_whitelist: readList(ip_whitelist),
    oauth_domains: readList(oauth_domains),
    review: showReview(row.review),
    quotas: row.quotas,
  }
}

function listText(list: readonly string[] | null): string | null {
  return list === null ? null : JSON.stringify(list)
}

function readList(text: string | null): string[] | null {
  return text === null ? null : (JSON.parse(text) as string[])
}
