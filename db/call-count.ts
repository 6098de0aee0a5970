import { hot } from './hot.ts'
import type { CallCountRow } from './schema.ts'
import type { Db } from './unit.ts'

type Counter = Pick<CallCountRow, 'epoch' | 'eid'>

interface Counting extends Counter {
  readonly now: number
  /** A count that began then or before is over. */
  readonly over_at: number
  readonly limit: number
}

const countOne = hot('call_count.next', (db, p: Counting) =>
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
    .returning('used'),
)

/** Counts one call of an account's partner API, unless there have been as many as there may be; false: there have. */
export async function countCall(db: Db, of: Counting): Promise<boolean> {
  return (await countOne(db, of)).length > 0
}

export function findCallCount(db: Db, of: Counter): Promise<CallCountRow | undefined> {
  return db
    .selectFrom('call_count')
    .selectAll()
    .where('epoch', '=', of.epoch)
    .where('eid', '=', of.eid)
    .executeTakeFirst()
}
