import { z } from 'zod'
import { endpoint } from '../../core/control-endpoint.ts'
import { words } from '../../core/field.ts'
import { problem } from '../../core/problem.ts'
import { isRefusal } from '../../core/refusal.ts'
import { accountField } from '../../phone/field.ts'
import { eidOf } from '../../tupu/account/eid.ts'
import { release } from '../../tupu/association/association.ts'
import { mobileField } from '../../tupu/mobile.ts'
import { toIso } from '../../world/clock.ts'
import { chooseConnected } from './account.ts'
import { operator } from './associate.ts'

/** Frees a mobile for its new owner. A POST: mobiles do not belong in addresses. */
export const releaseAssociation = endpoint({
  id: 'association.release',
  methods: ['POST'],
  path: '/worlds/{world}/associations/release',
  from: ['path', 'json'],
  summary: {
    en: 'Free a mobile for its new owner: whoever had it is not registered any more',
    zh: '为新号主释放手机号：原来的登记随之解除',
  },
  input: z.strictObject({ world: z.string(), mobile: mobileField, account: accountField }),
  answer: z.object({
    mobile: z.string(),
    account: z.string(),
    eid: z.string(),
    appid: z.string(),
    openid: z.string().meta(words('Who had it.', '原来登记的人。')),
    source: z.enum(['form', 'direct_application']),
    registered_at: z.iso.datetime(),
  }),
  refusals: [409],
  example: { input: { mobile: '{wang.mobile}' } },
  async handle(call) {
    const { mobile } = call.input
    const account = await chooseConnected(call, call.input.account)
    if (isRefusal(account)) return account
    const { key, appid } = account
    call.concern({ eid: account.eid, mobile })
    const eid = eidOf(account)
    const row = await release(call, { appid, mobile, ...operator })
    if (!row) return nobodyHasIt(key)
    const { openid, source, created_at } = row
    call.concern({ appid, openid })
    return {
      mobile,
      account: key,
      eid,
      appid,
      openid,
      source,
      registered_at: toIso(created_at),
    }
  },
})

/** The no to what only an association can have done to it. */
export function nobodyHasIt(account: string) {
  return problem('not_found', {
    field: 'mobile',
    reason: `nobody has registered this mobile at ${account}`,
    fix: 'check the mobile and the account',
  })
}
