import type { MenuRow } from './schema.ts'
import type { Db } from './unit.ts'

export function findMenu(db: Db, epoch: number, appid: string): Promise<MenuRow | undefined> {
  return db
    .selectFrom('menu')
    .selectAll()
    .where('epoch', '=', epoch)
    .where('appid', '=', appid)
    .executeTakeFirst()
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
