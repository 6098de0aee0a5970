import { hot } from './hot.ts'
import type { AccountChange, AccountRow } from './schema.ts'
import type { Db } from './unit.ts'

const byEid = hot('account.find', (db, p: { epoch: number; eid: string }) =>
  db.selectFrom('account').selectAll().where('epoch', '=', p.epoch).where('eid', '=', p.eid),
)

export function findAccount(db: Db, epoch: number, eid: string): AccountRow | undefined {
  return byEid(db, { epoch, eid })[0]
}

const all = hot(
  'account.list',
  (db, p: { epoch: number }) =>
    db.selectFrom('account').selectAll().where('epoch', '=', p.epoch).orderBy('n'),
  { remembered: true },
)

export function listAccounts(db: Db, epoch: number): readonly AccountRow[] {
  return all(db, { epoch })
}

const retaining = hot('account.list_retaining', (db, p: { epoch: number }) =>
  db
    .selectFrom('account')
    .select(['appid', 'retention_days', 'retention_since'])
    .where('epoch', '=', p.epoch)
    .where('retention_days', 'is not', null),
)

/** Which accounts keep associations for a while only: read whenever somebody looks for due work. */
export function listRetaining(
  db: Db,
  epoch: number,
): Pick<AccountRow, 'appid' | 'retention_days' | 'retention_since'>[] {
  return retaining(db, { epoch })
}

export function insertAccount(db: Db, row: AccountRow): void {
  db.write(db.insertInto('account').values(row))
}

export function updateAccount(
  db: Db,
  at: { epoch: number; eid: string },
  change: AccountChange,
): void {
  db.write(
    db.updateTable('account').set(change).where('epoch', '=', at.epoch).where('eid', '=', at.eid),
  )
}
