import { z } from 'zod'
import { findNewestNotice, insertNotice, listNotices } from '../../db/privacy-notice.ts'
import type { AccountRow } from '../../db/schema.ts'
import { endpoint } from '../core/control-endpoint.ts'
import { reply } from '../core/endpoint.ts'
import { words } from '../core/field.ts'
import { isRefusal } from '../core/refusal.ts'
import { isCleanText } from '../core/request.ts'
import { chooseAccount } from '../phone/choose.ts'
import { eidOf } from '../tupu/account/eid.ts'
import { standing_notice } from '../tupu/association/notice.ts'
import { toIso } from '../world/clock.ts'
import { touchVersion } from '../world/world.ts'
import { accountFields } from './account/input.ts'

const text_length_max = 20_000
const noticeText = z
  .string()
  .max(text_length_max)
  .refine(isCleanText, 'text without NUL or half a surrogate pair')
  .refine((text) => text.trim() !== '', 'text with something in it')

const noticeShape = z.object({
  account: z.string(),
  eid: z.string(),
  version: z.int(),
  zh: z
    .string()
    .nullable()
    .meta(words('Null: the default text, version 1.', 'null：通用文本，第 1 版。')),
  en: z.string().nullable(),
  published_at: z.iso
    .datetime()
    .nullable()
    .meta(words('Null: it has applied from the beginning.', 'null：一开始就有。')),
})

/** From now on candidates agree to this text; what was agreed to before stays agreed to. */
export const publishPrivacyNotice = endpoint({
  id: 'privacy_notice.publish',
  methods: ['POST'],
  path: '/worlds/{world}/accounts/{eid}/privacy-notices',
  from: ['path', 'json'],
  summary: {
    en: 'Publish a privacy notice: candidates agree to it from now on',
    zh: '发布隐私说明：候选人此后同意的是它',
  },
  status: 201,
  input: z.strictObject({
    ...accountFields,
    zh: noticeText.meta(words('In Chinese; each line is a paragraph.', '中文；每行一段。')),
    en: noticeText.meta(words('In English.', '英文。')),
  }),
  answer: noticeShape,
  example: {
    input: {
      eid: 'acme',
      zh: '我们只用您的姓名、手机号和邮箱发送入职通知。',
      en: 'We use your name, mobile and email for onboarding messages only.',
    },
  },
  handle(call) {
    const { db, world, input } = call
    const account = chooseAccount(call, input.eid, 'eid')
    if (isRefusal(account)) return account
    const { epoch, now } = world
    const { eid } = account
    const { zh, en } = input
    touchVersion(call)
    const newest = findNewestNotice(db, { epoch, eid })
    const version = (newest?.version ?? standing_notice.version) + 1
    insertNotice(db, { epoch, eid, version, zh, en, published_at: now })
    return reply(201, noticeResponse(account, { version, zh, en, published_at: now }))
  },
})

export const listPrivacyNotices = endpoint({
  id: 'privacy_notice.list',
  methods: ['GET'],
  path: '/worlds/{world}/accounts/{eid}/privacy-notices',
  from: ['path'],
  summary: {
    en: "An account's privacy notices, oldest first; the last one is what candidates agree to",
    zh: '账号的隐私说明，从旧到新；最后一份是候选人同意的那份',
  },
  input: z.strictObject(accountFields),
  answer: z.object({ items: z.array(noticeShape) }),
  example: {
    input: { eid: 'acme' },
    after: [
      {
        call: 'privacy_notice.publish',
        input: { eid: 'acme', zh: '我们的说明', en: 'Our notice' },
      },
    ],
  },
  handle(call) {
    const { db, world, input } = call
    const account = chooseAccount(call, input.eid, 'eid')
    if (isRefusal(account)) return account
    const published = listNotices(db, { epoch: world.epoch, eid: account.eid })
    const all = [{ ...standing_notice, published_at: null }, ...published]
    return { items: all.map((notice) => noticeResponse(account, notice)) }
  },
})

function noticeResponse(
  account: AccountRow,
  of: { version: number; zh: string | null; en: string | null; published_at: number | null },
) {
  const { version, zh, en, published_at } = of
  const at = published_at === null ? null : toIso(published_at)
  return { account: account.key, eid: eidOf(account), version, zh, en, published_at: at }
}
