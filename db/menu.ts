import { hot } from './hot.ts'
import type { ConditionalMenuRow, MenuRow } from './schema.ts'
import { topics } from './topic.ts'
import type { Db } from './unit.ts'

const byAppid = hot(
  'menu.find',
  (db, p: { epoch: number; appid: string }) =>
    db.selectFrom('menu').selectAll().where('epoch', '=', p.epoch).where('appid', '=', p.appid),
  { remembered: true },
)

export function findMenu(db: Db, epoch: number, appid: string): MenuRow | undefined {
  return byAppid(db, { epoch, appid })[0]
}

/** Writes an account's menu, in place of the one it had. */
export function upsertMenu(db: Db, row: MenuRow): void {
  const { buttons, created_at, origin } = row
  db.write(
    db
      .insertInto('menu')
      .values(row)
      .onConflict((c) =>
        c.columns(['epoch', 'appid']).doUpdateSet({ buttons, created_at, origin }),
      ),
  )
  db.announce(row.epoch, topics.life)
}

/** Deletes an account's menu, with those for some followers alone. */
export function deleteMenu(db: Db, epoch: number, appid: string): void {
  for (const table of ['menu', 'conditional_menu'] as const)
    db.write(db.deleteFrom(table).where('epoch', '=', epoch).where('appid', '=', appid))
  db.announce(epoch, topics.life)
}

const conditional = hot(
  'conditional_menu.list',
  (db, p: { epoch: number; appid: string }) =>
    db
      .selectFrom('conditional_menu')
      .selectAll()
      .where('epoch', '=', p.epoch)
      .where('appid', '=', p.appid)
      .orderBy('menuid', 'desc'),
  { remembered: true },
)

/** An account's menus for some followers alone, the newest first. */
export function listConditionalMenus(
  db: Db,
  at: { epoch: number; appid: string },
): ConditionalMenuRow[] {
  return conditional(db, at)
}

export function insertConditionalMenu(db: Db, row: ConditionalMenuRow): void {
  db.write(db.insertInto('conditional_menu').values(row))
}

/** Deletes one of them; says whether it was there. */
export function deleteConditionalMenu(
  db: Db,
  at: Pick<ConditionalMenuRow, 'epoch' | 'appid' | 'menuid'>,
): boolean {
  const deleted = db.change(
    db
      .deleteFrom('conditional_menu')
      .where('epoch', '=', at.epoch)
      .where('appid', '=', at.appid)
      .where('menuid', '=', at.menuid),
  )
  return deleted > 0
}
