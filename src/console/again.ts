import { findAccount } from '../../db/account.ts'
import { findMessage } from '../../db/message.ts'
import type { Call } from '../core/call.ts'
import { readJson } from '../core/request.ts'
import type { Fix } from '../world/step.ts'

/** The form that sends a message again, as the platform sent it. */
export const again = 'again'

/** The call that sends a message again; undefined: there is none, it is erased, or it may have reached somebody. */
export function readAgain(
  { db, world }: Pick<Call, 'db' | 'world'>,
  message: string,
): Fix | undefined {
  const row = findMessage(db, world.epoch, message)
  if (!row || row.erased_at !== null) return undefined
  const { state, mobile, body, name, email, url } = row
  if (state !== 'refused' && state !== 'failed') return undefined
  const { fields } = readJson(Buffer.from(row.keywords))
  const keywords = Object.keys(fields).length > 0 && fields
  // What was accepted once holds its client_msg_id: by that it would be answered, and not sent.
  const client_msg_id = state === 'refused' ? row.client_msg_id : null
  const account = findAccount(db, world.epoch, row.eid)?.key
  const optional = Object.entries({ account, keywords, name, email, url, client_msg_id })
  const given = Object.fromEntries(optional.filter(([, value]) => value))
  return { call: 'message.test', input: { mobile, message: body, ...given } }
}
