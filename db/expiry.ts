import { sql } from 'kysely'
import { type ClaimKind, deleteClaims } from './claim.ts'
import { hot } from './hot.ts'
import type { EpochTable, WorldRow } from './schema.ts'
import { tables } from './tables.ts'
import type { Db } from './unit.ts'

/** By which clock rows expire: the world's own, real time as the program is told it, or the machine's. */
export type ExpiryClock = 'world' | 'real' | 'machine'

/** A table whose rows expire. Its key has one column, and an index begins with the epoch and `column`. */
interface Expiry {
  readonly table: EpochTable
  /** After this instant, in milliseconds, a row is worth nothing; null: never. */
  readonly column: string
  readonly clock: ExpiryClock
  /** So long afterwards it is still told apart from what there never was. */
  readonly grace_ms: number
  /** As what the key is claimed for the world: the claim goes with the row. */
  readonly claim?: ClaimKind
}

const month_ms = 30 * 86_400_000
const given_out = { clock: 'world', grace_ms: month_ms } as const

/** Every table whose rows expire: no other job deletes any of them for their age. */
export const expiries: readonly Expiry[] = [
  { table: 'access_token', column: 'expires_at', ...given_out, claim: 'access_token' },
  { table: 'oauth_code', column: 'expires_at', ...given_out, claim: 'oauth_code' },
  { table: 'web_token', column: 'refresh_expires_at', ...given_out, claim: 'access_token' },
  { table: 'scene_code', column: 'expires_at', ...given_out, claim: 'ticket' },
  { table: 'short_link', column: 'expires_at', ...given_out },
  { table: 'website_login', column: 'expires_at', ...given_out, claim: 'ticket' },
  { table: 'media', column: 'expires_at', ...given_out },
  { table: 'session', column: 'expires_at', clock: 'real', grace_ms: 0 },
  { table: 'nonce', column: 'expires_at', clock: 'machine', grace_ms: 0 },
]

/** What one unit deletes before it ends; the last table may bring as many more. */
export const portion_rows = 100

interface Before {
  readonly epoch: number
  readonly before: number
}

const swept = expiries.map((expiry) => {
  const { table, column } = expiry
  const key = tables[table].key[0] ?? ''
  const listKeys = hot(`${table}.list_expired`, (db, { epoch, before }: Before) => {
    const { ref } = db.dynamic
    const query = db.selectFrom(table).select(ref(key)).where('epoch', '=', epoch)
    return query
      .where(sql<boolean>`${sql.ref(column)} <= ${before}`)
      .orderBy(ref(column))
      .limit(sql.lit(portion_rows))
  })
  return { ...expiry, key, listKeys }
})

/**
 * Deletes rows of a world that have expired, and what is claimed by them; says how many. With `portion_rows` of them there may be
 * more. `now`: the present instants of all clocks.
 */
export function deleteExpired(
  db: Db,
  { world, epoch }: Pick<WorldRow, 'world' | 'epoch'>,
  now: Readonly<Record<ExpiryClock, number>>,
): number {
  let rows = 0
  for (const { table, column, key, clock, grace_ms, claim, listKeys } of swept) {
    const before = now[clock] - grace_ms
    const keys = listKeys(db, { epoch, before }).map((row) => String(Object(row)[key]))
    if (keys.length === 0) continue
    const isOne = sql<boolean>`${sql.ref(key)} in (${sql.join(keys)})`
    // Another replica may have given it more time since.
    const isExpired = sql<boolean>`${sql.ref(column)} <= ${before}`
    db.write(db.deleteFrom(table).where('epoch', '=', epoch).where(isOne).where(isExpired))
    if (claim !== undefined) deleteClaims(db, { world, kind: claim, values: keys })
    rows += keys.length
    if (rows >= portion_rows) break
  }
  return rows
}
