import { hot } from './hot.ts'
import type { CoverageRow } from './schema.ts'
import type { Db } from './unit.ts'

/** Stands where a world's name would: hits in all worlds that there are and were. */
export const everywhere = '*'

const add = hot('coverage.add', (db, p: CoverageRow) =>
  db
    .insertInto('coverage')
    .values({ world: p.world, outcome: p.outcome, hits: p.hits })
    .onConflict((c) =>
      c
        .columns(['world', 'outcome'])
        .doUpdateSet((e) => ({ hits: e('coverage.hits', '+', e.ref('excluded.hits')) })),
    ),
)

/** Adds hits to those that are there. */
export function addHits(db: Db, row: CoverageRow): void {
  add(db, row)
}

/** All that was met in a world, or everywhere. */
export function listHits(db: Db, world: string): CoverageRow[] {
  return db.all(db.selectFrom('coverage').selectAll().where('world', '=', world).orderBy('outcome'))
}
