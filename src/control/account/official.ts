import { z } from 'zod'
import type { OfficialAccountRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import { words } from '../../core/field.ts'
import { problem } from '../../core/problem.ts'
import type { Refusal } from '../../core/refusal.ts'
import { createOfficialAccount } from '../../wechat/official-account.ts'
import { delivery } from '../field.ts'
import { wantedQuotas } from '../quotas.ts'
import { wantedReview } from '../review.ts'

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
        "WeChat's rules for what a message shows; 2014 unless told.",
        '消息显示什么，按哪一年的微信规则；不填为 2014。',
      ),
    ),
  delivery: delivery
    .optional()
    .meta(
      words(
        'When the receipt comes: immediate (unless told), manual, or a duration.',
        '回执何时到来：immediate（不填时）、manual 或一段时间。',
      ),
    ),
  review: wantedReview
    .optional()
    .meta(
      words(
        'How WeChat reviews its templates: time, unless the account is made live, then immediate.',
        '微信如何审核它的模板：不填为 time；直接开通的账号为 immediate。',
      ),
    ),
  quotas: wantedQuotas.optional(),
}

const wishes = z
  .object({
    appid: z.string(),
    rules: z.enum(['2014', '2023']),
    delivery: z.string(),
    review: z.string(),
    quotas: wantedQuotas,
  })
  .partial()
/** The same as it is kept until the account is opened. */
export type Wishes = z.output<typeof wishes>

/** The wishes in what was sent, or in the detail of an event. Nothing else of it. */
export function readWishes(told: unknown): Wishes {
  const read = wishes.parse(told ?? {})
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined))
}

/** Opens an official account at our WeChat. */
export async function openOfficial(
  call: Call,
  { key, name, ...wanted }: Wishes & { readonly key: string; readonly name: string },
  field = '',
): Promise<OfficialAccountRow | Refusal> {
  const { rules = '2014', delivery: told = 'immediate', review = 'time', appid, quotas } = wanted
  const opened = await createOfficialAccount(call, {
    key,
    name,
    appid,
    rules,
    delivery: told,
    review,
    quotas,
  })
  if (opened === 'full') {
    return problem('conflict', {
      field: `${field}key`,
      reason: 'the world has all the official accounts it can have',
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
