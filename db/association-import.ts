import { insertRow } from './hot.ts'
import type { AssociationImportRow, Update } from './schema.ts'
import { topics } from './topic.ts'
import type { Db } from './unit.ts'

const insertOne = insertRow('association_import')

export function insertImport(db: Db, row: AssociationImportRow): void {
  insertOne(db, row)
  db.announce(row.epoch, topics.imports)
}

export function findImport(
  db: Db,
  at: { epoch: number; import_id: string },
): AssociationImportRow | undefined {
  return db.first(
    db
      .selectFrom('association_import')
      .selectAll()
      .where('epoch', '=', at.epoch)
      .where('import_id', '=', at.import_id),
  )
}

/** The imports of a world; there are never many. */
export function listImports(db: Db, at: { epoch: number; limit: number }): AssociationImportRow[] {
  return db.all(
    db
      .selectFrom('association_import')
      .selectAll()
      .where('epoch', '=', at.epoch)
      .orderBy('import_id')
      .limit(at.limit),
  )
}

/** Changes one that is running still; false: somebody has ended it. */
export function updateRunningImport(
  db: Db,
  at: { epoch: number; import_id: string },
  change: Update<'association_import'>,
): boolean {
  const changed = db.change(
    db
      .updateTable('association_import')
      .set(change)
      .where('epoch', '=', at.epoch)
      .where('import_id', '=', at.import_id)
      .where('state', '=', 'running'),
  )
  db.announce(at.epoch, topics.imports)
  return changed === 1
}

export function deleteImport(db: Db, at: { epoch: number; import_id: string }): void {
  db.write(
    db
      .deleteFrom('association_import')
      .where('epoch', '=', at.epoch)
      .where('import_id', '=', at.import_id),
  )
}
