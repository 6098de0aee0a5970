import { insertRow } from './hot.ts'
import type { ContactRow } from './schema.ts'
import { topics } from './topic.ts'
import type { Db } from './unit.ts'

const insertOne = insertRow('contact')

export function insertContact(db: Db, row: ContactRow): void {
  insertOne(db, row)
  db.announce(row.epoch, topics.contacts)
}

/** What tells whether a reader wants a contact. */
export type ContactKey = Pick<ContactRow, 'contact' | 'channel' | 'mobile' | 'email' | 'at'>

/** Contacts of a world after one of them, as they came: no more of each than tells whether it is wanted. */
export function listContactKeys(
  db: Db,
  at: { epoch: number; after: string; limit: number },
): ContactKey[] {
  return db.all(
    db
      .selectFrom('contact')
      .select(['contact', 'channel', 'mobile', 'email', 'at'])
      .where('epoch', '=', at.epoch)
      .where('contact', '>', at.after)
      .orderBy('contact')
      .limit(at.limit),
  )
}

/** A contact as lists show it: without the long form of its text. */
export type ListedContact = Omit<ContactRow, 'html'>
const listed = [
  'epoch',
  'contact',
  'channel',
  'mobile',
  'email',
  'from',
  'subject',
  'text',
  'trace',
  'at',
] as const

/** Contacts of a world by their keys, as they came. */
export function listContacts(db: Db, epoch: number, contacts: readonly string[]): ListedContact[] {
  if (contacts.length === 0) return []
  const query = db.selectFrom('contact').select(listed).where('epoch', '=', epoch)
  return db.all(query.where('contact', 'in', contacts).orderBy('contact'))
}

/** The newest of a world. */
export function listNewestContacts(
  db: Db,
  { epoch, limit }: { epoch: number; limit: number },
): ListedContact[] {
  const query = db.selectFrom('contact').select(listed).where('epoch', '=', epoch)
  return db.all(query.orderBy('contact', 'desc').limit(limit))
}

export function findContact(db: Db, epoch: number, contact: string): ContactRow | undefined {
  return db.first(
    db.selectFrom('contact').selectAll().where('epoch', '=', epoch).where('contact', '=', contact),
  )
}

/** To whom a contact goes: a mobile (E.164), or an e-mail address in lower case. */
export type Recipient = { readonly mobile: string } | { readonly email: string }

/** Contacts of one recipient, the newest first; `before`: only those that are older than this one. */
export function listContactsTo(
  db: Db,
  to: Recipient,
  at: { epoch: number; before: string; limit: number },
): ListedContact[] {
  const query = db
    .selectFrom('contact')
    .select(listed)
    .where('epoch', '=', at.epoch)
    .where('contact', '<', at.before)
    .orderBy('contact', 'desc')
    .limit(at.limit)
  return 'mobile' in to
    ? db.all(query.where('mobile', '=', to.mobile).where('mobile', 'is not', null))
    : db.all(query.where('email', '=', to.email).where('email', 'is not', null))
}

/** Deletes all contacts of a recipient. */
export function deleteContactsTo(db: Db, epoch: number, to: Recipient): void {
  const query = db.deleteFrom('contact').where('epoch', '=', epoch)
  db.write(
    'mobile' in to
      ? query.where('mobile', '=', to.mobile).where('mobile', 'is not', null)
      : query.where('email', '=', to.email).where('email', 'is not', null),
  )
}

/** Deletes what these calls have brought. */
export function deleteContactsOf(db: Db, at: { epoch: number; traces: readonly string[] }): void {
  if (at.traces.length === 0) return
  db.write(db.deleteFrom('contact').where('epoch', '=', at.epoch).where('trace', 'in', at.traces))
}
