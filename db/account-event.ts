import type { AccountEventRow } from './schema.ts'
import type { Db } from './unit.ts'

export function insertAccountEvent(db: Db, row: AccountEventRow): void {
  db.write(db.insertInto('account_event').values(row))
}

/** What happened to an account, oldest first. */
export function listAccountEvents(db: Db, at: { epoch: number; eid: string }): AccountEventRow[] {
  return db.all(
    db
      .selectFrom('account_event')
      .selectAll()
      .where('epoch', '=', at.epoch)
      .where('eid', '=', at.eid)
      .orderBy('event'),
  )
}
