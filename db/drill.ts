import { sql } from 'kysely'
import { hot, insertRow } from './hot.ts'
import type { DrillChange, DrillRow } from './schema.ts'
import type { Db, Selecting } from './unit.ts'

const insertOne = insertRow('drill')

export function insertDrill(db: Db, row: DrillRow): void {
  insertOne(db, row)
}

export function findDrill(db: Db, epoch: number, drill: string): DrillRow | undefined {
  const query = db.selectFrom('drill').selectAll()
  return db.first(query.where('epoch', '=', epoch).where('drill', '=', drill))
}

/** All that a world has had: as many as there are names. */
export function listDrills(db: Db, epoch: number): DrillRow[] {
  const query = db.selectFrom('drill').selectAll().where('epoch', '=', epoch)
  return db.all(query.orderBy('drill').limit(100))
}

function dueDrills(db: Selecting, epoch: number, limit: number) {
  return (
    db
      .selectFrom('drill')
      .selectAll()
      .where('epoch', '=', epoch)
      // Less than every instant: it names the index, which has none of those that are over.
      .where('due_at', '>', sql.lit(-1))
      .orderBy('due_at')
      .orderBy('drill')
      .limit(sql.lit(limit))
  )
}

const firstDue = hot('drill.first_due', (db, p: { epoch: number }) => dueDrills(db, p.epoch, 1))

/** Drills with something still to come, in order. */
export function listDueDrills(db: Db, epoch: number, limit: number): DrillRow[] {
  return limit === 1 ? firstDue(db, { epoch }) : db.all(dueDrills(db, epoch, limit))
}

export function updateDrill(
  db: Db,
  { epoch, drill }: Pick<DrillRow, 'epoch' | 'drill'>,
  change: DrillChange,
): void {
  db.write(
    db.updateTable('drill').set(change).where('epoch', '=', epoch).where('drill', '=', drill),
  )
}

export function deleteDrill(db: Db, { epoch, drill }: Pick<DrillRow, 'epoch' | 'drill'>): void {
  db.write(db.deleteFrom('drill').where('epoch', '=', epoch).where('drill', '=', drill))
}
