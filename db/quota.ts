import { hot } from './hot.ts'
import type { QuotaCountRow } from './schema.ts'
import type { Db } from './unit.ts'

type Counter = Pick<QuotaCountRow, 'epoch' | 'appid' | 'path' | 'per'>
type Counting = Counter & { readonly span: string; readonly limit: number }

// A clock that is a little behind another replica's counts on in the later span.
const countOne = hot('quota_count.next', (db, p: Counting) =>
  db
    .insertInto('quota_count')
    .values({ epoch: p.epoch, appid: p.appid, path: p.path, per: p.per, span: p.span, used: 1 })
    .onConflict((c) =>
      c
        .columns(['epoch', 'appid', 'path', 'per'])
        .doUpdateSet((e) => ({
          used: e
            .case()
            .when('quota_count.span', '<', e.ref('excluded.span'))
            .then(1)
            .else(e('quota_count.used', '+', 1))
            .end(),
          span: e
            .case()
            .when('quota_count.span', '<', e.ref('excluded.span'))
            .then(e.ref('excluded.span'))
            .else(e.ref('quota_count.span'))
            .end(),
        }))
        .where((e) =>
          e.or([
            e('quota_count.span', '<', e.ref('excluded.span')),
            e('quota_count.used', '<', p.limit),
          ]),
        ),
    )
    .returning('used'),
)

/** Counts one call, unless the span has had as many as it may; how many it has had with this one. */
export async function countQuota(db: Db, of: Counting): Promise<number | undefined> {
  return (await countOne(db, of))[0]?.used
}

export function findQuota(db: Db, of: Counter): Promise<QuotaCountRow | undefined> {
  return db
    .selectFrom('quota_count')
    .selectAll()
    .where('epoch', '=', of.epoch)
    .where('appid', '=', of.appid)
    .where('path', '=', of.path)
    .where('per', '=', of.per)
    .executeTakeFirst()
}

/** Forgets what an official account has called in its day. */
export async function deleteDayQuotas(
  db: Db,
  of: Pick<QuotaCountRow, 'epoch' | 'appid'>,
): Promise<void> {
  await db
    .deleteFrom('quota_count')
    .where('epoch', '=', of.epoch)
    .where('appid', '=', of.appid)
    .where('per', '=', 'day')
    .execute()
}
