import { z } from 'zod'
import type { AccountRow } from '../../db/schema.ts'
import type { Call } from '../core/call.ts'
import { endpoint } from '../core/control-endpoint.ts'
import { words } from '../core/field.ts'
import { problem } from '../core/problem.ts'
import { isRefusal, type Refusal } from '../core/refusal.ts'
import { chooseAccount } from '../phone/choose.ts'
import {
  type EidTurn,
  eidOf,
  eids_max,
  keepConfirmedEid,
  replaceEid,
  turnEid,
} from '../tupu/account/eid.ts'
import { eventsOf, keepEvent, latestOf } from '../tupu/account/event.ts'
import { accountFields } from './account/input.ts'
import { lifeCall, lifeResponse } from './account/response.ts'
import { duration } from './field.ts'

const overlap_ms_max = 30 * 86_400_000

export const issueEid = endpoint({
  ...lifeCall,
  id: 'eid.issue',
  path: '/worlds/{world}/accounts/{eid}/eid/issue',
  summary: { en: "Issue the account's EID to the customer", zh: '把账号的 EID 发放给客户' },
  input: z.strictObject(accountFields),
  example: { input: { eid: 'globex' } },
  handle(call) {
    const account = chooseLiving(call)
    if (isRefusal(account)) return account
    if (!isIssued(call, account)) keepEvent(call, account, 'eid_issued', { eid: eidOf(account) })
    return lifeResponse(call, account)
  },
})

export const confirmEid = endpoint({
  ...lifeCall,
  id: 'eid.confirm',
  path: '/worlds/{world}/accounts/{eid}/eid/confirm',
  summary: {
    en: 'Confirm as the platform that the customer has entered the EID, as tupu_account.confirm does',
    zh: '替平台确认客户已填入 EID，与 tupu_account.confirm 相同',
  },
  input: z.strictObject(accountFields),
  example: { input: { eid: 'globex' }, after: [{ call: 'eid.issue', input: { eid: 'globex' } }] },
  handle(call) {
    const account = chooseLiving(call)
    if (isRefusal(account)) return account
    keepConfirmedEid(call, account, eidOf(account))
    return lifeResponse(call, account)
  },
})

export const suspendEid = endpoint({
  ...lifeCall,
  id: 'eid.suspend',
  path: '/worlds/{world}/accounts/{eid}/eid/suspend',
  summary: {
    en: "Suspend the account's EIDs: calls with them are answered with 100004",
    zh: '暂停账号的 EID：用它们的调用应答 100004',
  },
  input: z.strictObject(accountFields),
  example: { input: { eid: 'acme' } },
  handle: (call) => turn(call, 'suspend'),
})

export const resumeEid = endpoint({
  ...lifeCall,
  id: 'eid.resume',
  path: '/worlds/{world}/accounts/{eid}/eid/resume',
  summary: { en: 'Resume suspended EIDs', zh: '恢复被暂停的 EID' },
  input: z.strictObject(accountFields),
  example: { input: { eid: 'acme' }, after: [{ call: 'eid.suspend', input: { eid: 'acme' } }] },
  handle: (call) => turn(call, 'resume'),
})

export const revokeEid = endpoint({
  ...lifeCall,
  id: 'eid.revoke',
  path: '/worlds/{world}/accounts/{eid}/eid/revoke',
  summary: {
    en: "Permanently revoke the account's EIDs: calls with them are answered with 100005",
    zh: '永久吊销账号的 EID：用它们的调用应答 100005',
  },
  input: z.strictObject(accountFields),
  refusals: [],
  example: { input: { eid: 'acme' } },
  handle(call) {
    const account = chooseAccount(call, call.input.eid, 'eid')
    if (isRefusal(account)) return account
    return lifeResponse(call, turnEid(call, account, 'revoke'))
  },
})

export const rotateEid = endpoint({
  ...lifeCall,
  id: 'eid.rotate',
  path: '/worlds/{world}/accounts/{eid}/eid/rotate',
  summary: {
    en: "Replace the account's EID; the old one works until the overlap ends, then calls with it are answered with 100001",
    zh: '给账号换一个 EID；旧的在重叠期内仍可用，之后应答 100001',
  },
  input: z.strictObject({
    ...accountFields,
    overlap: duration
      .refine((ms) => ms <= overlap_ms_max, 'a duration of at most P30D')
      .optional()
      .meta(
        words(
          'How long both EIDs work, by the clock of the world: at most P30D. Default: PT0S.',
          '两个 EID 同时可用多久，按世界的时钟：最长 P30D，不填为 PT0S。',
        ),
      ),
  }),
  example: { input: { eid: 'acme', overlap: 'P7D' } },
  handle(call) {
    const account = chooseLiving(call)
    if (isRefusal(account)) return account
    if (!isIssued(call, account)) {
      const reason = `the EID of ${account.key} was handed to nobody yet`
      return problem('conflict', { field: 'eid', reason, fix: 'call eid.issue' })
    }
    const rotated = replaceEid(call, account, call.input.overlap ?? 0)
    if (rotated) return lifeResponse(call, rotated)
    const reason = `${account.key} has had ${eids_max} EIDs, or those of its key are taken`
    return problem('conflict', { field: 'eid', reason, fix: 'make another account' })
  },
})

function turn(call: Call<unknown, { eid: string }>, to: Exclude<EidTurn, 'revoke'>) {
  const account = chooseLiving(call)
  return isRefusal(account) ? account : lifeResponse(call, turnEid(call, account, to))
}

/** An account whose EID has not been revoked. */
function chooseLiving(call: Call<unknown, { eid: string }>): AccountRow | Refusal {
  const account = chooseAccount(call, call.input.eid, 'eid')
  if (isRefusal(account) || account.state !== 'revoked') return account
  return problem('conflict', {
    field: 'eid',
    reason: `the EID of ${account.key} was permanently revoked`,
    fix: 'make another account',
  })
}

function isIssued(call: Call, account: AccountRow): boolean {
  const events = eventsOf(call, account)
  return latestOf(events, 'eid_issued', 'eid_rotated') !== undefined
}
