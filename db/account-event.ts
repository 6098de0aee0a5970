import type { AccountEventRow } from './schema.ts'
import type { Db } from './unit.ts'

export async function insertAccountEvent(db: Db, row: AccountEventRow): Promise<void> {
  await db.insertInto('account_event').values(row).execute()
}

/** What happened to an account, oldest first. */
export function listAccountEvents(
  db: Db,
  at: { epoch: number; eid: string },
): Promise<AccountEventRow[]> {
  return db
    .selectFrom('account_event')
    .selectAll()
    .where('epoch', '=', at.epoch)
    .where('eid', '=', at.eid)
    .orderBy('event')
    .execute()
}
