import { insertRow } from './hot.ts'
import type { AccountEventRow } from './schema.ts'
import { topics } from './topic.ts'
import type { Db } from './unit.ts'

const insertOne = insertRow('account_event')

export function insertAccountEvent(db: Db, row: AccountEventRow): void {
  insertOne(db, row)
  db.announce(row.epoch, topics.life)
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
