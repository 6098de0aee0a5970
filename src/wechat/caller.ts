import type { OfficialAccountRow, WebTokenRow } from '../../db/schema.ts'
import { refuser } from '../core/refusal.ts'
import { wechatErrors } from './errors.ts'

/** Who calls: the official account whose token or appid the call carries. */
export interface WechatCaller {
  readonly account: OfficialAccountRow
  /** By which it calls, where that is a token of web OAuth. */
  readonly web_token?: WebTokenRow
}

/** Refuses with a code of WeChat's table. */
export const refuse = refuser(wechatErrors)
