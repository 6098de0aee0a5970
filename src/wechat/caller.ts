import { isIPv6 } from 'node:net'
import type { OfficialAccountRow, WebTokenRow } from '../../db/schema.ts'
import { refuser } from '../core/refusal.ts'
import { wechatErrors } from './errors.ts'

/** Who calls: the official account whose token or appid the call carries. */
export interface WechatCaller {
  readonly account: OfficialAccountRow
  /** By which it calls, where that is a token of web OAuth. */
  readonly web_token?: WebTokenRow
}

/** `::ffff:127.0.0.1` is what a dual-stack socket calls 127.0.0.1; a call in process comes from this machine. */
export function plainAddress(ip: string): string {
  if (ip === '') return '127.0.0.1'
  return ip.startsWith('::ffff:') ? ip.slice(7) : ip
}

/** A caller's address as WeChat's texts name it. */
export function addressFill(caller_ip: string) {
  const ip = plainAddress(caller_ip)
  return { ip, ipv6: isIPv6(ip) ? ip : `::ffff:${ip}` }
}

/** Refuses with a code of WeChat's table. */
export const refuse = refuser(wechatErrors)
