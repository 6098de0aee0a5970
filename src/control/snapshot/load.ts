import { insertEpochRows } from '../../../db/epoch-copy.ts'
import { outageOf } from '../../../db/outage.ts'
import type { EpochTable } from '../../../db/schema.ts'
import { insertEpoch, keepEpoch } from '../../../db/world.ts'
import type { Call } from '../../core/call.ts'
import type { Engine } from '../../core/engine.ts'
import { useOneOf } from '../../core/nearest.ts'
import { problem } from '../../core/problem.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { nextTurn } from '../../world/clock.ts'
import { beginWorld, default_world, idle_ttl_ms_default, namedWorld } from '../../world/world.ts'
import { refuseProfile } from '../account/account.ts'
import { worldBody } from '../world/body.ts'
import { endWorld } from '../world/world.ts'
import { FileCheck } from './check.ts'
import { filling_ms_max } from './copy.ts'
import { file_tables, format, type SnapshotFile, upgrades } from './format.ts'
import { type FileRow, readRow } from './row.ts'
import { isWithheld } from './secret.ts'
import { claimIds } from './snapshot.ts'

/** What one unit reads and writes of a file. */
const portion_rows = 100

/** A world on its way out of a file. */
export interface Loading {
  readonly file: SnapshotFile
  readonly seed: string
  readonly to: number
  readonly idle_ttl_ms: number | null
}

/** Begins to make a world from a file: nobody sees it before it is whole. */
export function beginLoading(
  call: Call,
  given: SnapshotFile,
  idle_ttl: number | undefined,
): Loading | Refusal {
  const file = upgrades.slice(given.format - 1).reduce((old, upgrade) => upgrade(old), given)
  const { world, seed, idle_ttl_ms } = file.world
  const no = refuseFile(file)
  if (no) return no
  const { real_now: real } = call.world
  const to = insertEpoch(call.db, world, real + filling_ms_max)
  const ends = idle_ttl ?? idle_ttl_ms ?? idle_ttl_ms_default
  return { file, seed: seed ?? '', to, idle_ttl_ms: world === default_world ? null : ends }
}

function refuseFile({ world, tables }: SnapshotFile): Refusal | undefined {
  const withoutSecrets = (field: string) =>
    problem('invalid_field', {
      field,
      reason: 'the file was written without secrets',
      fix: 'get it with ?secrets=true',
    })
  if (world.seed === undefined) return withoutSecrets('snapshot.world.seed')
  if (isWithheld(world.body)) return withoutSecrets('snapshot.world.body')
  const read = worldBody.safeParse(world.body)
  if (!read.success) {
    const path = read.error.issues[0]?.path ?? []
    const field = ['snapshot.world.body', ...path.map(String)].join('.')
    return problem('invalid_field', {
      field,
      reason: 'world.create would not accept it',
      fix: 'correct it; /docs shows valid values',
    })
  }
  const unknown = Object.keys(tables).find((name) => !file_tables.some((table) => table === name))
  if (unknown === undefined) return undefined
  const name = unknown.slice(0, 100)
  const reason = `files of format ${format} have no table ${name}`
  return problem('unknown_field', {
    field: `snapshot.tables.${name}`,
    reason,
    fix: useOneOf(name, file_tables),
  })
}

/** Reads all rows and writes them, in small units, up to the first that is refused. */
export async function load(loading: Loading, engine: Engine): Promise<Refusal | undefined> {
  const { file, seed, to } = loading
  const source = { world: file.world.world, seed }
  const sending_until = engine.realNow()
  for (const table of file_tables) {
    const given = file.tables[table] ?? []
    for (let from = 0; from < given.length; from += portion_rows) {
      if (engine.closing.aborted) return stopped
      const rows: FileRow[] = []
      for (const [i, one] of given.slice(from, from + portion_rows).entries()) {
        const row = readRow(source, table, one, `snapshot.tables.${table}.${from + i}`)
        if (isRefusal(row)) return row
        rows.push(row)
      }
      const write = { table, epoch: to, rows, sending_until }
      const no = await writeRows(engine, write, from)
      if (no) return no
      await nextTurn()
    }
  }
  return checkFile(new FileCheck(file.tables, source), file, engine)
}

/** Whether the rows, each of them good by itself, fit together. */
async function checkFile(
  check: FileCheck,
  { tables }: SnapshotFile,
  engine: Engine,
): Promise<Refusal | undefined> {
  for (const table of file_tables) {
    const count = tables[table]?.length ?? 0
    for (let from = 0; from < count; from += portion_rows) {
      if (engine.closing.aborted) return stopped
      const no = check.refuseRows(table, from, from + portion_rows)
      if (no) return no
      await nextTurn()
    }
  }
  return check.refuseMissing()
}

const stopped = problem('conflict', { reason: 'the server is stopping', fix: 'call again' })

async function writeRows(
  engine: Engine,
  write: { table: EpochTable; epoch: number; rows: readonly FileRow[]; sending_until: number },
  from: number,
): Promise<Refusal | undefined> {
  try {
    await engine.store.unit('world.load', ({ db }) => insertEpochRows(db, write))
    return undefined
  } catch (error) {
    if (outageOf(error)) throw error
    const { table, rows } = write
    return problem('invalid_field', {
      field: `snapshot.tables.${table}`,
      reason: `two rows have the same key, one of them among ${from} to ${from + rows.length - 1}`,
      fix: 'leave one out',
    })
  }
}

/** Makes the world whose rows are there, in place of one that has its name. */
export function endLoading(call: Call, loading: Loading): Refusal | undefined {
  const { db } = call
  const { file, seed, to, idle_ttl_ms } = loading
  const { world, magic, body } = file.world
  const { now, mode } = file.snapshot
  const { real_now: real } = call.world
  const existing = namedWorld(db, world, real)
  if (existing) endWorld(call, existing)
  const clock_ms = mode === 'frozen' ? now : now - real
  const row = { world, seed, clock_mode: mode, clock_ms, magic, idle_ttl_ms }
  const made = beginWorld(db, { ...row, body: JSON.stringify(body) }, real, to)
  if (!keepEpoch(db, { epoch: to, real, ended_at: null })) return stopped
  call.enter(made)
  const accounts = (file.tables['account'] ?? []) as { profile?: string }[]
  for (const [i, { profile }] of accounts.entries()) {
    const no = refuseProfile(call, profile, `snapshot.tables.account.${i}.`)
    if (no) return no
  }
  return claimIds(call, to, 'snapshot')
}
