import { epoch_tables } from './schema.ts'
import type { Db } from './unit.ts'

const keys: Record<(typeof epoch_tables)[number], readonly string[]> = {
  access_token: ['token'],
  account: ['eid'],
  account_event: ['event'],
  application: ['application'],
  association: ['appid', 'openid'],
  association_change: ['change'],
  call_count: ['eid'],
  callback: ['callback'],
  counter: ['purpose', 'key'],
  eid: ['eid'],
  erasure: ['erasure'],
  exchange: ['seq'],
  exchange_subject: ['subject', 'trace'],
  follower: ['openid'],
  menu: ['appid'],
  message: ['message'],
  oauth_code: ['code'],
  official_account: ['appid'],
  person: ['person'],
  privacy_notice: ['eid', 'version'],
  quota_count: ['appid', 'path', 'per'],
  scene_code: ['ticket'],
  send_count: ['appid'],
  session: ['session'],
  template: ['template_id'],
  template_message: ['msgid'],
  web_token: ['token'],
}

/** Deletes some rows of an ended epoch; says how many, 0 when none are left. */
export async function sweepEpoch(db: Db, epoch: number, rows_max: number): Promise<number> {
  for (const table of epoch_tables) {
    const key = keys[table].map((column) => db.dynamic.ref(column))
    const some = db.selectFrom(table).select(key).where('epoch', '=', epoch).limit(rows_max)
    const columns = keys[table]
    const found = (await some.execute()) as Record<string, string | number>[]
    for (const row of found) {
      let deletion = db.deleteFrom(table).where('epoch', '=', epoch)
      for (const column of columns)
        deletion = deletion.where(db.dynamic.ref(column), '=', row[column])
      await deletion.execute()
    }
    if (found.length > 0) return found.length
  }
  return 0
}

/** All rows of an epoch's table, in the order of its key, for an export. */
export function listEpochRows(
  db: Db,
  table: (typeof epoch_tables)[number],
  epoch: number,
): Promise<Record<string, unknown>[]> {
  let query = db.selectFrom(table).selectAll().where('epoch', '=', epoch)
  for (const column of keys[table]) query = query.orderBy(db.dynamic.ref(column))
  return query.execute() as Promise<Record<string, unknown>[]>
}
