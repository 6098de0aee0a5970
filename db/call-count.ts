import { counted, findCounted } from './counted.ts'
import type { CallCountRow } from './schema.ts'
import type { Db } from './unit.ts'

type Counter = Pick<CallCountRow, 'epoch' | 'eid'>

interface Counting extends Counter {
  readonly now: number
  /** A count that began then or before is over. */
  readonly over_at: number
  readonly limit: number
}

const countOne = counted({
  table: 'call_count',
  key: ({ epoch, eid }: Counting) => [epoch, eid],
  next(row, { epoch, eid, now, over_at, limit }: Counting) {
    if (!row || row.began_at <= over_at) return { epoch, eid, began_at: now, used: 1 }
    return row.used < limit ? { ...row, used: row.used + 1 } : undefined
  },
  upsert: (db, p) =>
    db
      .insertInto('call_count')
      .values({ epoch: p.epoch, eid: p.eid, began_at: p.now, used: 1 })
      .onConflict((c) =>
        c
          .columns(['epoch', 'eid'])
          .doUpdateSet((e) => ({
            used: e
              .case()
              .when('call_count.began_at', '<=', p.over_at)
              .then(1)
              .else(e('call_count.used', '+', 1))
              .end(),
            began_at: e
              .case()
              .when('call_count.began_at', '<=', p.over_at)
              .then(e.ref('excluded.began_at'))
              .else(e.ref('call_count.began_at'))
              .end(),
          }))
          .where((e) =>
            e.or([e('call_count.began_at', '<=', p.over_at), e('call_count.used', '<', p.limit)]),
          ),
      )
      .returningAll(),
})

/** Counts one call of an account's partner API, unless there have been as many as there may be; false: there have. */
export function countCall(db: Db, of: Counting): boolean {
  return countOne(db, of) !== undefined
}

export function findCallCount(db: Db, { epoch, eid }: Counter): CallCountRow | undefined {
  return findCounted(db, 'call_count', [epoch, eid])
}
