import { hot } from './hot.ts'
import type { TemplateChange, TemplateRow } from './schema.ts'
import type { Db } from './unit.ts'

const byId = hot('template.find', (db, p: { epoch: number; template_id: string }) =>
  db
    .selectFrom('template')
    .selectAll()
    .where('epoch', '=', p.epoch)
    .where('template_id', '=', p.template_id),
)

export function findTemplate(db: Db, epoch: number, template_id: string): TemplateRow | undefined {
  return byId(db, { epoch, template_id })[0]
}

/** An official account's templates in the order in which it got them, those that it has lost too. */
export function listTemplates(db: Db, epoch: number, appid: string): TemplateRow[] {
  return db.all(
    db
      .selectFrom('template')
      .selectAll()
      .where('epoch', '=', epoch)
      .where('appid', '=', appid)
      .orderBy('n'),
  )
}

export function insertTemplate(db: Db, row: TemplateRow): void {
  db.write(db.insertInto('template').values(row))
}

export function updateTemplate(
  db: Db,
  at: { epoch: number; template_id: string },
  change: TemplateChange,
): void {
  db.write(
    db
      .updateTable('template')
      .set(change)
      .where('epoch', '=', at.epoch)
      .where('template_id', '=', at.template_id),
  )
}
