import type { TemplateMessageRow } from './schema.ts'
import type { Db } from './unit.ts'

/** Messages that stand on the phone of whoever an openid is, newest first. */
export function listOnPhone(
  db: Db,
  at: { epoch: number; openid: string; before?: string | undefined; limit: number },
): Promise<TemplateMessageRow[]> {
  let query = onPhone(db, at).selectAll()
  if (at.before !== undefined) query = query.where('msgid', '<', at.before)
  return query.orderBy('msgid', 'desc').limit(at.limit).execute() as Promise<TemplateMessageRow[]>
}

/** How many of them are newer than the last that was read, counted up to a limit. */
export async function countUnread(
  db: Db,
  at: { epoch: number; openid: string; read_msgid: string | null; limit: number },
): Promise<number> {
  const query = onPhone(db, at)
    .select('msgid')
    .where('msgid', '>', at.read_msgid ?? '')
  return (await query.limit(at.limit).execute()).length
}

function onPhone(db: Db, { epoch, openid }: { epoch: number; openid: string }) {
  return db
    .selectFrom('template_message')
    .where('epoch', '=', epoch)
    .where('openid', '=', openid)
    .where('on_phone', '=', 1)
}
