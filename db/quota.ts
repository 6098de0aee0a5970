import { counted, findCounted } from './counted.ts'
import type { QuotaCountRow } from './schema.ts'
import type { Db } from './unit.ts'

type Counter = Pick<QuotaCountRow, 'epoch' | 'appid' | 'path' | 'per'>
type Counting = Counter & { readonly span: string; readonly limit: number }

const keyOf = ({ epoch, appid, path, per }: Counter) => [epoch, appid, path, per]

// A clock that is a little behind another replica's counts on in the later span.
const countOne = counted({
  table: 'quota_count',
  key: (of: Counting) => keyOf(of),
  next(row, { epoch, appid, path, per, span, limit }: Counting) {
    if (!row || row.span < span) return { epoch, appid, path, per, span, used: 1 }
    return row.used < limit ? { ...row, used: row.used + 1 } : undefined
  },
  upsert: (db, p) =>
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
      .returningAll(),
})

/** Counts one call, unless the span has had as many as it may; how many it has had with this one. */
export function countQuota(db: Db, of: Counting): number | undefined {
  return countOne(db, of)?.used
}

export function findQuota(db: Db, of: Counter): QuotaCountRow | undefined {
  return findCounted(db, 'quota_count', keyOf(of))
}

/** Forgets what an official account has called in its day. */
export function deleteDayQuotas(db: Db, of: Pick<QuotaCountRow, 'epoch' | 'appid'>): void {
  db.write(
    db
      .deleteFrom('quota_count')
      .where('epoch', '=', of.epoch)
      .where('appid', '=', of.appid)
      .where('per', '=', 'day'),
  )
}
