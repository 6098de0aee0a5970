import { findPush, listPushes, type PushFilter } from '../../../db/push.ts'
import type { PushRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import type { Engine } from '../../core/engine.ts'
import { nextTurn, toIso } from '../../world/clock.ts'
import { namedWorld } from '../../world/world.ts'
import { nearestPushes } from '../wait/push.ts'
import { linesOf, type Range, rangeText } from './reason.ts'

/** Of those that came, a reason tells the newest. */
const told_max = 3
/** Counted in one unit. */
const portion_rows = 500

/** How many pushes are expected to fit a filter, and the filter as it was sent. */
export interface ExpectedPushes extends Range {
  readonly pushes: PushFilter
  readonly sent: unknown
}

/** How many came, and the ids of the newest, the newest first. */
export interface PushTally {
  readonly count: number
  readonly newest: readonly string[]
}

/** Counts the pushes that fit, in portions: others come between. */
export async function tallyPushes(
  { world, epoch, pushes }: { readonly world: string; readonly epoch: number } & ExpectedPushes,
  engine: Engine,
  hungUp: AbortSignal | undefined,
): Promise<PushTally> {
  const newest: string[] = []
  let count = 0
  let after: string | undefined
  while (!hungUp?.aborted && !engine.closing.aborted) {
    const real = engine.realNow()
    const rows = await engine.store.unit('verify.pushes', ({ db }) => {
      if (namedWorld(db, world, real)?.epoch !== epoch) return []
      return listPushes(db, { ...pushes, epoch, after, order: 'newest', limit: portion_rows })
    })
    count += rows.length
    newest.push(...rows.slice(0, told_max - newest.length).map(({ push }) => push))
    if (rows.length < portion_rows) break
    after = rows.at(-1)?.push
    await nextTurn()
  }
  return { count, newest }
}

/** Why so many are not what was expected, for people; undefined: they are. */
export function whyPushes(
  call: Call,
  expected: ExpectedPushes,
  { count, newest }: PushTally,
): string | undefined {
  if (count >= expected.min && count <= expected.max) return undefined
  const wanted = JSON.stringify(expected.sent)
  const said = `expected ${rangeText(expected)} with ${wanted}, and ${count} came`
  if (count === 0) {
    const lines = nearestPushes(call, expected.pushes).map((row) => differenceOf(row, expected))
    return linesOf(said, { title: 'what came nearest:', lines, none: 'there are no pushes at all' })
  }
  const rows = newest.flatMap((push) => findPush(call.db, call.world.epoch, push) ?? [])
  const lines = rows.map(lineOf)
  return linesOf(said, { title: 'came, the newest first:', lines, none: 'they are gone by now' })
}

function differenceOf(row: PushRow, { pushes }: ExpectedPushes): string {
  const differing = (['event', 'appid', 'openid', 'state'] as const).filter(
    (name) => pushes[name] !== undefined && pushes[name] !== row[name],
  )
  const why = differing.map((name) => `${name} is ${row[name]}, not ${pushes[name]}`).join('; ')
  return `${lineOf(row)}: ${why}`
}

/** One push in a line. */
function lineOf({ push, event, appid, openid, state, tries, created_at }: PushRow): string {
  return `${push} ${event} of ${openid} at ${appid}: ${state} after ${tries} tries (${toIso(created_at)})`
}
