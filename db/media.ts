import type { MediaRow } from './schema.ts'
import type { Db } from './unit.ts'

export function findMedia(db: Db, epoch: number, media_id: string): MediaRow | undefined {
  return db.first(
    db.selectFrom('media').selectAll().where('epoch', '=', epoch).where('media_id', '=', media_id),
  )
}

export function insertMedia(db: Db, row: MediaRow): void {
  db.write(db.insertInto('media').values(row))
}

/** The uploads of a world without what is in them, the oldest first. */
export function listMediaByAge(
  db: Db,
  { epoch, limit }: { epoch: number; limit: number },
): Pick<MediaRow, 'media_id' | 'expires_at' | 'size'>[] {
  const query = db.selectFrom('media').select(['media_id', 'expires_at', 'size'])
  const ordered = query.where('epoch', '=', epoch).orderBy('n')
  return db.all(ordered.limit(limit))
}

export function deleteMedia(db: Db, epoch: number, media_ids: readonly string[]): void {
  if (media_ids.length === 0) return
  const query = db.deleteFrom('media').where('epoch', '=', epoch)
  db.write(query.where('media_id', 'in', media_ids))
}
