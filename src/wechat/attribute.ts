import type { ClaimKind } from '../../db/claim.ts'
import { findFollower } from '../../db/person.ts'
import { worldOrElse } from '../core/locate.ts'
import { isCleanText } from '../core/request.ts'
import type { Arrival } from '../core/surface.ts'
import { claimedWorld, unattributed, type World } from '../world/world.ts'

/** What a call says of itself, whatever surface it came to. */
type Said = Pick<Arrival<unknown>, 'db' | 'engine' | 'address' | 'fields' | 'query'>

/**
 * The world of a call: of its token, its appid, its code of web OAuth, the ticket of its QR code, its openid, its path, or
 * of nobody. `key`: the appid that it names there.
 */
export async function attribute(
  arrival: Said,
  token: string,
): Promise<{ world: World; key: string }> {
  const { db } = arrival
  const real = arrival.engine.realNow()
  const claimed = async (kind: ClaimKind, value: string | undefined) =>
    value !== undefined && isCleanText(value) ? claimedWorld(db, kind, value, real) : undefined
  const byToken = await claimed('access_token', token || undefined)
  if (byToken) return { world: byToken, key: '' }
  const appid = textField(arrival, 'appid')
  const byAppid = await claimed('appid', appid)
  if (byAppid) return { world: byAppid, key: appid ?? '' }
  const byCode = await claimed('oauth_code', textField(arrival, 'code'))
  if (byCode) return { world: byCode, key: '' }
  const byTicket = await claimed('ticket', textField(arrival, 'ticket'))
  if (byTicket) return { world: byTicket, key: '' }
  const openid = textField(arrival, 'touser') ?? textField(arrival, 'openid')
  const byOpenid = await claimed('openid_prefix', openid?.slice(0, 6))
  if (byOpenid && openid !== undefined && isCleanText(openid)) {
    if (await findFollower(db, byOpenid.epoch, openid)) return { world: byOpenid, key: '' }
  }
  return { world: await worldOrElse(arrival, unattributed), key: '' }
}

/** A field that is a text and not empty, also of a query that the endpoint does not read. */
export function textField(
  arrival: Pick<Said, 'fields' | 'query'>,
  name: string,
): string | undefined {
  const value = Object.hasOwn(arrival.fields, name) ? arrival.fields[name] : arrival.query[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}
