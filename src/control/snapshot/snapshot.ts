import { z } from 'zod'
import { listAccounts } from '../../../db/account.ts'
import { listWorldEids } from '../../../db/eid.ts'
import { copyErasures } from '../../../db/epoch-copy.ts'
import { listOfficialAccounts } from '../../../db/official-account.ts'
import type { SnapshotRow } from '../../../db/schema.ts'
import {
  deleteSnapshot,
  findSnapshot,
  findSnapshotOfEpoch,
  finishSnapshot,
  insertSnapshot,
  listSnapshots,
  lockSnapshots,
} from '../../../db/snapshot.ts'
import { topics } from '../../../db/topic.ts'
import type { Db } from '../../../db/unit.ts'
import { listWebsiteApps } from '../../../db/website.ts'
import { insertEpoch, keepEpoch } from '../../../db/world.ts'
import type { Call } from '../../core/call.ts'
import type { Engine } from '../../core/engine.ts'
import { words } from '../../core/field.ts'
import { useOneOf } from '../../core/nearest.ts'
import { problem, unknownName } from '../../core/problem.ts'
import type { Refusal } from '../../core/refusal.ts'
import { eraseNow } from '../../tupu/association/erase.ts'
import { openidPrefix } from '../../wechat/official-account.ts'
import { toIso } from '../../world/clock.ts'
import { beginNextEpoch, claim } from '../../world/world.ts'
import { nameText } from '../field.ts'
import { idTaken } from '../official-account/official-account.ts'
import { copyEpoch, filling_ms_max, type Size } from './copy.ts'

/** A name that a path can hold. */
export const snapshotName = nameText.regex(
  /^(?!\.{1,2}$)[^/\\?#%]+$/,
  'a name without / \\ ? # %, such as "ready"',
)

/** A snapshot as the control API describes it. */
export const snapshotShape = z.object({
  name: z.string(),
  now: z.iso
    .datetime()
    .meta(words('The virtual time that it restores.', '恢复后时钟回到的虚拟时刻。')),
  mode: z.enum(['running', 'frozen']),
  rows: z.int(),
  bytes: z.int(),
  real_now: z.iso.datetime().meta(words('When it was taken.', '何时建立。')),
})

export function snapshotResponse(row: SnapshotRow) {
  const { name, at, clock_mode: mode, rows, bytes, created_at } = row
  return { name, now: toIso(at), mode, rows, bytes, real_now: toIso(created_at) }
}

/** The snapshots of a world that are whole, the oldest first. */
export function wholeSnapshots(db: Db, world: string): SnapshotRow[] {
  const rows = listSnapshots(db, world).filter(({ state }) => state === 'ready')
  return rows.sort((a, b) => a.created_at - b.created_at || (a.name < b.name ? -1 : 1))
}

/** The snapshot of a name, or the no to it. */
export function chooseSnapshot(call: Call, name: string): SnapshotRow | Refusal {
  const { db, world } = call
  const row = findSnapshot(db, { world: world.world, name })
  if (row?.state === 'ready') return row
  const names = wholeSnapshots(db, world.world).map((other) => other.name)
  return unknownName(call, {
    field: 'name',
    reason: `the world ${world.world} has no snapshot ${name}`,
    fix: names.length > 0 ? useOneOf(name, names) : 'take one by snapshot.create',
  })
}

/** A snapshot on its way. */
export interface Taking {
  readonly name: string
  readonly from: number
  readonly to: number
  readonly bytes_max: number
}

/** Begins to take a snapshot of the call's world: from now on its name is taken. */
export function beginSnapshot(call: Call, name: string): Taking | Refusal {
  const { db, engine } = call
  const { world, epoch, now, real_now: real, clock_mode } = call.world
  const living = dropDead(db, lockSnapshots(db, world), real)
  if (living.some((row) => row.name === name)) {
    const reason = `the world ${world} has a snapshot ${name} already`
    return problem('conflict', { field: 'name', reason, fix: 'choose another name, or delete it' })
  }
  const { snapshots_max, snapshot_bytes_max } = engine.limits
  const bytes = living.reduce((sum, row) => sum + row.bytes, 0)
  if (living.length >= snapshots_max || bytes >= snapshot_bytes_max) return refuseFull(call, living)
  const to = insertEpoch(db, world, real + filling_ms_max)
  const row = { world, name, epoch: to, at: now, clock_mode, created_at: real } as const
  insertSnapshot(db, { ...row, state: 'copying', rows: 0, bytes: 0, version: 0 })
  return { name, from: epoch, to, bytes_max: snapshot_bytes_max - bytes }
}

/** Forgets those whose process has died over them; answers the others. */
function dropDead(db: Db, rows: readonly SnapshotRow[], real: number): SnapshotRow[] {
  const isDead = (row: SnapshotRow) =>
    row.state === 'copying' && row.created_at + filling_ms_max <= real
  for (const row of rows) if (isDead(row)) deleteSnapshot(db, row, real)
  return rows.filter((row) => !isDead(row))
}

/** The no to more snapshots than a world may have. */
function refuseFull(
  { engine, world }: Pick<Call, 'engine' | 'world'>,
  rows: readonly SnapshotRow[],
): Refusal {
  const { snapshots_max, snapshot_bytes_max } = engine.limits
  const names = rows.map(({ name }) => name)
  return problem('too_many_snapshots', {
    reason: `a world has at most ${snapshots_max} snapshots, of ${snapshot_bytes_max} bytes together; ${world.world} has ${rows.length}`,
    fix: names.length > 0 ? `delete one of: ${names.join(', ')}` : 'use a smaller world',
  })
}

/** How a snapshot came out. `erased`: of what was copied somebody was erased meanwhile. */
type Taken = Size | 'too_big' | 'stopped' | 'erased'

/** Copies a world as it is at one moment, while it goes on. */
export function takeSnapshot({ from, to, bytes_max }: Taking, engine: Engine): Promise<Taken> {
  const { store } = engine
  return store.still(from, async (unit) => {
    const version = await unit('snapshot.begin', ({ db }) => findSnapshotOfEpoch(db, to)?.version)
    const size = await copyEpoch(engine, unit, { from, to, bytes_max, sending_until: null })
    if (typeof size === 'string') return size
    await unit('snapshot.erasures', ({ db }) => copyErasures(db, { from, to }))
    const real = engine.realNow()
    return store.unit('snapshot.finish', ({ db }): Taken => {
      const row = findSnapshotOfEpoch(db, to)
      if (row?.version !== version) return 'erased'
      if (!keepEpoch(db, { epoch: to, real, ended_at: null })) return 'stopped'
      finishSnapshot(db, { epoch: to, ...size })
      return size
    })
  })
}

/** The snapshot that was taken, or why there is none: nothing is left of it then. */
export function endSnapshot(call: Call, { name, to }: Taking, taken: Taken): SnapshotRow | Refusal {
  const { db, world } = call
  const row = findSnapshotOfEpoch(db, to)
  if (typeof taken !== 'string' && row) return row
  const others = listSnapshots(db, world.world).filter((other) => other.epoch !== to)
  const no =
    taken === 'too_big'
      ? refuseFull(call, others)
      : problem('conflict', { field: 'name', reason: interrupted, fix: `retake ${name}` })
  return {
    ...no,
    writes: () => {
      if (row) deleteSnapshot(db, row, world.real_now)
    },
  }
}

const interrupted = 'somebody was erased meanwhile, the snapshot was deleted, or the server stops'

/** A world on its way back to a snapshot. */
export interface Restoring {
  readonly name: string
  readonly from: number
  readonly to: number
}

export function beginRestore(call: Call, row: SnapshotRow): Restoring {
  const { world, real_now } = call.world
  const to = insertEpoch(call.db, world, real_now + filling_ms_max)
  return { name: row.name, from: row.epoch, to }
}

/** Copies a snapshot, of which nothing changes unless somebody is erased in it. Answers the version that was copied. */
export async function copySnapshot(
  { from, to }: Pick<Restoring, 'from' | 'to'>,
  engine: Engine,
): Promise<number | undefined> {
  const { store } = engine
  await eraseNow(engine, from)
  const row = await store.unit('snapshot.begin', ({ db }) => findSnapshotOfEpoch(db, from))
  const sending_until = engine.realNow()
  const bytes_max = Number.POSITIVE_INFINITY
  const size = await copyEpoch(engine, store.unit, { from, to, bytes_max, sending_until })
  return typeof size === 'string' ? undefined : row?.version
}

/** Points the call's world to the copy, which is its next life: the clock goes back, and whatever waits or opens something ends. */
export function endRestore(
  call: Call,
  { name, from, to }: Restoring,
  version: number | undefined,
): Refusal | undefined {
  const { db, world } = call
  const row = lockSnapshots(db, world.world).find(({ epoch }) => epoch === from)
  const { real_now: real } = world
  const isWhole = version !== undefined && row?.version === version
  if (!row || !isWhole || !keepEpoch(db, { epoch: to, real, ended_at: null })) {
    const fix = 'look at snapshot.list, and restore again'
    return problem('conflict', { field: 'name', reason: interrupted, fix })
  }
  const taken = claimIds(call, to, 'name')
  if (taken) return taken
  copyErasures(db, { from, to })
  const { clock_mode, at } = row
  const clock_ms = clock_mode === 'frozen' ? at : at - real
  call.outlive(beginNextEpoch(db, world, { clock_mode, clock_ms, magic: world.magic }, to))
  call.steps.push({ rule: 'snapshot.restored', actual: name })
  db.announce(to, topics.due(at))
  return undefined
}

/** Everything by which the rows of an epoch are found is the world's; the no to what another world has. */
export function claimIds(call: Call, epoch: number, field: string): Refusal | undefined {
  const { db } = call
  const eids = [...listAccounts(db, epoch), ...listWorldEids(db, epoch)].map(({ eid }) => eid)
  const owners = [...listOfficialAccounts(db, epoch), ...listWebsiteApps(db, epoch)]
  const appids = owners.map(({ appid }) => appid)
  const ids = [
    ...eids.map((value) => ({ kind: 'eid', value }) as const),
    ...appids.map((value) => ({ kind: 'appid', value }) as const),
    ...appids.map(
      (appid) => ({ kind: 'openid_prefix', value: openidPrefix(call, appid) }) as const,
    ),
  ]
  for (const { kind, value } of ids) {
    const holder = claim(call, kind, value)
    if (holder !== undefined && kind !== 'openid_prefix') return idTaken(field, value, holder)
  }
  return undefined
}
