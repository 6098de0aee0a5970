import { z } from 'zod'
import { listAccounts } from '../../../db/account.ts'
import { nextCount } from '../../../db/counter.ts'
import { insertFault, listFaults } from '../../../db/fault.ts'
import type { FaultRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import { type FaultPlan, fault_surfaces, isOver, isSpent } from '../../core/fault.ts'
import { words } from '../../core/field.ts'
import { problem } from '../../core/problem.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { touchVersion, type World } from '../../world/world.ts'
import { type FaultInput, faultInput, faults_max } from './body.ts'
import { readFault } from './read.ts'

const id_digits = 6

/** Makes a fault of the call's world. `given`: as it was sent. */
export function makeFault(
  call: Call,
  input: FaultInput,
  given: Readonly<Record<string, unknown>>,
  {
    prefix = '',
    newcomers = nobody,
  }: { readonly prefix?: string; readonly newcomers?: ReadonlySet<string> } = {},
): FaultRow | Refusal {
  const { db, world } = call
  const { epoch } = world
  const plan = readFault({ call, prefix, newcomers }, input)
  if (isRefusal(plan)) return plan
  if (listFaults(db, epoch).length >= faults_max) {
    const reason = `the world has ${faults_max} faults`
    return problem('conflict', { reason, fix: 'delete some by fault.delete or fault.clear' })
  }
  const { mobile } = plan
  if (mobile !== null) for (const { eid } of listAccounts(db, epoch)) call.concern({ eid, mobile })
  const n = nextCount(db, { epoch, purpose: 'fault', key: '' })
  const row = {
    epoch,
    fault: `f${String(n).padStart(id_digits, '0')}`,
    given: JSON.stringify(given),
    plan: JSON.stringify(plan),
    fits: 0,
    hits: 0,
    created_at: world.now,
  }
  touchVersion(call)
  insertFault(db, row)
  return row
}

const nobody: ReadonlySet<string> = new Set()

/** Makes the faults of a world's body, in their order. `newcomers`: keys of people who are made later. */
export function makeFaults(
  call: Call,
  faults: readonly unknown[],
  newcomers: ReadonlySet<string>,
): Refusal | undefined {
  for (const [n, given] of faults.entries()) {
    const input = faultInput.parse(given)
    const sent = given as Readonly<Record<string, unknown>>
    const made = makeFault(call, input, sent, { prefix: `faults.${n}.`, newcomers })
    if (isRefusal(made)) return made
  }
  return undefined
}

/** A fault as it was given, with what has become of it. */
export const faultShape = z.looseObject({
  fault: z.string(),
  surface: z
    .enum(fault_surfaces)
    .meta(
      words('The surface it applies to, also if it was not given.', '在哪里生效；未填时也给出。'),
    ),
  hits: z.int().meta(words('How many calls it was applied to.', '已生效的调用次数。')),
  fits: z
    .int()
    .meta(
      words(
        'How many calls it matched, whether or not it was applied.',
        '符合条件的调用次数，无论结果如何。',
      ),
    ),
  left: z
    .int()
    .nullable()
    .meta(
      words('How often it will still be applied; null: no limit.', '还会生效多少次；null：不限。'),
    ),
  state: z
    .enum(['active', 'spent', 'over'])
    .meta(words('spent: by times; over: by until.', 'spent：次数用完；over：已过 until。')),
})

export function faultResponse({ world }: { readonly world: World }, row: FaultRow) {
  const { fault, hits, fits } = row
  const plan = JSON.parse(row.plan) as FaultPlan
  const left = plan.times === null ? null : Math.max(0, plan.times - hits)
  const given = JSON.parse(row.given) as Record<string, unknown>
  return {
    ...given,
    fault,
    surface: plan.surface,
    hits,
    fits,
    left,
    state: stateOf(plan, hits, world.now),
  }
}

function stateOf(plan: FaultPlan, hits: number, now: number): 'active' | 'spent' | 'over' {
  if (isSpent(plan, hits)) return 'spent'
  return isOver(plan, now) ? 'over' : 'active'
}
