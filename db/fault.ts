import { sql } from 'kysely'
import { hot } from './hot.ts'
import type { FaultRow } from './schema.ts'
import type { Db } from './unit.ts'

type FaultKey = Pick<FaultRow, 'epoch' | 'fault'>

/** The faults of an epoch, in the order in which they were made. */
export function listFaults(db: Db, epoch: number): FaultRow[] {
  return db.all(db.selectFrom('fault').selectAll().where('epoch', '=', epoch).orderBy('fault'))
}

export function findFault(db: Db, { epoch, fault }: FaultKey): FaultRow | undefined {
  return db.first(
    db.selectFrom('fault').selectAll().where('epoch', '=', epoch).where('fault', '=', fault),
  )
}

export function insertFault(db: Db, row: FaultRow): void {
  db.write(db.insertInto('fault').values(row))
}

const countOne = hot('fault.count_fit', (db, p: FaultKey) =>
  db
    .updateTable('fault')
    .set((e) => ({ fits: e('fits', '+', 1) }))
    .where('epoch', '=', p.epoch)
    .where('fault', '=', p.fault)
    .returning(['fits', 'hits']),
)

/** Counts a call that a fault means; from then on nobody else does until the unit has ended. Undefined: it is gone meanwhile. */
export function countFit(db: Db, at: FaultKey): Pick<FaultRow, 'fits' | 'hits'> | undefined {
  return countOne(db, at)[0]
}

/** Counts a call that a fault is applied to. */
export function countHit(db: Db, { epoch, fault }: FaultKey): void {
  db.write(
    db
      .updateTable('fault')
      .set((e) => ({ hits: e('hits', '+', sql.lit(1)) }))
      .where('epoch', '=', epoch)
      .where('fault', '=', fault),
  )
}

export function deleteFault(db: Db, { epoch, fault }: FaultKey): void {
  db.write(db.deleteFrom('fault').where('epoch', '=', epoch).where('fault', '=', fault))
}

export function deleteFaults(db: Db, epoch: number): void {
  db.write(db.deleteFrom('fault').where('epoch', '=', epoch))
}
