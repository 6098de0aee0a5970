import { hot } from './hot.ts'
import type { AccountChange, AccountRow } from './schema.ts'
import type { Db } from './unit.ts'

const byEid = hot('account.find', (db, p: { epoch: number; eid: string }) =>
  db.selectFrom('account').selectAll().where('epoch', '=', p.epoch).where('eid', '=', p.eid),
)

export async function findAccount(
  db: Db,
  epoch: number,
  eid: string,
): Promise<AccountRow | undefined> {
  return (await byEid(db, { epoch, eid }))[0]
}

export function listAccounts(db: Db, epoch: number): Promise<AccountRow[]> {
  return db.selectFrom('account').selectAll().where('epoch', '=', epoch).orderBy('n').execute()
}

export async function insertAccount(db: Db, row: AccountRow): Promise<void> {
  await db.insertInto('account').values(row).execute()
}

export async function updateAccount(
  db: Db,
  at: { epoch: number; eid: string },
  change: AccountChange,
): Promise<void> {
  await db
    .updateTable('account')
    .set(change)
    .where('epoch', '=', at.epoch)
    .where('eid', '=', at.eid)
    .execute()
}
