import { insertRow } from './hot.ts'
import type { AssociationChangeRow } from './schema.ts'
import type { Db } from './unit.ts'

const insertOne = insertRow('association_change')

export function insertAssociationChange(db: Db, row: AssociationChangeRow): void {
  insertOne(db, row)
}

/** Changes of associations after one of them, oldest first: of one official account, of one openid, or of all. */
export function listAssociationChanges(
  db: Db,
  at: {
    epoch: number
    appid?: string | undefined
    openid?: string | undefined
    after: string
    limit: number
  },
): AssociationChangeRow[] {
  let query = db
    .selectFrom('association_change')
    .selectAll()
    .where('epoch', '=', at.epoch)
    .where('change', '>', at.after)
  if (at.appid !== undefined) query = query.where('appid', '=', at.appid)
  if (at.openid !== undefined) {
    query = query.where('openid', '=', at.openid).where('openid', 'is not', null)
  }
  return db.all(query.orderBy('change').limit(at.limit))
}

/** The first time that anybody registered at an official account, whatever became of it. */
export function findFirstRegistration(
  db: Db,
  at: { epoch: number; appid: string },
): Pick<AssociationChangeRow, 'at'> | undefined {
  return db.first(
    db
      .selectFrom('association_change')
      .select('at')
      .where('epoch', '=', at.epoch)
      .where('appid', '=', at.appid)
      .where('verb', '=', 'registered')
      .orderBy('change')
      .limit(1),
  )
}

/** Others of an official account who have ever had a mobile, as far as they have not withdrawn. */
export function listOthersWithMobile(
  db: Db,
  at: { epoch: number; appid: string; openid: string; mobile_key: string },
): string[] {
  const rows = db.all(
    db
      .selectFrom('association_change')
      .select('openid')
      .distinct()
      .where('epoch', '=', at.epoch)
      .where('mobile_key', '=', at.mobile_key)
      .where('mobile_key', 'is not', null)
      .where('appid', '=', at.appid)
      .where('openid', '<>', at.openid),
  )
  return rows.flatMap(({ openid }) => openid ?? [])
}

/** Takes out of history whose it was: what happened stays. */
export function anonymiseAssociationChanges(
  db: Db,
  at: { epoch: number; appid: string; openid: string },
): void {
  db.write(
    db
      .updateTable('association_change')
      .set({ openid: null, trace: '', mobile_key: null })
      .where('epoch', '=', at.epoch)
      .where('appid', '=', at.appid)
      .where('openid', '=', at.openid)
      .where('openid', 'is not', null),
  )
}
