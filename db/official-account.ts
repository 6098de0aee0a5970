import { hot } from './hot.ts'
import type { OfficialAccountChange, OfficialAccountRow } from './schema.ts'
import type { Db } from './unit.ts'

const byAppid = hot('official_account.find', (db, p: { epoch: number; appid: string }) =>
  db
    .selectFrom('official_account')
    .selectAll()
    .where('epoch', '=', p.epoch)
    .where('appid', '=', p.appid),
)

export async function findOfficialAccount(
  db: Db,
  epoch: number,
  appid: string,
): Promise<OfficialAccountRow | undefined> {
  return (await byAppid(db, { epoch, appid }))[0]
}

export function listOfficialAccounts(db: Db, epoch: number): Promise<OfficialAccountRow[]> {
  return db
    .selectFrom('official_account')
    .selectAll()
    .where('epoch', '=', epoch)
    .orderBy('n')
    .execute()
}

export async function insertOfficialAccount(db: Db, row: OfficialAccountRow): Promise<void> {
  await db.insertInto('official_account').values(row).execute()
}

export async function updateOfficialAccount(
  db: Db,
  account: { epoch: number; appid: string },
  change: OfficialAccountChange,
): Promise<void> {
  await db
    .updateTable('official_account')
    .set(change)
    .where('epoch', '=', account.epoch)
    .where('appid', '=', account.appid)
    .execute()
}

const countOne = hot('send_count.next', (db, p: { epoch: number; appid: string; day: string }) =>
  db
    .insertInto('send_count')
    .values({ epoch: p.epoch, appid: p.appid, life: 1, day: p.day, day_count: 1 })
    .onConflict((c) =>
      c.columns(['epoch', 'appid']).doUpdateSet((e) => ({
        life: e('send_count.life', '+', 1),
        day_count: e
          .case()
          .when('send_count.day', '=', e.ref('excluded.day'))
          .then(e('send_count.day_count', '+', 1))
          .else(1)
          .end(),
        day: e.ref('excluded.day'),
      })),
    )
    .returning(['life', 'day_count']),
)

/** Counts one accepted send: over the account's life, and in the Beijing day. */
export async function countSend(
  db: Db,
  send: { epoch: number; appid: string; day: string },
): Promise<{ life: number; day_count: number }> {
  const [row] = await countOne(db, send)
  if (!row) throw new Error('the send counter answered nothing')
  return row
}
