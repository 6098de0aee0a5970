import type { ClaimKind } from '../../db/claim.ts'
import { findFollower } from '../../db/person.ts'
import type { Call } from '../core/call.ts'
import { worldOfPath, worldOrElse } from '../core/locate.ts'
import { isCleanText } from '../core/request.ts'
import { claimedWorld, unattributed, type World } from '../world/world.ts'
import { prefixOf } from './official-account.ts'

/**
 * The world of a call: of its path; else of its token, its appid, its code of web OAuth, the ticket of its QR code (of a login: `uuid`) or its
 * openid; else of nobody. `key`: the appid that it names there.
 */
export function attribute(
  call: Pick<Call, 'db' | 'real_now' | 'address' | 'fields' | 'query'>,
  token: string,
): { world: World; key: string } {
  const { db } = call
  const real = call.real_now
  const claimed = (kind: ClaimKind, value: string | undefined) =>
    value !== undefined && isCleanText(value) ? claimedWorld(db, kind, value, real) : undefined
  const appid = textField(call, 'appid')
  const ofPath = worldOfPath(call)
  if (ofPath) {
    const isOwn = claimed('appid', appid)?.world === ofPath.world
    return { world: ofPath, key: isOwn ? (appid ?? '') : '' }
  }
  const byToken = claimed('access_token', token || undefined)
  if (byToken) return { world: byToken, key: '' }
  const byAppid = claimed('appid', appid)
  if (byAppid) return { world: byAppid, key: appid ?? '' }
  const byCode = claimed('oauth_code', textField(call, 'code'))
  if (byCode) return { world: byCode, key: '' }
  const byTicket = claimed('ticket', textField(call, 'ticket') ?? textField(call, 'uuid'))
  if (byTicket) return { world: byTicket, key: '' }
  const openid = textField(call, 'touser') ?? textField(call, 'openid')
  const byOpenid = claimed('openid_prefix', openid && prefixOf(openid))
  if (byOpenid && openid !== undefined && isCleanText(openid)) {
    if (findFollower(db, byOpenid.epoch, openid)) return { world: byOpenid, key: '' }
  }
  return { world: worldOrElse(call, unattributed), key: '' }
}

/** A field that is a text and not empty, also of a query that the endpoint does not read. */
export function textField(call: Pick<Call, 'fields' | 'query'>, name: string): string | undefined {
  const value = Object.hasOwn(call.fields, name) ? call.fields[name] : call.query[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}
