import { type ClaimKind, findClaimedWorld, insertClaim } from '../../db/claim.ts'
import type { WorldRow } from '../../db/schema.ts'
import { topics } from '../../db/topic.ts'
import type { Db } from '../../db/unit.ts'
import {
  bumpVersion,
  endEpoch,
  findLastCall,
  findWorld,
  insertEpoch,
  insertWorld,
  updateCalledBefore,
  updateWorld,
} from '../../db/world.ts'
import { steadyClock, worldNow } from './clock.ts'
import type { Source } from './seed.ts'

/** A world as one call sees it: its row, and one instant. */
export interface World extends WorldRow {
  /** Virtual instant of the call, Unix milliseconds. */
  readonly now: number
  /** Real instant, which never goes back. What meets another machine's clock asks for `engine.machineNow`. */
  readonly real_now: number
  /** True once this unit has changed what is cached by version. */
  changed: boolean
}

/** Where something happens: a unit's database, and the world that it sees. */
export interface Scope {
  readonly db: Db
  readonly world: World
}

/** Where calls are kept that no world claims. */
export const unattributed = '_unattributed'
/** The world of people, pages and control calls without `/w/`. */
export const default_world = 'default'
export const idle_ttl_ms_default = 2 * 3_600_000
/** A world's last call is written down at most this often; no world ends before that much more has passed. */
export const touch_ms = 1000

export function asWorld(row: WorldRow, real: number): World {
  return { ...row, now: worldNow(row, real), real_now: real, changed: false }
}

/** Real time for those who use a database: no world of it has told a later instant, whatever the machine's clock says now. */
export function clockAfter(db: Db): () => number {
  const known = findLastCall(db)
  return steadyClock({
    told: known === undefined ? undefined : { known, possible: known + touch_ms },
  })
}

/** What a world does by itself tells instants, too, and prolongs no world's life: that of no world keeps them. */
export function keepTime(db: Db, real: number): void {
  updateCalledBefore(db, { world: unattributed, called_at: real, before: real - touch_ms })
}

/** The real instant at which a world ends when nobody calls it any more; undefined: it never does. */
export function idleEnd(row: Pick<WorldRow, 'called_at' | 'idle_ttl_ms'>): number | undefined {
  return row.idle_ttl_ms === null ? undefined : row.called_at + touch_ms + row.idle_ttl_ms
}

/** The world of an id, when some world has claimed it. */
export function claimedWorld(
  db: Db,
  kind: ClaimKind,
  value: string,
  real: number,
): World | undefined {
  const row = findClaimedWorld(db, kind, value)
  return row && asWorld(row, real)
}

/** The world of a name. */
export function namedWorld(db: Db, name: string, real: number): World | undefined {
  const row = findWorld(db, name)
  return row && asWorld(row, real)
}

/** What the tokens, codes and tickets of a world are derived from: they die with a reset, other ids do not. */
export function resetScoped(world: World): Source {
  return { world: world.world, seed: `${world.seed}\n${world.resets}` }
}

/** Says that this unit changes accounts, templates or the like: whatever is cached of them is stale. */
export function touchVersion(call: Scope): void {
  if (call.world.changed) return
  call.world.changed = true
  bumpVersion(call.db, call.world.world)
  call.db.announce(call.world.epoch, topics.version)
}

/** Claims an id for this world. Returns the world that has it already, if another does. */
export function claim(call: Scope, kind: ClaimKind, value: string): string | undefined {
  const holder = insertClaim(call.db, { kind, value, world: call.world.world })
  return holder === call.world.world ? undefined : holder
}

export interface NewWorld {
  readonly world: string
  readonly seed: string
  readonly clock_mode: WorldRow['clock_mode']
  readonly clock_ms: number
  readonly magic: WorldRow['magic']
  readonly idle_ttl_ms: number | null
  readonly body: string
}

/** Begins a world's first epoch; `epoch`: one that is filled already. */
export function beginWorld(
  db: Db,
  { body, ...world }: NewWorld,
  real: number,
  epoch = insertEpoch(db, world.world),
): World {
  const row: WorldRow = {
    ...world,
    epoch,
    resets: 0,
    version: 1,
    created_at: real,
    called_at: real,
    advance_until: null,
    dropped: 0,
  }
  insertWorld(db, row, body)
  return asWorld(row, real)
}

/** Points a world to a new epoch, or to one that is filled already, with its first clock; the old rows are swept later. */
export function beginNextEpoch(
  db: Db,
  world: World,
  first: Pick<NewWorld, 'clock_mode' | 'clock_ms' | 'magic'>,
  filled?: number,
): World {
  endEpoch(db, world.epoch, world.real_now)
  const epoch = filled ?? insertEpoch(db, world.world)
  const change = {
    ...first,
    epoch,
    resets: world.resets + 1,
    version: world.version + 1,
    advance_until: null,
    dropped: 0,
  }
  updateWorld(db, world.world, change)
  return asWorld({ ...world, ...change }, world.real_now)
}
