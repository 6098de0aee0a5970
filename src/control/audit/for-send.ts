import { listEmailsOf, listMobilesOf } from '../../../db/address.ts'
import { type ListedContact, listContactsTo, type Recipient } from '../../../db/contact.ts'
import { findLatestAttempt, listJudgedBefore, listJudgedMessages } from '../../../db/message.ts'
import type { MessageRow } from '../../../db/schema.ts'
import type { Scope } from '../../world/world.ts'
import { assign, within_usual_ms } from './audit.ts'
import { Attempts, type KeptFallBack, needing } from './read.ts'

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

/** Whether the platform did right by one send, and what it did. */
export interface JudgedSend {
  /** Null: there is nothing to judge, or nobody any more. */
  readonly judged: (typeof judgements)[number] | null
  /** The SMS and e-mails that came because of it, oldest first. */
  readonly fallBacks: readonly ListedContact[]
}

/** One send as the audit judges it. */
export function judgeSend(scope: Scope, message: MessageRow): JudgedSend {
  const { erased_at, state, state_at } = message
  if (erased_at !== null) return { judged: null, fallBacks: [] }
  const came = cameFor(scope, message)
  // Where nothing came, other sends are asked only for whether one of them is this one again.
  if (came.length === 0 && !isTriedAgain(scope, message)) {
    const due_at = state_at + within_usual_ms
    const open = needing.includes(state) ? openAt(scope, due_at) : 'not_needed'
    return { judged: state === 'sending' ? null : open, fallBacks: [] }
  }
  const own = caseOf(scope, message, came)
  const keys = new Set(own?.contacts.map(({ contact }) => contact))
  const fallBacks = came.filter(({ contact }) => keys.has(contact))
  if (state === 'sending') return { judged: null, fallBacks }
  // A refusal that was tried anew is no send of its own.
  if (!own) return { judged: 'retried', fallBacks }
  const met = fallBacks.length > 0 ? 'fell_back' : openAt(scope, own.due_at)
  const right = own.send.needs ? met : 'not_needed'
  return { judged: own.isDouble ? 'double' : own.isLate ? 'late' : right, fallBacks }
}

function openAt({ world }: Scope, due_at: number): 'lost' | 'pending' {
  return world.now >= due_at ? 'lost' : 'pending'
}

function isTriedAgain({ db, world }: Scope, { message, eid, client_msg_id, state }: MessageRow) {
  if (client_msg_id === null || state !== 'refused') return false
  const latest = findLatestAttempt(db, { epoch: world.epoch, eid, client_msg_id })
  return latest !== undefined && latest.message !== message
}

function cameFor(scope: Scope, { mobile }: MessageRow): ListedContact[] {
  return mobile === '' ? [] : contactsTo(scope, mobile)
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
