import { insertRow } from './hot.ts'
import type { Row } from './schema.ts'
import type { Db } from './unit.ts'

const insertOne = insertRow('address', { unlessThere: true })

/** Says that an address belongs to a mobile; a second time is no harm. */
export function insertAddress(db: Db, row: Row<'address'>): void {
  insertOne(db, row)
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
  return db.all(query.orderBy('mobile').limit(limit)).map(({ mobile }) => mobile)
}

/** The addresses of a mobile, in their order. */
export function listEmailsOf(db: Db, at: { epoch: number; mobile: string }): string[] {
  const query = db
    .selectFrom('address')
    .select('email')
    .where('epoch', '=', at.epoch)
    .where('mobile', '=', at.mobile)
  return db.all(query.orderBy('email').limit(limit)).map(({ email }) => email)
}

export function deleteAddressesOf(db: Db, at: { epoch: number; mobile: string }): void {
  db.write(db.deleteFrom('address').where('epoch', '=', at.epoch).where('mobile', '=', at.mobile))
}
