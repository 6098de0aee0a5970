import type { SceneCodeRow } from './schema.ts'
import type { Db } from './unit.ts'

export function findSceneCodeByTicket(
  db: Db,
  epoch: number,
  ticket: string,
): SceneCodeRow | undefined {
  return db.first(codes(db, epoch).where('ticket', '=', ticket))
}

/** The code of a picture: what stands behind `http://weixin.qq.com/q/`. */
export function findSceneCodeByPath(db: Db, epoch: number, path: string): SceneCodeRow | undefined {
  return db.first(codes(db, epoch).where('path', '=', path))
}

/** The one permanent code of a scene. */
export function findPermanentCode(
  db: Db,
  at: Pick<SceneCodeRow, 'epoch' | 'appid' | 'action' | 'scene'>,
): SceneCodeRow | undefined {
  return db.first(
    codes(db, at.epoch)
      .where('appid', '=', at.appid)
      .where('action', '=', at.action)
      .where('scene', '=', at.scene)
      .where('expires_at', 'is', null),
  )
}

/** How many codes of an account never expire. */
export function countPermanentCodes(db: Db, epoch: number, appid: string): number {
  const row = db.one(
    db
      .selectFrom('scene_code')
      .select((e) => e.fn.countAll<number>().as('n'))
      .where('epoch', '=', epoch)
      .where('appid', '=', appid)
      .where('expires_at', 'is', null),
  )
  return Number(row.n)
}

export function insertSceneCode(db: Db, row: SceneCodeRow): void {
  db.write(db.insertInto('scene_code').values(row))
}

function codes(db: Db, epoch: number) {
  return db.selectFrom('scene_code').selectAll().where('epoch', '=', epoch)
}

/** QR codes of a world that will end and have not yet. */
export function listLivingSceneCodes(
  db: Db,
  at: { epoch: number; now: number; limit: number },
): SceneCodeRow[] {
  return db.all(
    db
      .selectFrom('scene_code')
      .selectAll()
      .where('epoch', '=', at.epoch)
      .where('expires_at', '>', at.now)
      .orderBy('expires_at')
      .limit(at.limit),
  )
}
