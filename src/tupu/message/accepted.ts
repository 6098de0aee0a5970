import { int64 } from '../../core/int64.ts'
import { ok } from '../endpoint.ts'

/** The answer of a send that WeChat accepted: its exact digits, as a number and as text. */
export function accepted(msgid: string) {
  return { ...ok, msgid: int64(msgid), msgid_str: msgid }
}
