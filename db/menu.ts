import { hot } from './hot.ts'
import type { MenuRow } from './schema.ts'
import type { Db } from './unit.ts'

const byAppid = hot('menu.find', (db, p: { epoch: number; appid: string }) =>
  db.selectFrom('menu').selectAll().where('epoch', '=', p.epoch).where('appid', '=', p.appid),
)

export async function findMenu(db: Db, epoch: number, appid: string): Promise<MenuRow | undefined> {
  return (await byAppid(db, { epoch, appid }))[0]
}

/** Writes an account's menu, in place of the one it had. */
export async function upsertMenu(db: Db, row: MenuRow): Promise<void> {
  const { buttons, created_at } = row
  await db
    .insertInto('menu')
    .values(row)
    .onConflict((c) => c.columns(['epoch', 'appid']).doUpdateSet({ buttons, created_at }))
    .execute()
}

export async function deleteMenu(db: Db, epoch: number, appid: string): Promise<void> {
  await db.deleteFrom('menu').where('epoch', '=', epoch).where('appid', '=', appid).execute()
}
