import type { RefusalEntry } from '../../core/refusal.ts'
import { wechatErrors } from '../../wechat/errors.ts'
import { wireText } from '../../wechat/rid.ts'

const send_path = '/cgi-bin/message/template/send'

/** WeChat's codes with their texts. */
export function wechatEntries(): Iterable<RefusalEntry> {
  return wechatErrors.values()
}

export function findWechatEntry(code: number): RefusalEntry | undefined {
  return wechatErrors.get(code)
}

/** WeChat's errmsg as its send call puts it on the wire. */
export function completeWechatText(text: string, at: { trace: string; now: number }): string {
  return wireText({ text }, send_path, at)
}
