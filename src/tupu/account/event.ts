import { z } from 'zod'
import { insertAccountEvent, listAccountEvents } from '../../../db/account-event.ts'
import { nextCount } from '../../../db/counter.ts'
import type { AccountRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'

/** Everything that happens to an account on TUPU's side. What WeChat knows of it, WeChat is asked for. */
export const account_verbs = [
  'enquired',
  'vendor_asked',
  'vendor_granted',
  'vendor_refused',
  'official_account_connected',
  'registration_page_published',
  'eid_issued',
  'eid_confirmed',
  'eid_rotated',
  'eid_suspended',
  'eid_resumed',
  'eid_revoked',
] as const
export type AccountVerb = (typeof account_verbs)[number]

const kept = z.object({
  verb: z.enum(account_verbs),
  at: z.int(),
  detail: z.record(z.string(), z.unknown()),
})

/** One of them. `detail`: what belongs to it, such as a reason or an EID. */
export type AccountEvent = z.output<typeof kept>

/** Writes down what has happened to an account. */
export function keepEvent(
  { db, world }: Pick<Call, 'db' | 'world'>,
  { eid }: Pick<AccountRow, 'eid'>,
  verb: AccountVerb,
  detail: AccountEvent['detail'] = {},
): void {
  const { epoch, now } = world
  const n = nextCount(db, { epoch, purpose: 'account_event', key: '' })
  // Fixed width, sorts by time: milliseconds, the nth of the world.
  const event = `${String(now).padStart(13, '0')}${String(n).padStart(9, '0')}`
  insertAccountEvent(db, { epoch, event, eid, verb, detail: JSON.stringify(detail), at: now })
}

/** What has happened to an account, oldest first. */
export function eventsOf(
  { db, world }: Pick<Call, 'db' | 'world'>,
  { eid }: Pick<AccountRow, 'eid'>,
): AccountEvent[] {
  const rows = listAccountEvents(db, { epoch: world.epoch, eid })
  return rows.map(({ verb, at, detail }) => kept.parse({ verb, at, detail: JSON.parse(detail) }))
}

/** The latest of some verbs among events. */
export function latestOf(
  events: readonly AccountEvent[],
  ...verbs: readonly AccountVerb[]
): AccountEvent | undefined {
  return events.findLast(({ verb }) => verbs.includes(verb))
}
