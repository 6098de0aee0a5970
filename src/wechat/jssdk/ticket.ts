import { nextCount } from '../../../db/counter.ts'
import { findJsTicket, upsertJsTicket } from '../../../db/js-ticket.ts'
import type { JsTicketRow, OfficialAccountRow } from '../../../db/schema.ts'
import { deriveBase64url } from '../../world/seed.ts'
import { resetScoped, type Scope } from '../../world/world.ts'

/** A ticket lives two hours. */
const life_ms = 7_200_000

/** How each type's tickets begin; they are 86 characters long. Source: samples of 2014–2024. */
const beginnings: Readonly<Record<JsTicketRow['type'], string>> = {
  jsapi: '',
  wx_card: 'IpK_',
}
const ticket_length = 86

/** An account's ticket of a type: the same one while it lives, then another. */
export function jsTicket(
  call: Scope,
  { appid }: Pick<OfficialAccountRow, 'appid'>,
  type: JsTicketRow['type'],
): JsTicketRow {
  const { db, world } = call
  const { epoch, now } = world
  const at = { epoch, appid, type }
  const current = livingTicket(call, at)
  if (current) return current
  const n = nextCount(db, { epoch, purpose: `${type}_ticket`, key: appid })
  // Whoever drew the number before may have made what this call is looking for.
  const made = livingTicket(call, at)
  if (made) return made
  const beginning = beginnings[type]
  const length = ticket_length - beginning.length
  const opaque = deriveBase64url(length, resetScoped(world), 'js_ticket', appid, type, n)
  const row = { ...at, ticket: beginning + opaque, issued_at: now, expires_at: now + life_ms }
  upsertJsTicket(db, row)
  return row
}

function livingTicket(
  { db, world }: Scope,
  at: Pick<JsTicketRow, 'epoch' | 'appid' | 'type'>,
): JsTicketRow | undefined {
  const row = findJsTicket(db, at)
  return row && row.expires_at > world.now ? row : undefined
}
