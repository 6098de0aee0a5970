import { findDrill, listDueDrills, updateDrill } from '../../../db/drill.ts'
import type { DrillRow } from '../../../db/schema.ts'
import { pending } from '../../core/endpoint.ts'
import type { JobCall, WaitingJobKind } from '../../core/job.ts'
import { type Carried, carryActs, type Places } from './carry.ts'
import { type Drill, drillOf } from './drills.ts'

/** What a process that dies has begun is begun anew after so long. */
const again_ms = 60_000

interface Begun {
  readonly row: DrillRow
  readonly world: string
}

/** The acts of drills when their time comes, and what makes their day good again. */
export const drillJob: WaitingJobKind<Begun, Carried> = {
  kind: 'drill',
  next(db, epoch, limit) {
    const rows = listDueDrills(db, epoch, limit)
    return rows.map(({ drill, due_at }) => ({ key: drill, subject: drill, due_at: due_at ?? 0 }))
  },
  before({ db, world }, { key }) {
    const row = findDrill(db, world.epoch, key)
    if (!row || row.due_at === null || row.due_at > world.now) return 'gone'
    updateDrill(db, row, { due_at: world.now + again_ms })
    return pending({ row, world: world.world })
  },
  outside({ row, world }, engine) {
    return carryActs(engine, { world, places: placesOf(row), acts: nextActs(row) })
  },
  after: (call, { row }, carried) => keepCarried(call, row, carried),
}

function nextActs({ drill, next_act }: DrillRow) {
  const known = drillOf(drill)
  const act = known?.acts[next_act]
  return act ? [act] : (known?.ends ?? [])
}

/** One that was stopped or begun anew meanwhile goes its own way. */
function keepCarried({ db, world }: JobCall, row: DrillRow, { calls, refused }: Carried): string {
  const known = drillOf(row.drill)
  const now = findDrill(db, world.epoch, row.drill)
  if (known && now?.due_at && now.started_at === row.started_at && now.next_act === row.next_act) {
    updateDrill(db, row, followingAct(known, row))
  }
  return refused ?? `${calls} ${calls === 1 ? 'call' : 'calls'}`
}

/** Which act comes after the one that was carried out, and when. */
function followingAct(
  { acts }: Pick<Drill, 'acts'>,
  { next_act, started_at, ends_at }: DrillRow,
): Pick<DrillRow, 'next_act' | 'due_at'> {
  if (next_act >= acts.length) return { next_act, due_at: null }
  return { next_act: next_act + 1, due_at: dueAt(acts, next_act + 1, { started_at, ends_at }) }
}

/** When an act of a drill is due, or its end. */
export function dueAt(
  acts: Drill['acts'],
  act: number,
  { started_at, ends_at }: Pick<DrillRow, 'started_at' | 'ends_at'>,
): number {
  const next = acts[act]
  return next ? started_at + (next.after_ms ?? 0) : ends_at
}

export function placesOf({ places }: DrillRow): Places {
  return JSON.parse(places)
}
