import { type EpochTable, epoch_tables } from './schema.ts'
import { tables } from './tables.ts'
import type { Db } from './unit.ts'

/** Deletes some rows of an ended epoch; says how many, 0 when none are left. */
export function sweepEpoch(db: Db, epoch: number, rows_max: number): number {
  for (const table of epoch_tables) {
    const { key } = tables[table]
    const found = db.all(someOf(db, table, epoch).limit(rows_max)) as Record<
      string,
      string | number
    >[]
    for (const row of found) {
      let deletion = db.deleteFrom(table).where('epoch', '=', epoch)
      for (const column of key) deletion = deletion.where(db.dynamic.ref(column), '=', row[column])
      db.write(deletion)
    }
    if (found.length > 0) return found.length
  }
  return 0
}

/** Keys in the order of their index: told that the epoch is one and the same, PostgreSQL reads the table from its start. */
function someOf(db: Db, table: EpochTable, epoch: number) {
  const refs = tables[table].key.map((column) => db.dynamic.ref(column))
  const query = db.selectFrom(table).select(refs).where('epoch', '>=', epoch)
  let ordered = query.where('epoch', '<=', epoch).orderBy('epoch')
  for (const ref of refs) ordered = ordered.orderBy(ref)
  return ordered
}

/** All rows of an epoch's table, in the order of its key, for an export. */
export function listEpochRows(db: Db, table: EpochTable, epoch: number): Record<string, unknown>[] {
  let query = db.selectFrom(table).selectAll().where('epoch', '=', epoch)
  for (const column of tables[table].key) query = query.orderBy(db.dynamic.ref(column))
  return db.all(query) as Record<string, unknown>[]
}
