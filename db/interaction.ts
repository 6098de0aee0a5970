import type { InteractionRow } from './schema.ts'
import type { Db } from './unit.ts'

/** What an openid did last of each kind. */
export function listInteractions(
  db: Db,
  { epoch, openid }: Pick<InteractionRow, 'epoch' | 'openid'>,
): InteractionRow[] {
  const query = db.selectFrom('interaction').selectAll().where('epoch', '=', epoch)
  return db.all(query.where('openid', '=', openid).orderBy('kind'))
}

/** Writes it down, in place of the one before it. */
export function upsertInteraction(db: Db, row: InteractionRow): void {
  const { at, sends_left } = row
  db.write(
    db
      .insertInto('interaction')
      .values(row)
      .onConflict((c) => c.columns(['epoch', 'openid', 'kind']).doUpdateSet({ at, sends_left })),
  )
}

/** Uses up one of the sends that it is good for; false: there was none left. */
export function spendInteraction(
  db: Db,
  { epoch, openid, kind }: Pick<InteractionRow, 'epoch' | 'openid' | 'kind'>,
): boolean {
  const changed = db.change(
    db
      .updateTable('interaction')
      .set((e) => ({ sends_left: e('sends_left', '-', 1) }))
      .where('epoch', '=', epoch)
      .where('openid', '=', openid)
      .where('kind', '=', kind)
      .where('sends_left', '>', 0),
  )
  return changed === 1
}
