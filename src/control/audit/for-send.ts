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

/** How the audit judges what a platform has done about one send. */
export const judgements = [
  'not_needed',
  'fell_back',
  'late',
  'double',
  'lost',
  'pending',
  'retried',
] as const

/** The SMS and e-mails that came because of one send, oldest first: as the audit judges it. */
export function listFallBacks(scope: Scope, message: MessageRow): readonly ListedContact[] {
  const came = cameFor(scope, message)
  if (came.length === 0) return []
  const keys = new Set(caseOf(scope, message, came)?.contacts.map(({ contact }) => contact))
  return came.filter(({ contact }) => keys.has(contact))
}

/** Whether the platform did right by one send; null: there is nothing to judge, or nobody any more. */
export function judgeSend(scope: Scope, message: MessageRow): (typeof judgements)[number] | null {
  if (message.erased_at !== null || message.state === 'sending') return null
  const own = caseOf(scope, message, cameFor(scope, message))
  // A refusal that was tried anew is no send of its own.
  if (!own) return 'retried'
  if (own.isDouble) return 'double'
  if (own.isLate) return 'late'
  if (!own.send.needs) return 'not_needed'
  if (own.contacts.length > 0) return 'fell_back'
  return scope.world.now >= own.due_at ? 'lost' : 'pending'
}

function cameFor(scope: Scope, { mobile, erased_at }: MessageRow): ListedContact[] {
  return erased_at !== null || mobile === '' ? [] : contactsTo(scope, mobile)
}

/** A send among those that the same fall-backs may be for. */
function caseOf(scope: Scope, message: MessageRow, came: readonly ListedContact[]) {
  const { mobile } = message
  const fallBacks = came.map((row) => fallBackOf(scope, row, mobile))
  const mobiles = new Set([mobile, ...fallBacks.flatMap((one) => one.mobiles)])
  const cases = assign(sendsTo(scope, message, mobiles), fallBacks, within_usual_ms)
  return cases.find(({ send }) => send.message === message.message)
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
