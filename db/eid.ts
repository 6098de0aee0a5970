import { hot } from './hot.ts'
import type { EidRow } from './schema.ts'
import type { Db } from './unit.ts'

const byEid = hot('eid.find', (db, p: { epoch: number; eid: string }) =>
  db.selectFrom('eid').selectAll().where('epoch', '=', p.epoch).where('eid', '=', p.eid),
)

/** An EID of an account that has had several. */
export async function findEid(db: Db, epoch: number, eid: string): Promise<EidRow | undefined> {
  return (await byEid(db, { epoch, eid }))[0]
}

/** All EIDs of an account that has had several, in the order in which it got them. */
export function listEids(db: Db, at: { epoch: number; account: string }): Promise<EidRow[]> {
  return db
    .selectFrom('eid')
    .selectAll()
    .where('epoch', '=', at.epoch)
    .where('account', '=', at.account)
    .orderBy('n')
    .execute()
}

/** EIDs that still work for a while, the first to end first. */
export function listEndingEids(
  db: Db,
  at: { epoch: number; now: number; limit: number },
): Promise<(EidRow & { valid_until: number })[]> {
  return db
    .selectFrom('eid')
    .selectAll()
    .where('epoch', '=', at.epoch)
    .where('valid_until', '>', at.now)
    .$narrowType<{ valid_until: number }>()
    .orderBy('valid_until')
    .orderBy('eid')
    .limit(at.limit)
    .execute()
}

export async function insertEid(db: Db, row: EidRow): Promise<void> {
  await db.insertInto('eid').values(row).execute()
}

/** Says until when an EID works that has been rotated. */
export async function updateEid(
  db: Db,
  at: { epoch: number; eid: string },
  change: Pick<EidRow, 'valid_until'>,
): Promise<void> {
  await db
    .updateTable('eid')
    .set(change)
    .where('epoch', '=', at.epoch)
    .where('eid', '=', at.eid)
    .execute()
}

/** All EIDs of all accounts that have had several. */
export function listWorldEids(db: Db, epoch: number): Promise<Pick<EidRow, 'eid'>[]> {
  return db.selectFrom('eid').select('eid').where('epoch', '=', epoch).orderBy('eid').execute()
}
