import type { SceneCodeRow } from './schema.ts'
import type { Db } from './unit.ts'

export function findSceneCodeByTicket(
  db: Db,
  epoch: number,
  ticket: string,
): Promise<SceneCodeRow | undefined> {
  return codes(db, epoch).where('ticket', '=', ticket).executeTakeFirst()
}

/** The code of a picture: what stands behind `http://weixin.qq.com/q/`. */
export function findSceneCodeByPath(
  db: Db,
  epoch: number,
  path: string,
): Promise<SceneCodeRow | undefined> {
  return codes(db, epoch).where('path', '=', path).executeTakeFirst()
}

/** The one permanent code of a scene. */
export function findPermanentCode(
  db: Db,
  at: Pick<SceneCodeRow, 'epoch' | 'appid' | 'action' | 'scene'>,
): Promise<SceneCodeRow | undefined> {
  return codes(db, at.epoch)
    .where('appid', '=', at.appid)
    .where('action', '=', at.action)
    .where('scene', '=', at.scene)
    .where('expires_at', 'is', null)
    .executeTakeFirst()
}

/** How many codes of an account never expire. */
export async function countPermanentCodes(db: Db, epoch: number, appid: string): Promise<number> {
  const row = await db
    .selectFrom('scene_code')
    .select((e) => e.fn.countAll<number>().as('n'))
    .where('epoch', '=', epoch)
    .where('appid', '=', appid)
    .where('expires_at', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

export async function insertSceneCode(db: Db, row: SceneCodeRow): Promise<void> {
  await db.insertInto('scene_code').values(row).execute()
}

function codes(db: Db, epoch: number) {
  return db.selectFrom('scene_code').selectAll().where('epoch', '=', epoch)
}

/** QR codes of a world that will end and have not yet. */
export function listLivingSceneCodes(
  db: Db,
  at: { epoch: number; now: number; limit: number },
): Promise<SceneCodeRow[]> {
  return db
    .selectFrom('scene_code')
    .selectAll()
    .where('epoch', '=', at.epoch)
    .where('expires_at', '>', at.now)
    .orderBy('expires_at')
    .limit(at.limit)
    .execute()
}
