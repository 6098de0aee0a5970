import { topics } from '../../../db/topic.ts'
import { updateWorld } from '../../../db/world.ts'
import type { Call } from '../../core/call.ts'
import type { Engine } from '../../core/engine.ts'
import { problem } from '../../core/problem.ts'
import type { Refusal } from '../../core/refusal.ts'
import { cleanText } from '../../core/request.ts'
import { lookThrough, type Search, type Seen, waitFor } from '../../core/wait.ts'
import { Watch } from '../../core/watch.ts'
import { nextTurn, toDuration, toIso } from '../../world/clock.ts'
import { type Advance, comingUp, type RanJobs, ranResponse, runAdvance } from '../clock/clock.ts'
import type { Condition } from './condition.ts'
import { conditions } from './conditions.ts'

export type ConditionName = keyof typeof conditions

/** A wait under way. */
export interface WaitState extends Advance {
  readonly name: ConditionName
  /** What is looked for, and from where on. */
  readonly query: unknown
  readonly timeout: number
  /** The real instant at which it ends. */
  readonly until: number
  /** The clock goes on by itself, from one due job to the next, at most to `to`. */
  readonly advances: boolean
}

/** How a wait has ended. */
export interface WaitResult extends Seen<unknown, unknown> {
  readonly ran: RanJobs
  /** With a clock that goes on by itself: nothing more was due on its way. */
  readonly settled: boolean
}

/** A condition of which only its name is known. */
export function conditionOf(name: ConditionName): Condition {
  return conditions[name] as Condition
}

/** Waits until the condition holds, the time is over, or nobody waits any more. */
export async function awaitCondition(
  state: WaitState,
  engine: Engine,
  hungUp: AbortSignal | undefined,
): Promise<WaitResult> {
  const condition = conditionOf(state.name)
  const { world, epoch, until, query } = state
  const label = `wait.${state.name}`
  const waiting = { label, world, epoch, until, topics: condition.topics(query), hungUp }
  const search: Search<unknown, unknown> = {
    query,
    look: (scope, reached) => condition.look({ ...scope, engine }, reached),
  }
  const result = state.advances
    ? await advanceUntil(engine, { state, waiting }, search)
    : { ...(await waitFor(engine, waiting, search)), ran: [], settled: false }
  // However many waits end at the same moment, others are answered between them.
  await engine.looks.take(nextTurn)
  return result
}

/** Moves the clock from one due job to the next, and looks before each. */
async function advanceUntil(
  engine: Engine,
  { state, waiting }: { state: WaitState; waiting: Parameters<typeof waitFor>[1] },
  search: Search<unknown, unknown>,
): Promise<WaitResult> {
  const watch = new Watch(engine, waiting)
  let seen: Seen<unknown, unknown> = { query: search.query }
  try {
    const isEnough = async () => {
      seen = await lookThrough(engine, { ...waiting, watch }, { ...search, query: seen.query })
      return seen.found !== undefined || watch.isOver
    }
    if (await isEnough()) return { ...seen, ran: [], settled: false }
    const end = { until: state.until, isHard: true, isEnough } as const
    const { ran, settled } = await runAdvance(state, engine, end)
    return { ...seen, ran, settled }
  } finally {
    watch.close()
  }
}

/** What was found, and how far the clock went. */
export function foundResponse(
  call: Call,
  of: Pick<WaitState, 'name' | 'from'> & { readonly found: unknown; readonly ran: RanJobs },
) {
  const found = conditionOf(of.name).show(call, of.found)
  if (!found) return undefined
  return {
    found,
    from: toIso(of.from),
    now: toIso(call.world.now),
    ran: ranResponse(of.ran),
  }
}

/** The clock belongs to everybody again. */
export function endAdvance({ db, world }: Call): void {
  updateWorld(db, world.world, { advance_until: null })
  db.announce(world.epoch, topics.due(world.now))
}

/** Of what is due, a no tells the first. */
const due_max = 100

/** The no to a condition that has not come true, with what came nearest to it and what is still due. */
export function notMet(call: Call, state: WaitState, { settled }: WaitResult): Refusal {
  const due = comingUp(call, due_max).map((job) => ({ ...job, at: toIso(job.at) }))
  const nearest = conditionOf(state.name).nearest(call, state.query)
  const because = !settled ? 'timeout' : due.length === 0 ? 'nothing_due' : 'too_far'
  const facts = factsOf(state, because, due[0]?.at)
  const what = cleanText(JSON.stringify(call.fields['for']), shown_length_max)
  const reason = `${what} has not come: ${facts.reason}`
  return problem('not_met', { reason, fix: facts.fix }, { because, nearest, due })
}

/** What was waited for is repeated no longer than this. */
const shown_length_max = 400

function factsOf(
  { timeout, to, advances }: WaitState,
  because: 'timeout' | 'nothing_due' | 'too_far',
  next: string | undefined,
): { readonly reason: string; readonly fix: string } {
  const facts = {
    timeout: {
      reason: `${toDuration(timeout)} of real time have passed`,
      fix:
        next === undefined || advances
          ? 'see in nearest what came instead, or give a longer timeout'
          : `give auto_advance: the next thing is due at ${next}`,
    },
    nothing_due: {
      reason: 'nothing is due any more',
      fix: 'see nearest for what came instead, and trigger the expected event',
    },
    too_far: {
      reason: `the next event is due at ${next}, and the clock may advance only to ${toIso(to)}`,
      fix: 'give a longer auto_advance',
    },
  }
  return facts[because]
}
