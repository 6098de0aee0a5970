import { counted } from './counted.ts'
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

export function findOfficialAccount(
  db: Db,
  epoch: number,
  appid: string,
): OfficialAccountRow | undefined {
  return byAppid(db, { epoch, appid })[0]
}

export function listOfficialAccounts(db: Db, epoch: number): OfficialAccountRow[] {
  return db.all(
    db.selectFrom('official_account').selectAll().where('epoch', '=', epoch).orderBy('n'),
  )
}

export function insertOfficialAccount(db: Db, row: OfficialAccountRow): void {
  db.write(db.insertInto('official_account').values(row))
}

export function updateOfficialAccount(
  db: Db,
  account: { epoch: number; appid: string },
  change: OfficialAccountChange,
): void {
  db.write(
    db
      .updateTable('official_account')
      .set(change)
      .where('epoch', '=', account.epoch)
      .where('appid', '=', account.appid),
  )
}

interface Send {
  readonly epoch: number
  readonly appid: string
  readonly day: string
}

const countOne = counted({
  table: 'send_count',
  key: ({ epoch, appid }: Send) => [epoch, appid],
  next(row, { epoch, appid, day }: Send) {
    const day_count = row?.day === day ? row.day_count + 1 : 1
    return { epoch, appid, life: (row?.life ?? 0) + 1, day, day_count }
  },
  upsert: (db, p) =>
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
      .returningAll(),
})

/** Counts one accepted send: over the account's life, and in the Beijing day. */
export function countSend(db: Db, send: Send): { life: number; day_count: number } {
  const row = countOne(db, send)
  if (!row) throw new Error('the send counter answered nothing')
  return row
}
