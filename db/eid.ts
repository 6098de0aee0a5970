import { hot } from './hot.ts'
import type { EidRow } from './schema.ts'
import type { Db } from './unit.ts'

const byEid = hot('eid.find', (db, p: { epoch: number; eid: string }) =>
  db.selectFrom('eid').selectAll().where('epoch', '=', p.epoch).where('eid', '=', p.eid),
)

/** An EID of an account that has had several. */
export function findEid(db: Db, epoch: number, eid: string): EidRow | undefined {
  return byEid(db, { epoch, eid })[0]
}

/** All EIDs of an account that has had several, in the order in which it got them. */
export function listEids(db: Db, at: { epoch: number; account: string }): EidRow[] {
  return db.all(
    db
      .selectFrom('eid')
      .selectAll()
      .where('epoch', '=', at.epoch)
      .where('account', '=', at.account)
      .orderBy('n'),
  )
}

/** EIDs that still work for a while, the first to end first. */
export function listEndingEids(
  db: Db,
  at: { epoch: number; now: number; limit: number },
): (EidRow & { valid_until: number })[] {
  return db.all(
    db
      .selectFrom('eid')
      .selectAll()
      .where('epoch', '=', at.epoch)
      .where('valid_until', '>', at.now)
      .$narrowType<{ valid_until: number }>()
      .orderBy('valid_until')
      .orderBy('eid')
      .limit(at.limit),
  )
}

export function insertEid(db: Db, row: EidRow): void {
  db.write(db.insertInto('eid').values(row))
}

/** Says until when an EID works that has been rotated. */
export function updateEid(
  db: Db,
  at: { epoch: number; eid: string },
  change: Pick<EidRow, 'valid_until'>,
): void {
  db.write(
    db.updateTable('eid').set(change).where('epoch', '=', at.epoch).where('eid', '=', at.eid),
  )
}

/** All EIDs of all accounts that have had several. */
export function listWorldEids(db: Db, epoch: number): Pick<EidRow, 'eid'>[] {
  return db.all(db.selectFrom('eid').select('eid').where('epoch', '=', epoch).orderBy('eid'))
}
