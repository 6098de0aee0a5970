import { z } from 'zod'
import { words } from './field.ts'

/** Which outcomes of the catalogue a platform has met, and how often. */
export const coverageShape = z.object({
  met: z.int().meta(words('Outcomes that were met.', '至少遇到过一次的结果数。')),
  of: z.int().meta(words('All outcomes in the catalogue.', '目录中的结果总数。')),
  percent: z.int().meta(words('Rounded down.', '向下取整。')),
  outcomes: z.array(
    z.object({
      outcome: z
        .string()
        .meta(
          words(
            'Its group and name: `tupu.100011`, `receipt.user_block`.',
            '分组和名称：`tupu.100011`、`receipt.user_block`。',
          ),
        ),
      hits: z.int().nonnegative(),
      advice: z
        .string()
        .meta(words('What a good platform does in this case.', '好的平台此时应当怎么做。')),
    }),
  ),
})
export type CoverageReport = z.output<typeof coverageShape>
type CoveredOutcome = CoverageReport['outcomes'][number]

export function reportOf(outcomes: CoveredOutcome[]): CoverageReport {
  const met = outcomes.filter(({ hits }) => hits > 0).length
  const of = outcomes.length
  return { met, of, percent: of === 0 ? 0 : Math.floor((met * 100) / of), outcomes }
}

/** What several runs have met together, in the order of the first one that knows an outcome. */
export function mergeReports(reports: readonly CoverageReport[]): CoverageReport {
  const merged = new Map<string, CoveredOutcome>()
  for (const outcome of reports.flatMap(({ outcomes }) => outcomes)) {
    const hits = (merged.get(outcome.outcome)?.hits ?? 0) + outcome.hits
    merged.set(outcome.outcome, { ...outcome, hits })
  }
  return reportOf([...merged.values()])
}

/** The report as a table for a terminal, a blank line between groups. */
export function coverageText({ met, of, percent, outcomes }: CoverageReport): string {
  const name_length = Math.max(0, ...outcomes.map(({ outcome }) => outcome.length))
  const hits_length = Math.max(1, ...outcomes.map(({ hits }) => String(hits).length))
  const lines = outcomes.map(({ outcome, hits, advice }, i) => {
    const before = outcomes[i - 1]?.outcome
    const gap = before !== undefined && groupOf(before) === groupOf(outcome) ? '' : '\n'
    const count = (hits > 0 ? String(hits) : '-').padStart(hits_length)
    return `${gap}${hits > 0 ? '✓' : ' '} ${outcome.padEnd(name_length)}  ${count}  ${advice}\n`
  })
  return `${met} of ${of} outcomes met (${percent} %)\n${lines.join('')}`
}

/** What stands before the name of an outcome. */
export function groupOf(outcome: string): string {
  return outcome.slice(0, outcome.indexOf('.'))
}
