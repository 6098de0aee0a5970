import type { SnapshotRow, WorldRow } from './schema.ts'
import type { Db } from './unit.ts'
import { findWorld } from './world.ts'

type Key = Pick<SnapshotRow, 'world' | 'name'>

export function findSnapshot(db: Db, { world, name }: Key): SnapshotRow | undefined {
  return db.first(
    db.selectFrom('snapshot').selectAll().where('world', '=', world).where('name', '=', name),
  )
}

/** All snapshots of a world by name, also those that are being taken. */
export function listSnapshots(db: Db, world: string): SnapshotRow[] {
  return db.all(db.selectFrom('snapshot').selectAll().where('world', '=', world).orderBy('name'))
}

/** The same when they are about to be changed: on PostgreSQL none is added meanwhile. */
export function lockSnapshots(db: Db, world: string): SnapshotRow[] {
  if (db.dialect === 'postgres')
    db.all(db.selectFrom('world').select('world').where('world', '=', world).forUpdate())
  return listSnapshots(db, world)
}

/** The snapshot whose rows an epoch has. */
export function findSnapshotOfEpoch(db: Db, epoch: number): SnapshotRow | undefined {
  return db.first(db.selectFrom('snapshot').selectAll().where('epoch', '=', epoch))
}

/** The world of a snapshot's epoch, as it was then. */
export function findWorldOfSnapshot(db: Db, epoch: number): WorldRow | undefined {
  const snapshot = findSnapshotOfEpoch(db, epoch)
  const row = snapshot && findWorld(db, snapshot.world)
  return row && { ...row, epoch, clock_mode: 'frozen', clock_ms: snapshot.at }
}

export function insertSnapshot(db: Db, row: SnapshotRow): void {
  db.write(db.insertInto('snapshot').values(row))
}

/** A snapshot is whole. */
export function finishSnapshot(
  db: Db,
  { epoch, ...change }: Pick<SnapshotRow, 'epoch' | 'rows' | 'bytes'>,
): void {
  const done = { ...change, state: 'ready' } as const
  db.write(db.updateTable('snapshot').set(done).where('epoch', '=', epoch))
}

/** Somebody is being erased in a snapshot. */
export function bumpSnapshot(db: Db, epoch: number): void {
  db.write(
    db
      .updateTable('snapshot')
      .set((e) => ({ version: e('version', '+', 1) }))
      .where('epoch', '=', epoch),
  )
}

/** Forgets a snapshot; its rows are swept later. */
export function deleteSnapshot(db: Db, { epoch }: Pick<SnapshotRow, 'epoch'>, real: number): void {
  db.write(db.deleteFrom('snapshot').where('epoch', '=', epoch))
  db.write(db.updateTable('epoch').set({ ended_at: real }).where('epoch', '=', epoch))
}

/** The same of all that a world has. */
export function deleteSnapshots(db: Db, world: string, real: number): void {
  for (const snapshot of lockSnapshots(db, world)) deleteSnapshot(db, snapshot, real)
}
