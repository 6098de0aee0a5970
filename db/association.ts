import { hot, insertRow } from './hot.ts'
import type { AssociationRow, Update } from './schema.ts'
import { topics } from './topic.ts'
import type { Db } from './unit.ts'

/** The association of a mobile (E.164) with an openid of one official account. */
export function findAssociation(
  db: Db,
  at: { epoch: number; appid: string; mobile: string },
): AssociationRow | undefined {
  return byMobile(db, at)[0]
}

const byMobile = hot(
  'association.find',
  (db, p: { epoch: number; appid: string; mobile: string }) =>
    db
      .selectFrom('association')
      .selectAll()
      .where('epoch', '=', p.epoch)
      .where('appid', '=', p.appid)
      .where('mobile', '=', p.mobile),
  { remembered: true },
)

const openidByMobile = hot(
  'association.find_openid',
  (db, p: { epoch: number; appid: string; mobile: string }) =>
    db
      .selectFrom('association')
      .select('openid')
      .where('epoch', '=', p.epoch)
      .where('appid', '=', p.appid)
      .where('mobile', '=', p.mobile),
  { remembered: true },
)

/** The openid that a mobile (E.164) is registered with: read from the index alone. */
export function findOpenid(
  db: Db,
  at: { epoch: number; appid: string; mobile: string },
): string | undefined {
  return openidByMobile(db, at)[0]?.openid
}

const byOpenid = hot(
  'association.find_of',
  (db, p: { epoch: number; appid: string; openid: string }) =>
    db
      .selectFrom('association')
      .selectAll()
      .where('epoch', '=', p.epoch)
      .where('appid', '=', p.appid)
      .where('openid', '=', p.openid),
)

export function findAssociationOf(
  db: Db,
  at: { epoch: number; appid: string; openid: string },
): AssociationRow | undefined {
  return byOpenid(db, at)[0]
}

/** What is registered at some official accounts of a mobile (E.164), or of some openids. */
export function listAssociationsBy(
  db: Db,
  column: 'mobile' | 'openid',
  at: { epoch: number; appids: readonly string[]; values: readonly string[] },
): Pick<AssociationRow, 'appid' | 'openid' | 'mobile' | 'name'>[] {
  if (at.appids.length === 0 || at.values.length === 0) return []
  return db.all(
    db
      .selectFrom('association')
      .select(['appid', 'openid', 'mobile', 'name'])
      .where('epoch', '=', at.epoch)
      .where('appid', 'in', at.appids)
      .where(column, 'in', at.values),
  )
}

/** Somebody who is registered at an official account: whoever has the lowest mobile. */
export function findFirstAssociation(
  db: Db,
  at: { epoch: number; appid: string },
): AssociationRow | undefined {
  return db.first(
    db
      .selectFrom('association')
      .selectAll()
      .where('epoch', '=', at.epoch)
      .where('appid', '=', at.appid)
      .orderBy('mobile')
      .limit(1),
  )
}

/** The associations of an official account that have not changed for longest, the oldest first. */
export function listOldestAssociations(
  db: Db,
  at: { epoch: number; appid: string; limit: number },
): Pick<AssociationRow, 'appid' | 'openid' | 'updated_at'>[] {
  return db.all(
    db
      .selectFrom('association')
      .select(['appid', 'openid', 'updated_at'])
      .where('epoch', '=', at.epoch)
      .where('appid', '=', at.appid)
      .orderBy('updated_at')
      .orderBy('openid')
      .limit(at.limit),
  )
}

/** Associations of an official account, in the order of their openids, after one of them. */
export function listAssociations(
  db: Db,
  at: { epoch: number; appid: string; after: string; limit: number },
): AssociationRow[] {
  return db.all(
    db
      .selectFrom('association')
      .selectAll()
      .where('epoch', '=', at.epoch)
      .where('appid', '=', at.appid)
      .where('openid', '>', at.after)
      .orderBy('openid')
      .limit(at.limit),
  )
}

const insertOne = insertRow('association')

export function insertAssociation(db: Db, row: AssociationRow): void {
  insertOne(db, row)
  db.announce(row.epoch, topics.registered(row.mobile))
  db.announce(row.epoch, topics.life)
}

/** Changes an association; false when it is gone meanwhile. */
export function updateAssociation(
  db: Db,
  at: { epoch: number; appid: string; openid: string },
  change: Update<'association'>,
): boolean {
  const changed = db.change(
    db
      .updateTable('association')
      .set(change)
      .where('epoch', '=', at.epoch)
      .where('appid', '=', at.appid)
      .where('openid', '=', at.openid),
  )
  if (change.mobile !== undefined) db.announce(at.epoch, topics.registered(change.mobile))
  return changed === 1
}

/** Deletes an association; false when it is gone meanwhile. */
export function deleteAssociation(
  db: Db,
  at: { epoch: number; appid: string; openid: string },
): boolean {
  const changed = db.change(
    db
      .deleteFrom('association')
      .where('epoch', '=', at.epoch)
      .where('appid', '=', at.appid)
      .where('openid', '=', at.openid),
  )
  return changed === 1
}
