import type { WebsiteAppRow, WebsiteLoginRow } from './schema.ts'
import type { Db } from './unit.ts'

export function findWebsiteApp(db: Db, epoch: number, appid: string): WebsiteAppRow | undefined {
  return db.first(apps(db, epoch).where('appid', '=', appid))
}

/** All of a world, of which there are few. */
export function listWebsiteApps(db: Db, epoch: number): WebsiteAppRow[] {
  return db.all(apps(db, epoch).orderBy('appid'))
}

function apps(db: Db, epoch: number) {
  return db.selectFrom('website_app').selectAll().where('epoch', '=', epoch)
}

export function insertWebsiteApp(db: Db, row: WebsiteAppRow): void {
  db.write(db.insertInto('website_app').values(row))
}

export function deleteWebsiteApp(
  db: Db,
  { epoch, appid }: Pick<WebsiteAppRow, 'epoch' | 'appid'>,
): void {
  db.write(db.deleteFrom('website_app').where('epoch', '=', epoch).where('appid', '=', appid))
}

export function findWebsiteLogin(db: Db, epoch: number, uuid: string): WebsiteLoginRow | undefined {
  return db.first(
    db.selectFrom('website_login').selectAll().where('epoch', '=', epoch).where('uuid', '=', uuid),
  )
}

export function insertWebsiteLogin(db: Db, row: WebsiteLoginRow): void {
  db.write(db.insertInto('website_login').values(row))
}

/** Changes a login that is still as it was read; false when another phone has changed it since. */
export function updateWebsiteLogin(
  db: Db,
  { epoch, uuid, status }: Pick<WebsiteLoginRow, 'epoch' | 'uuid' | 'status'>,
  change: Partial<Pick<WebsiteLoginRow, 'status' | 'person' | 'code'>>,
): boolean {
  const changed = db.change(
    db
      .updateTable('website_login')
      .set(change)
      .where('epoch', '=', epoch)
      .where('uuid', '=', uuid)
      .where('status', '=', status),
  )
  return changed === 1
}
