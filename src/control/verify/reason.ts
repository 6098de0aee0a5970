import { type Exchange, listExchangesBy } from '../../../db/exchange.ts'
import type { Call } from '../../core/call.ts'
import { decidingStep, ruleOf } from '../../core/deciding.ts'
import { maskUrl } from '../../journal/mask.ts'
import { toIso } from '../../world/clock.ts'
import type { Step } from '../../world/step.ts'
import type { Filter } from '../exchange/filter.ts'
import { errcodeOf } from '../exchange/match.ts'
import { nearestExchanges } from '../wait/exchange.ts'

/** What an exchange must fit, as it is looked for and as it was sent. */
export interface Wanted {
  readonly filter: Filter
  readonly sent: unknown
}

/** How many are expected. */
export interface Range {
  readonly min: number
  readonly max: number
}

/** How many exchanges are expected to fit. */
export interface ExpectedCount extends Range {
  readonly wanted: Wanted
}

/** What was found in the journal: how many, and the numbers of the newest, the newest first. */
export interface Tally {
  readonly count: number
  readonly seqs: readonly number[]
}

/** Why so many are not what was expected, for people; undefined: they are. */
export function whyCount(call: Call, expected: ExpectedCount, tally: Tally): string | undefined {
  const { wanted, min, max } = expected
  const { count, seqs } = tally
  if (count >= min && count <= max) return undefined
  const said = `expected ${rangeText(expected)} with ${JSON.stringify(wanted.sent)}, and ${count} came`
  if (count > 0)
    return linesOf(said, {
      title: 'came, the newest first:',
      lines: exchangesOf(call, seqs).map(lineOf),
      none,
    })
  return linesOf(said, { title: 'what came nearest:', lines: nearestLines(call, wanted), none })
}

/** A range in words. */
export function rangeText({ min, max }: Range): string {
  if (min === max) return `exactly ${min}`
  if (max === Number.POSITIVE_INFINITY) return `at least ${min}`
  return min === 0 ? `at most ${max}` : `${min} to ${max}`
}

/** Why the calls did not come in this order; undefined: they did. Of the last ones of them `tally` has the numbers. */
export function whyOrder(
  call: Call,
  expected: readonly Wanted[],
  { count, seqs }: Tally,
): string | undefined {
  const missing = expected[expected.length - 1 - count]
  if (!missing) return undefined
  const place = expected.length - count
  const next = seqs.at(-1)
  const where = next === undefined ? '' : ` before #${next}`
  const said = `expected ${expected.length} calls in order, and number ${place}, ${JSON.stringify(missing.sent)}, did not come${where}`
  const came = exchangesOf(call, seqs).map((row, i) => `${expected.length - i}. ${lineOf(row)}`)
  const after = came.length === 0 ? [] : ['what came after it:', ...came.toReversed()]
  const nearest = { title: 'what came nearest:', lines: nearestLines(call, missing), none }
  return [linesOf(said, nearest), ...after].join('\n')
}

const none = 'there are no calls at all'

/** A sentence with lines under a title; `none`: what is said where there are no lines. */
export function linesOf(
  said: string,
  under: { readonly title: string; readonly lines: readonly string[]; readonly none: string },
): string {
  const { title, lines } = under
  return lines.length === 0 ? `${said}; ${under.none}` : [said, title, ...lines].join('\n')
}

function exchangesOf({ db, world }: Call, seqs: readonly number[]): Exchange[] {
  return listExchangesBy(db, { epoch: world.epoch, seqs })
}

function nearestLines(call: Call, { filter, sent }: Wanted): string[] {
  return nearestExchanges(call, filter).map(({ row, others }) => {
    const reasons = others.map((name) => {
      const actual = actual_values[name]?.(row)
      const wanted = Object(sent)[name]
      return actual === undefined
        ? `${name} is not ${wanted}`
        : `${name} is ${actual}, not ${wanted}`
    })
    return `${lineOf(row)}: ${reasons.length === 0 ? 'it fits, but came later' : reasons.join('; ')}`
  })
}

/** What an exchange has of the filters that are one word of it. */
const actual_values: {
  readonly [F in keyof Filter]?: (row: Exchange) => string | number | undefined
} = {
  surface: ({ surface }) => surface,
  endpoint: ({ endpoint }) => (endpoint === '' ? 'none' : endpoint),
  direction: ({ direction }) => direction,
  status: ({ status }) => status,
  trace: ({ trace }) => trace,
  errcode: (row) => errcodeOf(row, row.response_body) ?? 'none',
  rule: ({ decision }) => ruleOf(decidingStep(decision as Step[])),
}

/** One exchange in a line. */
function lineOf({ seq, surface, endpoint, method, url, status, at }: Exchange): string {
  const address = maskUrl(url, { reveal: false })
  return `#${seq} ${[surface, endpoint].join(' ').trim()} ${method} ${address} → ${status} (${toIso(at)})`
}
