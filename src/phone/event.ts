import type { FollowerRow, OfficialAccountRow } from '../../db/schema.ts'
import type { Call } from '../core/call.ts'
import type { XmlField } from '../core/xml.ts'
import { menuOf } from '../wechat/menu/menu.ts'
import { pushEvent } from '../wechat/push/push.ts'
import { deriveHex } from '../world/seed.ts'

type Official = OfficialAccountRow | undefined
type Openid = Pick<FollowerRow, 'openid' | 'person'>

/** Lets WeChat push that somebody follows; by a code with a scene with `qrscene_` and that, and its ticket. */
export function pushFollow(
  call: Call,
  account: Official,
  follower: Openid,
  by: { readonly event_key: string; readonly ticket: string | null } = no_scene,
): void {
  if (!account) return
  const { openid } = follower
  const { event_key, ticket } = by
  const ticketField = event_key !== '' && ticket !== null ? [['Ticket', ticket] as const] : []
  const fields = [['EventKey', event_key] as const, ...ticketField]
  pushEvent(call, { account, openid, event: 'subscribe', fields })
  pushPlace(call, account, follower)
}

const no_scene = { event_key: '', ticket: null }

/** The same of somebody who does no longer. */
export function pushUnfollow(call: Call, account: Official, { openid }: Openid): void {
  if (!account) return
  pushEvent(call, { account, openid, event: 'unsubscribe', fields: [['EventKey', '']] })
}

/** The same of a follower who has scanned a code with a scene. */
export function pushScan(
  call: Call,
  account: Official,
  { openid }: Openid,
  { event_key, ticket }: { readonly event_key: string; readonly ticket: string | null },
): void {
  if (!account) return
  const fields = [['EventKey', event_key] as const, ['Ticket', ticket ?? ''] as const]
  pushEvent(call, { account, openid, event: 'SCAN', fields })
}

/** The same of a tap on a button; `details`: what the person has scanned, taken or chosen for it. */
export function pushTap(
  call: Call,
  account: Official,
  { openid }: Openid,
  of: { readonly event: string; readonly event_key: string; readonly details: readonly XmlField[] },
): void {
  if (!account) return
  const { event, event_key, details } = of
  const isLink = event === 'VIEW' || event === 'view_miniprogram'
  const menu = isLink ? [['MenuId', { bare: menuId(call, account) }] as const] : []
  const fields = [['EventKey', event_key] as const, ...menu, ...details]
  pushEvent(call, { account, openid, event, fields })
}

/** The number of a menu: another one whenever its buttons are others. */
function menuId(call: Call, { appid }: OfficialAccountRow): string {
  const hex = deriveHex(call.world, 'menu_id', appid, JSON.stringify(menuOf(call, appid) ?? []))
  return String(400_000_000 + (Number.parseInt(hex.slice(0, 8), 16) % 100_000_000))
}

/** Where a follower is, told when one begins to follow or looks at the conversation, if the account is told of it at all. */
export function pushPlace(call: Call, account: Official, { openid, person }: Openid): void {
  if (account?.report_location !== 'on') return
  const { latitude, longitude } = placeOf(call, person)
  const fields = [
    ['Latitude', { bare: latitude }],
    ['Longitude', { bare: longitude }],
    ['Precision', { bare: '25.000000' }],
  ] as const
  pushEvent(call, { account, openid, event: 'LOCATION', fields })
}

/** Where a person always is: somewhere in Shanghai, with six decimals. */
export function placeOf({ world }: Pick<Call, 'world'>, person: string) {
  const hex = deriveHex(world, 'place', person)
  const degrees = (from: number, at: number) =>
    (from + (Number.parseInt(hex.slice(at, at + 6), 16) % 100_000) / 1e6).toFixed(6)
  return { latitude: degrees(31.2, 0), longitude: degrees(121.4, 6) }
}
