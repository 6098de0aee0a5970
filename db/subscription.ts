import type { SubscriptionRow, SubscriptionTemplateRow } from './schema.ts'
import type { Db } from './unit.ts'

export function findSubscriptionTemplate(
  db: Db,
  epoch: number,
  template_id: string,
): SubscriptionTemplateRow | undefined {
  return db.first(
    db
      .selectFrom('subscription_template')
      .selectAll()
      .where('epoch', '=', epoch)
      .where('template_id', '=', template_id),
  )
}

/** An official account's templates of subscription notifications, in the order in which it got them. */
export function listSubscriptionTemplates(
  db: Db,
  { epoch, appid }: { epoch: number; appid: string },
): SubscriptionTemplateRow[] {
  const query = db.selectFrom('subscription_template').selectAll().where('epoch', '=', epoch)
  return db.all(query.where('appid', '=', appid).orderBy('n'))
}

export function insertSubscriptionTemplate(db: Db, row: SubscriptionTemplateRow): void {
  db.write(db.insertInto('subscription_template').values(row))
}

export function deleteSubscriptionTemplate(
  db: Db,
  at: Pick<SubscriptionTemplateRow, 'epoch' | 'template_id'>,
): void {
  db.write(
    db
      .deleteFrom('subscription_template')
      .where('epoch', '=', at.epoch)
      .where('template_id', '=', at.template_id),
  )
}

type Key = Pick<SubscriptionRow, 'epoch' | 'openid' | 'template_id' | 'scene'>

/** What an openid has answered when it was asked for a template, under a scene; empty: there is none. */
export function findSubscription(db: Db, at: Key): SubscriptionRow | undefined {
  return db.first(
    db
      .selectFrom('subscription')
      .selectAll()
      .where('epoch', '=', at.epoch)
      .where('openid', '=', at.openid)
      .where('template_id', '=', at.template_id)
      .where('scene', '=', at.scene),
  )
}

/** The newest hundred answers of an openid, by template. */
export function listSubscriptions(
  db: Db,
  { epoch, openid, limit }: { epoch: number; openid: string; limit: number },
): SubscriptionRow[] {
  const query = db.selectFrom('subscription').selectAll().where('epoch', '=', epoch)
  const ordered = query.where('openid', '=', openid).orderBy('template_id').orderBy('scene')
  return db.all(ordered.limit(limit))
}

/** Writes an answer down, in place of the one before it. */
export function upsertSubscription(db: Db, row: SubscriptionRow): void {
  const { answer, sends_left, answered_at } = row
  db.write(
    db
      .insertInto('subscription')
      .values(row)
      .onConflict((c) =>
        c
          .columns(['epoch', 'openid', 'template_id', 'scene'])
          .doUpdateSet({ answer, sends_left, answered_at }),
      ),
  )
}

/** Uses up one send; false: there was none left. */
export function spendSubscription(db: Db, at: Key): boolean {
  const changed = db.change(
    db
      .updateTable('subscription')
      .set((e) => ({ sends_left: e('sends_left', '-', 1) }))
      .where('epoch', '=', at.epoch)
      .where('openid', '=', at.openid)
      .where('template_id', '=', at.template_id)
      .where('scene', '=', at.scene)
      .where('sends_left', '>', 0),
  )
  return changed === 1
}
