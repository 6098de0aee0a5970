import { findMessage } from '../../../db/message.ts'
import type { CallbackRow } from '../../../db/schema.ts'
import type { AppliedFault } from '../../core/fault.ts'
import type { JobCall } from '../../core/job.ts'
import { faultsOf, meetFault } from '../../core/meet-fault.ts'
import { accountViewOf } from '../account/account.ts'

/** Meets a try, on its way to the platform, with the world's faults. One that was put behind another has met its own. */
export function meetCallback(call: JobCall, row: CallbackRow): AppliedFault | undefined {
  if (row.swapped === 1 || faultsOf(call).length === 0) return undefined
  const account = accountViewOf(call, row.eid)?.account
  const message = findMessage(call.db, call.world.epoch, row.message)
  const openids = message?.openid == null ? [] : [message.openid]
  const { event } = JSON.parse(row.body) as { event: string }
  const whose = { eid: row.eid, appid: account?.appid, mobile: message?.mobile, openids }
  return meetFault(call, { surface: 'callback', endpoint: event, ...whose })
}
