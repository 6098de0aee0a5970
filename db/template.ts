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

export async function findTemplate(
  db: Db,
  epoch: number,
  template_id: string,
): Promise<TemplateRow | undefined> {
  return (await byId(db, { epoch, template_id }))[0]
}

/** An official account's templates in the order in which it got them, those that it has lost too. */
export function listTemplates(db: Db, epoch: number, appid: string): Promise<TemplateRow[]> {
  return db
    .selectFrom('template')
    .selectAll()
    .where('epoch', '=', epoch)
    .where('appid', '=', appid)
    .orderBy('n')
    .execute()
}

export async function insertTemplate(db: Db, row: TemplateRow): Promise<void> {
  await db.insertInto('template').values(row).execute()
}

export async function updateTemplate(
  db: Db,
  at: { epoch: number; template_id: string },
  change: TemplateChange,
): Promise<void> {
  await db
    .updateTable('template')
    .set(change)
    .where('epoch', '=', at.epoch)
    .where('template_id', '=', at.template_id)
    .execute()
}
