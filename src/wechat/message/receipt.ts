import type { FollowerRow, OfficialAccountRow, TemplateMessageRow } from '../../../db/schema.ts'
import { listDueReceipts, updateReceipt } from '../../../db/template-message.ts'
import type { ReceiptEvent, WorldEvent } from '../../core/event.ts'
import type { JobKind } from '../../core/job.ts'
import { officialAccountOf } from '../official-account.ts'
import { pushEvent } from '../push/push.ts'

export type Receipt = ReceiptEvent['status']

/** When the receipt of a message accepted now comes, by the account's `delivery`; `immediate`: at once. */
export function receiptOf(
  account: OfficialAccountRow,
  follower: FollowerRow,
  now: number,
): Pick<TemplateMessageRow, 'receipt' | 'receipt_at' | 'due_at'> {
  if (account.delivery === 'immediate')
    return { receipt: statusFor(follower), receipt_at: now, due_at: null }
  if (account.delivery === 'manual') return { receipt: null, receipt_at: null, due_at: null }
  return { receipt: null, receipt_at: null, due_at: now + Number(account.delivery) }
}

/** Whoever blocks an account's messages is told of by the receipt only: the send was accepted. */
function statusFor(follower: FollowerRow): Receipt {
  return follower.state === 'blocking' ? 'user_block' : 'success'
}

/** Raises the event by which WeChat tells what became of a message. */
export function finishReceipt(
  call: { readonly events: WorldEvent[] },
  message: Pick<ReceiptEvent, 'appid' | 'openid' | 'msgid' | 'status'>,
): void {
  call.events.push({ event: 'TEMPLATESENDJOBFINISH', ...message })
}

/** As WeChat writes what became of a message; one of them with a blank after the colon. Seen in its pushes. */
const statuses: Readonly<Record<Receipt, string>> = {
  success: 'success',
  user_block: 'failed:user block',
  system_failed: 'failed: system failed',
  freq_limit: 'failed:freq limit',
}

/** Pushes what became of a message to its account's server, if it has one. */
export function pushReceipt(
  call: Parameters<typeof pushEvent>[0],
  account: OfficialAccountRow,
  { openid, msgid, status }: Pick<ReceiptEvent, 'openid' | 'msgid' | 'status'>,
): void {
  // Every send comes by here, and mostly nobody listens.
  if (account.server_url === null) return
  const event = 'TEMPLATESENDJOBFINISH'
  const fields = [
    ['MsgID', { bare: msgid }],
    ['Status', statuses[status]],
  ] as const
  pushEvent(call, { account, openid, event, fields })
}

/** Receipts that come after a duration: a message's own `due_at` is the queue. */
export const receiptJob: JobKind = {
  kind: 'receipt',
  next(db, epoch, limit) {
    const rows = listDueReceipts(db, epoch, limit)
    return rows.map((row) => ({ key: row.msgid, subject: row.msgid, due_at: row.due_at ?? 0 }))
  },
  run(call, job) {
    const { db, world } = call
    const [row] = listDueReceipts(db, world.epoch, 1).filter((due) => due.msgid === job.key)
    if (!row) return 'gone'
    // What stood on the phone when WeChat accepted it was delivered; a block in between changes nothing.
    const status = row.on_phone ? 'success' : 'user_block'
    const written = updateReceipt(db, row, { receipt: status, receipt_at: world.now })
    if (!written) return 'gone'
    finishReceipt(call, { appid: row.appid, openid: row.openid, msgid: row.msgid, status })
    const account = officialAccountOf(call, row.appid)
    if (account) pushReceipt(call, account, { openid: row.openid, msgid: row.msgid, status })
    return status
  },
}
