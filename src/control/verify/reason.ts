import { type Exchange, listExchangesBy } from '../../../db/exchange.ts'
import type { Call } from '../../core/call.ts'
import { maskUrl } from '../../journal/mask.ts'
import { toIso } from '../../world/clock.ts'
import { type ExchangeFilters, exchangeFacts } from '../exchange.ts'
import { givenFilters, nearestExchanges } from '../wait/exchange.ts'

/** How many exchanges are expected to fit some filters. */
export interface ExpectedCount {
  readonly filters: ExchangeFilters
  readonly min: number
  readonly max: number
}

/** What was found in the journal: how many, and the numbers of the newest, the newest first. */
export interface Tally {
  readonly count: number
  readonly seqs: readonly number[]
}

/** Why so many are not what was expected, for people; undefined: they are. */
export function whyCount(call: Call, expected: ExpectedCount, tally: Tally): string | undefined {
  const { filters, min, max } = expected
  const { count, seqs } = tally
  if (count >= min && count <= max) return undefined
  const said = `expected ${rangeText(expected)} with ${JSON.stringify(filters)}, and ${count} came`
  if (count > 0)
    return linesOf(said, 'came, the newest first:', exchangesOf(call, seqs).map(lineOf))
  return linesOf(said, 'what came nearest:', nearestLines(call, filters))
}

function rangeText({ min, max }: ExpectedCount): string {
  if (min === max) return `exactly ${min}`
  if (max === Number.POSITIVE_INFINITY) return `at least ${min}`
  return min === 0 ? `at most ${max}` : `${min} to ${max}`
}

/** Why the calls did not come in this order; undefined: they did. Of the last ones of them `tally` has the numbers. */
export function whyOrder(
  call: Call,
  expected: readonly ExchangeFilters[],
  { count, seqs }: Tally,
): string | undefined {
  const missing = expected[expected.length - 1 - count]
  if (!missing) return undefined
  const place = expected.length - count
  const next = seqs.at(-1)
  const where = next === undefined ? '' : ` before #${next}`
  const said = `expected ${expected.length} calls in order, and number ${place}, ${JSON.stringify(missing)}, did not come${where}`
  const came = exchangesOf(call, seqs).map((row, i) => `${expected.length - i}. ${lineOf(row)}`)
  const after = came.length === 0 ? [] : ['what came after it:', ...came.toReversed()]
  return [linesOf(said, 'what came nearest:', nearestLines(call, missing)), ...after].join('\n')
}

function linesOf(said: string, title: string, lines: readonly string[]): string {
  return lines.length === 0
    ? `${said}; there are no calls at all`
    : [said, title, ...lines].join('\n')
}

function exchangesOf({ db, world }: Call, seqs: readonly number[]): Exchange[] {
  return listExchangesBy(db, { epoch: world.epoch, seqs })
}

function nearestLines({ db, world }: Call, filters: ExchangeFilters): string[] {
  return nearestExchanges(db, world.epoch, filters).map((row) => {
    const others = givenFilters(filters)
      .map((name) => ({ name, actual: exchangeFacts[name](row), wanted: filters[name] }))
      .filter(({ actual, wanted }) => actual !== wanted)
      .map(({ name, actual, wanted }) => `${name} is ${actual}, not ${wanted}`)
    return `${lineOf(row)}: ${others.length === 0 ? 'it fits, but came later' : others.join('; ')}`
  })
}

/** One exchange in a line. */
function lineOf({ seq, surface, endpoint, method, url, status, at }: Exchange): string {
  const address = maskUrl(url, { reveal: false })
  return `#${seq} ${[surface, endpoint].join(' ').trim()} ${method} ${address} → ${status} (${toIso(at)})`
}
