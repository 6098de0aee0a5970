import type { PrivacyNoticeRow } from './schema.ts'
import type { Db } from './unit.ts'

/** The notice that an account published last; undefined: none, its standing text is version 1. */
export function findNewestNotice(
  db: Db,
  at: { epoch: number; eid: string },
): PrivacyNoticeRow | undefined {
  return db.first(
    db
      .selectFrom('privacy_notice')
      .selectAll()
      .where('epoch', '=', at.epoch)
      .where('eid', '=', at.eid)
      .orderBy('version', 'desc')
      .limit(1),
  )
}

/** A notice that an account has published, by its version. */
export function findNotice(
  db: Db,
  at: { epoch: number; eid: string; version: number },
): PrivacyNoticeRow | undefined {
  return db.first(
    db
      .selectFrom('privacy_notice')
      .selectAll()
      .where('epoch', '=', at.epoch)
      .where('eid', '=', at.eid)
      .where('version', '=', at.version),
  )
}

export function insertNotice(db: Db, row: PrivacyNoticeRow): void {
  db.write(db.insertInto('privacy_notice').values(row))
}

/** The notices that an account has published, oldest first. */
export function listNotices(db: Db, at: { epoch: number; eid: string }): PrivacyNoticeRow[] {
  return db.all(
    db
      .selectFrom('privacy_notice')
      .selectAll()
      .where('epoch', '=', at.epoch)
      .where('eid', '=', at.eid)
      .orderBy('version'),
  )
}
