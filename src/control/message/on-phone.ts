import { listAccounts } from '../../../db/account.ts'
import { findMessage } from '../../../db/message.ts'
import type { Call } from '../../core/call.ts'
import { isRefusal } from '../../core/refusal.ts'
import { chatName } from '../../phone/chat.ts'
import { chooseOfficial } from '../../phone/choose.ts'
import { type PhoneMessage, readMessages } from '../../phone/message.ts'
import { sentOf } from './message.ts'

/** A message in its conversation: who says it, and how the phone draws it. */
interface OnPhone {
  readonly from: { readonly name: string; readonly appid: string }
  readonly message: PhoneMessage
}

/** A message as the phone draws it, read as the phone reads it; null: it stands on none. */
export function readOnPhone(call: Call, message: string): OnPhone | null {
  const { db, world } = call
  const row = findMessage(db, world.epoch, message)
  const sent = row && sentOf(call, row)
  const [drawn] = sent ? readMessages(call, [sent.msgid]) : []
  const at = sent && chooseOfficial(call, sent.appid, listAccounts(db, world.epoch))
  return !drawn || !at || isRefusal(at) ? null : { from: chatName(at), message: drawn }
}
