import { z } from 'zod'
import { listAccounts } from '../../../db/account.ts'
import { findOfficialAccount, listOfficialAccounts } from '../../../db/official-account.ts'
import type { AccountRow, OfficialAccountRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import { words } from '../../core/field.ts'
import { useOneOf } from '../../core/nearest.ts'
import { problem, unknownName } from '../../core/problem.ts'
import type { Refusal } from '../../core/refusal.ts'
import { gatewayOf, homeAppid, timeoutOf } from '../../tupu/gateway/config.ts'
import { afterReads, readsOf } from '../../wechat/application/application.ts'
import { createOfficialAccount } from '../../wechat/official-account.ts'
import { serverKey, serverToken } from '../../wechat/push/crypto.ts'
import { toDuration } from '../../world/clock.ts'
import { deliveryField } from '../field.ts'
import { serverChange, serverField, serverResponse, serverShape } from './server.ts'

const reads_max = 1000
const reviewWord = z.enum(['immediate', 'time', 'manual'])
const counted = z.strictObject({ after_reads: z.int().min(1).max(reads_max) })

/** How WeChat reviews an official account's templates, as it is given → as it is kept. */
export const reviewField = z
  .union([reviewWord, counted], 'immediate, time, manual, or {"after_reads":3}')
  .transform((review) => (typeof review === 'string' ? review : afterReads(review.after_reads)))

/** The same as it is shown. */
const reviewShape = z.union([reviewWord, counted])

/** A kept review as it was given. */
function reviewResponse(kept: string): z.output<typeof reviewShape> {
  const after_reads = readsOf(kept)
  return after_reads === undefined ? reviewWord.parse(kept) : { after_reads }
}

/** Whether WeChat counts what an official account calls. */
export const quotasField = z
  .enum(['off', 'documented'], 'off or documented')
  .meta(
    words(
      'off (default): calls are not counted. documented: calls above WeChat’s limits, per Beijing day and per minute, are refused.',
      'off（默认）：不计调用次数。documented：超过微信限额（按北京时间的每天及每分钟）的调用被拒绝。',
    ),
  )

/** An official account as the control API describes it. */
export const officialShape = z.object({
  appid: z.string(),
  original_id: z.string(),
  kind: z.string(),
  verified: z.boolean(),
  rules: z.string(),
  delivery: z.string(),
  require_https: z.boolean(),
  ip_whitelist: z.array(z.string()).nullable(),
  oauth_domains: z.array(z.string()).nullable(),
  js_domains: z.array(z.string()).nullable(),
  review: reviewShape,
  quotas: z.string(),
  miniprograms: z.array(z.string()),
  report_location: z.enum(['on', 'off']),
  server: serverShape,
  gateway_timeout: z
    .string()
    .nullable()
    .meta(words('Null: it belongs to no TUPU account.', 'null：没有 TUPU 的账号使用它。')),
})

/** As in WeChat's console: a name alone, without scheme, port or path. */
export const hostName = z
  .string()
  .max(253)
  .regex(/^[a-z\d]([a-z\d-]*[a-z\d])?(\.[a-z\d]([a-z\d-]*[a-z\d])?)*$/i, {
    message: 'a host name without scheme, port or path',
  })
  .toLowerCase()

const miniprograms_max = 20

/** What is bound to an official account, and reported to it. */
export const boundFields = {
  miniprograms: z
    .array(z.string().regex(/^wx[0-9a-f]{16}$/, 'wx and 16 hex digits'))
    .max(miniprograms_max)
    .optional()
    .meta(
      words(
        'Appids of linked mini programs: its messages and menu can open only these.',
        '关联的小程序的 appid：消息和菜单只能跳转到这些小程序。',
      ),
    ),
  report_location: z
    .enum(['on', 'off'])
    .optional()
    .meta(
      words(
        'Whether followers’ locations are reported to it, by a push when somebody follows it or reads its messages. Default: off.',
        '是否上报关注者的地理位置：有人关注或查看会话时推送；不填为 off。',
      ),
    ),
}

/** What may be wanted of an official account that is to be opened. */
export const officialFields = {
  appid: z
    .string()
    .regex(/^wx[0-9a-f]{16}$/, 'wx and 16 hex digits')
    .optional(),
  rules: z
    .enum(['2014', '2023'])
    .optional()
    .meta(
      words(
        "WeChat's rules for what a message shows. Default: 2014.",
        '消息显示什么，按哪一年的微信规则；不填为 2014。',
      ),
    ),
  delivery: deliveryField
    .optional()
    .meta(
      words(
        'When the receipt comes: immediate (default), manual, or a duration.',
        '回执何时到来：immediate（不填时）、manual 或一段时间。',
      ),
    ),
  review: reviewField
    .optional()
    .meta(
      words(
        'How WeChat reviews its templates. Default: immediate if the account is created live, otherwise time.',
        '微信如何审核它的模板：不填为 time；直接开通的账号为 immediate。',
      ),
    ),
  quotas: quotasField.optional(),
  app_secret: z
    .string()
    .regex(/^[0-9a-f]{32}$/, '32 hex digits, in lower case')
    .optional()
    .meta(words('Default: derived.', '不填则推导得出。')),
  token: serverToken
    .optional()
    .meta(
      words(
        'Of the server configuration. Default: derived.',
        '服务器配置中的 Token；不填则推导得出。',
      ),
    ),
  aes_key: serverKey
    .optional()
    .meta(
      words(
        'Of the server configuration. Default: derived.',
        '服务器配置中的 EncodingAESKey；不填则推导得出。',
      ),
    ),
  server: serverField
    .optional()
    .meta(
      words(
        'Where WeChat pushes the account’s events and messages. It is saved without verification: `verified` is false.',
        '微信把公众号上发生的事推送到哪里。直接保存，不做接入验证：`verified` 为 false。',
      ),
    ),
  ...boundFields,
}

const wishesShape = z
  .object({
    appid: z.string(),
    rules: z.enum(['2014', '2023']),
    delivery: z.string(),
    review: z.string(),
    quotas: quotasField,
    app_secret: z.string(),
    token: z.string(),
    aes_key: z.string(),
    miniprograms: z.array(z.string()),
    report_location: z.enum(['on', 'off']),
    server: serverField,
  })
  .partial()

/** The same as it is kept until the account is opened. */
export type Wishes = z.output<typeof wishesShape>

/** The wishes in what was sent, or in the detail of an event. Nothing else of it. */
export function readWishes(given: unknown): Wishes {
  const read = wishesShape.parse(given ?? {})
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined))
}

/** Opens an official account at our WeChat. */
export function openOfficial(
  call: Call,
  { key, name, ...wishes }: Wishes & { readonly key: string; readonly name: string },
  field = '',
): OfficialAccountRow | Refusal {
  const { miniprograms, server, ...others } = wishes
  const { rules = '2014', delivery = 'immediate', review = 'time', ...rest } = others
  const { appid } = rest
  const wanted = { key, name, rules, delivery, review, ...rest }
  const opened = createOfficialAccount(call, {
    ...wanted,
    miniprograms: listText(miniprograms ?? null),
    ...(server && { server: serverChange(server, { verified: false }) }),
  })
  if (opened === 'full') {
    return problem('conflict', {
      field: `${field}key`,
      reason: 'the world has reached its limit of official accounts',
      fix: 'use another world',
    })
  }
  return 'taken_by' in opened ? idTaken(`${field}appid`, appid ?? '', opened.taken_by) : opened
}

/** The no to an EID or appid that somebody has. */
export function idTaken(field: string, id: string, holder: string): Refusal {
  return problem('id_taken', {
    field,
    reason: `the world ${holder} has ${id}`,
    fix: 'choose another, or delete that world',
  })
}

/** The official account of an appid. */
export function chooseOfficial(
  call: Pick<Call, 'db' | 'world' | 'endpoint'>,
  appid: string,
): OfficialAccountRow | Refusal {
  const { db, world } = call
  return findOfficialAccount(db, world.epoch, appid) ?? unknownOfficial(call, appid)
}

/** The no to an appid that none of the world's official accounts has. */
export function unknownOfficial(
  call: Pick<Call, 'db' | 'world' | 'endpoint'>,
  appid: string,
  field = 'appid',
): Refusal {
  const appids = listOfficialAccounts(call.db, call.world.epoch).map((row) => row.appid)
  const reason = `the world has no official account ${appid}`
  const fix = appids.length > 0 ? useOneOf(appid, appids) : 'make one with account.create'
  return unknownName(call, { field, reason, fix })
}

/** An official account's row as the control API describes it. */
export function officialResponse(
  call: Pick<Call, 'db' | 'world' | 'engine'>,
  row: OfficialAccountRow,
): z.output<typeof officialShape> {
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
    js_domains: readList(row.js_domains),
    review: reviewResponse(row.review),
    quotas: row.quotas,
    miniprograms: readList(row.miniprograms) ?? [],
    report_location: row.report_location,
    server: serverResponse(row),
    gateway_timeout: timeoutText(call, appid),
  }
}

function timeoutText(call: Pick<Call, 'db' | 'world' | 'engine'>, appid: string): string | null {
  const [account] = accountsWith(call, appid)
  return account ? toDuration(timeoutOf(gatewayOf(account), call.engine.limits)) : null
}

/** The accounts of TUPU's that have an official account, also those that go to another WeChat for the time being. */
export function accountsWith(
  { db, world }: Pick<Call, 'db' | 'world'>,
  appid: string,
): AccountRow[] {
  return listAccounts(db, world.epoch).filter((account) => homeAppid(account) === appid)
}

/** A list as a row keeps it. */
export function listText(list: readonly string[] | null): string | null {
  return list === null ? null : JSON.stringify(list)
}

function readList(text: string | null): string[] | null {
  return text === null ? null : (JSON.parse(text) as string[])
}
