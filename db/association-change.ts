import type { AssociationChangeRow } from './schema.ts'
import type { Db } from './unit.ts'

export async function insertAssociationChange(db: Db, row: AssociationChangeRow): Promise<void> {
  await db.insertInto('association_change').values(row).execute()
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
): Promise<AssociationChangeRow[]> {
  let query = db
    .selectFrom('association_change')
    .selectAll()
    .where('epoch', '=', at.epoch)
    .where('change', '>', at.after)
  if (at.appid !== undefined) query = query.where('appid', '=', at.appid)
  if (at.openid !== undefined) {
    query = query.where('openid', '=', at.openid).where('openid', 'is not', null)
  }
  return query.orderBy('change').limit(at.limit).execute()
}

/** The first time that anybody registered at an official account, whatever became of it. */
export function findFirstRegistration(
  db: Db,
  at: { epoch: number; appid: string },
): Promise<Pick<AssociationChangeRow, 'at'> | undefined> {
  return db
    .selectFrom('association_change')
    .select('at')
    .where('epoch', '=', at.epoch)
    .where('appid', '=', at.appid)
    .where('verb', '=', 'registered')
    .orderBy('change')
    .limit(1)
    .executeTakeFirst()
}

/** Others of an official account who have ever had a mobile, as far as they have not withdrawn. */
export async function listOthersWithMobile(
  db: Db,
  at: { epoch: number; appid: string; openid: string; mobile_key: string },
): Promise<string[]> {
  const rows = await db
    .selectFrom('association_change')
    .select('openid')
    .distinct()
    .where('epoch', '=', at.epoch)
    .where('mobile_key', '=', at.mobile_key)
    .where('mobile_key', 'is not', null)
    .where('appid', '=', at.appid)
    .where('openid', '<>', at.openid)
    .execute()
  return rows.flatMap(({ openid }) => openid ?? [])
}

/** Takes out of history whose it was: what happened stays. */
export async function anonymiseAssociationChanges(
  db: Db,
  at: { epoch: number; appid: string; openid: string },
): Promise<void> {
  await db
    .updateTable('association_change')
    .set({ openid: null, trace: '', mobile_key: null })
    .where('epoch', '=', at.epoch)
    .where('appid', '=', at.appid)
    .where('openid', '=', at.openid)
    .where('openid', 'is not', null)
    .execute()
}
