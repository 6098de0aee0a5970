import { hot } from './hot.ts'
import type { SessionRow, Update } from './schema.ts'
import type { Db } from './unit.ts'

const byHash = hot('session.find', (db, p: { epoch: number; session: string }) =>
  db
    .selectFrom('session')
    .selectAll()
    .where('epoch', '=', p.epoch)
    .where('session', '=', p.session),
)

/** The session with this hash of a cookie, living or not. */
export function findSession(
  db: Db,
  at: { epoch: number; session: string },
): SessionRow | undefined {
  return byHash(db, at)[0]
}

export function insertSession(db: Db, row: SessionRow): void {
  db.write(db.insertInto('session').values(row))
}

export function updateSession(
  db: Db,
  at: { epoch: number; session: string },
  change: Update<'session'>,
): void {
  db.write(
    db
      .updateTable('session')
      .set(change)
      .where('epoch', '=', at.epoch)
      .where('session', '=', at.session),
  )
}

export function deleteSession(db: Db, at: { epoch: number; session: string }): void {
  db.write(db.deleteFrom('session').where('epoch', '=', at.epoch).where('session', '=', at.session))
}

/** Ends all sessions of an openid, with what was typed in them. */
export function deleteSessionsOf(db: Db, at: { epoch: number; openid: string }): void {
  db.write(
    db
      .deleteFrom('session')
      .where('epoch', '=', at.epoch)
      .where('openid', '=', at.openid)
      .where('openid', 'is not', null),
  )
}

/** Forgets what was typed with a mobile by browsers whose openid WeChat has not told yet. */
export function deleteDraftsOf(
  db: Db,
  at: { epoch: number; mobile_keys: readonly string[] },
): void {
  db.write(
    db
      .updateTable('session')
      .set({ draft: null, mobile_key: null })
      .where('epoch', '=', at.epoch)
      .where('mobile_key', 'in', at.mobile_keys)
      .where('mobile_key', 'is not', null)
      .where('openid', 'is', null),
  )
}
