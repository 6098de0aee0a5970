import { hot, insertRow } from './hot.ts'
import type { Row } from './schema.ts'
import type { Db } from './unit.ts'

type Named = Omit<Row<'address'>, 'subject'>

const insertOne = insertRow('address', { unlessThere: true })

const findOne = hot(
  'address.find',
  (db, { epoch, email, mobile, eid }: Named) =>
    db
      .selectFrom('address')
      .select('email')
      .where('epoch', '=', epoch)
      .where('eid', '=', eid)
      .where('email', '=', email)
      .where('mobile', '=', mobile),
  { remembered: true },
)

/**
 * Says that an account has named an address with a mobile; a second time is no harm. Where one process owns the database it
 * remembers which it has, and makes no `subject` for those.
 */
export function insertAddress(db: Db, named: Named, subject: () => string): void {
  if (db.ledger && findOne(db, named).length > 0) return
  insertOne(db, { ...named, subject: subject() })
}

/** An address may belong to several mobiles, and a mobile have several addresses: more than anybody has. */
const limit = 100

/** The mobiles of an address, in their order. */
export function listMobilesOf(db: Db, at: { epoch: number; email: string }): string[] {
  const query = db
    .selectFrom('address')
    .select('mobile')
    .where('epoch', '=', at.epoch)
    .where('email', '=', at.email)
    .distinct()
  return db.all(query.orderBy('mobile').limit(limit)).map(({ mobile }) => mobile)
}

/** The addresses of a mobile, in their order. */
export function listEmailsOf(db: Db, at: { epoch: number; mobile: string }): string[] {
  const query = db
    .selectFrom('address')
    .select('email')
    .where('epoch', '=', at.epoch)
    .where('mobile', '=', at.mobile)
    .distinct()
  return db.all(query.orderBy('email').limit(limit)).map(({ email }) => email)
}

/** Addresses and mobiles of somebody, by the keys of that person's mobiles. */
export function listAddressesOf(
  db: Db,
  at: { epoch: number; subjects: readonly string[] },
): Pick<Row<'address'>, 'email' | 'mobile'>[] {
  if (at.subjects.length === 0) return []
  const query = db.selectFrom('address').select(['email', 'mobile']).where('epoch', '=', at.epoch)
  return db.all(query.where('subject', 'in', at.subjects).limit(limit))
}

export function deleteAddressesOf(
  db: Db,
  at: { epoch: number; subjects: readonly string[] },
): void {
  if (at.subjects.length === 0) return
  const query = db.deleteFrom('address').where('epoch', '=', at.epoch)
  db.write(query.where('subject', 'in', at.subjects))
}
