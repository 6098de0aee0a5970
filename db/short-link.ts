import type { ShortLinkRow } from './schema.ts'
import type { Db } from './unit.ts'

export function findShortLink(db: Db, epoch: number, short_key: string): ShortLinkRow | undefined {
  return db.first(
    db
      .selectFrom('short_link')
      .selectAll()
      .where('epoch', '=', epoch)
      .where('short_key', '=', short_key),
  )
}

export function insertShortLink(db: Db, row: ShortLinkRow): void {
  db.write(db.insertInto('short_link').values(row))
}

/** Deletes those of an account that have ended. */
export function deleteEndedShortLinks(
  db: Db,
  at: { epoch: number; appid: string; now: number },
): void {
  db.write(
    db
      .deleteFrom('short_link')
      .where('epoch', '=', at.epoch)
      .where('appid', '=', at.appid)
      .where('expires_at', '<=', at.now),
  )
}
