import { listEmailsOf, listMobilesOf } from '../../../db/address.ts'
import { type ListedContact, listContactsTo, type Recipient } from '../../../db/contact.ts'
import { listJudgedBefore, listJudgedMessages } from '../../../db/message.ts'
import type { MessageRow } from '../../../db/schema.ts'
import type { Scope } from '../../world/world.ts'
import { assign, within_usual_ms } from './audit.ts'
import { Attempts, type KeptFallBack } from './read.ts'

/** Of each recipient so many of the latest are looked at. */
const contacts_max = 100
/** So many sends before and after one are looked at for those that a fall-back may be for as well. */
const sends_max = 500
/** Comes after all keys. */
const after_all = ':'

/** The SMS and e-mails that came because of one send, oldest first: as the audit judges it. */
export function listFallBacks(scope: Scope, message: MessageRow): readonly ListedContact[] {
  const { mobile } = message
  if (message.erased_at !== null || mobile === '') return []
  const came = contactsTo(scope, mobile)
  if (came.length === 0) return []
  const fallBacks = came.map((row) => fallBackOf(scope, row, mobile))
  const mobiles = new Set(fallBacks.flatMap((one) => one.mobiles))
  const cases = assign(sendsTo(scope, message, mobiles), fallBacks, within_usual_ms)
  const own = cases.find(({ send }) => send.message === message.message)
  const keys = new Set(own?.contacts.map(({ contact }) => contact))
  return came.filter(({ contact }) => keys.has(contact))
}

function contactsTo({ db, world }: Scope, mobile: string): ListedContact[] {
  const { epoch } = world
  const emails = listEmailsOf(db, { epoch, mobile }).map((email) => ({ email }))
  const recipients: readonly Recipient[] = [{ mobile }, ...emails]
  const at = { epoch, before: after_all, limit: contacts_max }
  const rows = recipients.flatMap((to) => listContactsTo(db, to, at))
  return rows.toSorted((a, b) => (a.contact < b.contact ? -1 : 1))
}

function fallBackOf(
  { db, world }: Scope,
  { contact, channel, email, at }: ListedContact,
  mobile: string,
): KeptFallBack {
  const mobiles = email === null ? [mobile] : listMobilesOf(db, { epoch: world.epoch, email })
  return { contact, channel, at, mobiles }
}

function sendsTo({ db, world }: Scope, { message }: MessageRow, mobiles: ReadonlySet<string>) {
  const { epoch } = world
  const before = listJudgedBefore(db, { epoch, before: message, limit: sends_max }).reverse()
  const last = before.at(-1)?.message ?? ''
  const since = listJudgedMessages(db, { epoch, after: last, limit: sends_max })
  const sends = new Attempts()
  for (const row of [...before, ...since]) if (mobiles.has(row.mobile)) sends.add(row, true)
  return sends.held.values
}
