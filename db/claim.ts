import { hot } from './hot.ts'
import type { Row, WorldRow } from './schema.ts'
import type { Db } from './unit.ts'

/** What an id is an id of. */
export type ClaimKind = Row<'claim'>['kind']

const byClaim = hot(
  'world.find_by_claim',
  (db, p: { kind: ClaimKind; value: string }) =>
    db
      .selectFrom('world')
      .selectAll()
      .where('world', '=', (claim) =>
        claim
          .selectFrom('claim')
          .select('world')
          .where('kind', '=', p.kind)
          .where('value', '=', p.value),
      ),
  { remembered: true },
)

/** The world that an id names. */
export function findClaimedWorld(db: Db, kind: ClaimKind, value: string): WorldRow | undefined {
  return byClaim(db, { kind, value })[0]
}

/** Claims an id for a world; answers the world that has it: the asking one, or the one before it. */
export function insertClaim(
  db: Db,
  claim: { kind: ClaimKind; value: string; world: string },
): string {
  // One statement: between an insert and a look, another replica's world could end and take its claim along.
  const row = db.one(
    db
      .insertInto('claim')
      .values(claim)
      .onConflict((c) =>
        c.columns(['kind', 'value']).doUpdateSet((e) => ({ world: e.ref('claim.world') })),
      )
      .returning('world'),
  )
  return row.world
}

/** Forgets ids that a world has claimed, if it is this one. */
export function deleteClaims(
  db: Db,
  { world, kind, values }: { world: string; kind: ClaimKind; values: readonly string[] },
): void {
  const claims = db.deleteFrom('claim').where('kind', '=', kind).where('value', 'in', values)
  db.write(claims.where('world', '=', world))
}
