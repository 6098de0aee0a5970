import { z } from 'zod'
import type { AccountRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import { endpoint } from '../../core/control-endpoint.ts'
import { words } from '../../core/field.ts'
import { problem } from '../../core/problem.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { chooseAccount } from '../../phone/choose.ts'
import {
  type AccountEvent,
  type AccountVerb,
  eventsOf,
  keepEvent,
  latestOf,
} from '../../tupu/account/event.ts'
import { cleanText } from '../field.ts'
import { accountFields } from './input.ts'
import { lifeCall, lifeResponse } from './response.ts'

const reason_length_max = 500

export const askVendor = endpoint({
  ...lifeCall,
  id: 'vendor.ask',
  path: '/worlds/{world}/accounts/{eid}/vendor/ask',
  summary: {
    en: "Ask the vendor of the customer's existing official account for permission",
    zh: '客户已有公众号：请其服务商同意 TUPU 接入',
  },
  input: z.strictObject(accountFields),
  example: { input: { eid: 'globex' } },
  handle(call) {
    const account = chooseAccount(call, call.input.eid, 'eid')
    if (isRefusal(account)) return account
    const answer = answerOf(call, account)
    if (account.appid !== null || answer?.verb === 'vendor_granted') return nothingToAsk(account)
    if (answer?.verb !== 'vendor_asked') keepEvent(call, account, 'vendor_asked')
    return lifeResponse(call, account)
  },
})

function nothingToAsk({ key, appid }: AccountRow): Refusal {
  const reason = appid === null ? 'its vendor has agreed' : `${key} has its official account`
  return problem('conflict', { field: 'eid', reason, fix: 'ask nobody' })
}

export const grantVendor = endpoint({
  ...lifeCall,
  id: 'vendor.grant',
  path: '/worlds/{world}/accounts/{eid}/vendor/grant',
  summary: { en: 'Agree as the vendor', zh: '让服务商同意' },
  input: z.strictObject(accountFields),
  example: { input: { eid: 'globex' }, after: [{ call: 'vendor.ask', input: { eid: 'globex' } }] },
  handle: (call) => answerVendor(call, 'vendor_granted'),
})

export const refuseVendor = endpoint({
  ...lifeCall,
  id: 'vendor.refuse',
  path: '/worlds/{world}/accounts/{eid}/vendor/refuse',
  summary: {
    en: 'Refuse as the vendor, with a reason; the vendor can be asked again',
    zh: '让服务商以某个理由拒绝；之后可以再问',
  },
  input: z.strictObject({
    ...accountFields,
    reason: cleanText
      .min(1)
      .max(reason_length_max)
      .meta(words('As the vendor reports it.', '服务商的原话。')),
  }),
  example: {
    input: { eid: 'globex', reason: '与现有服务商的合同尚未到期' },
    after: [{ call: 'vendor.ask', input: { eid: 'globex' } }],
  },
  handle: (call) => answerVendor(call, 'vendor_refused', { reason: call.input.reason }),
})

/** An answer needs a question. */
function answerVendor(
  call: Call<unknown, { eid: string }>,
  verb: AccountVerb,
  detail: AccountEvent['detail'] = {},
) {
  const account = chooseAccount(call, call.input.eid, 'eid')
  if (isRefusal(account)) return account
  if (answerOf(call, account)?.verb !== 'vendor_asked') {
    const reason = 'its vendor has not been asked, or has answered'
    return problem('conflict', { field: 'eid', reason, fix: 'call vendor.ask first' })
  }
  keepEvent(call, account, verb, detail)
  return lifeResponse(call, account)
}

function answerOf(call: Call, account: AccountRow): AccountEvent | undefined {
  const events = eventsOf(call, account)
  return latestOf(events, 'vendor_asked', 'vendor_granted', 'vendor_refused')
}

/** Whether an account's vendor has agreed. */
export function hasAgreed(call: Call, account: AccountRow): boolean {
  return answerOf(call, account)?.verb === 'vendor_granted'
}
