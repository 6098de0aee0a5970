import { hot } from './hot.ts'
import type { MenuRow } from './schema.ts'
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
  const { buttons, created_at } = row
  db.write(
    db
      .insertInto('menu')
      .values(row)
      .onConflict((c) => c.columns(['epoch', 'appid']).doUpdateSet({ buttons, created_at })),
  )
  db.announce(row.epoch, topics.life)
}

export function deleteMenu(db: Db, epoch: number, appid: string): void {
  db.write(db.deleteFrom('menu').where('epoch', '=', epoch).where('appid', '=', appid))
  db.announce(epoch, topics.life)
}
