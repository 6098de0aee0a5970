import { type CoverageFacts, CoveragePage, type OutcomeGroup } from '../../../views/coverage.tsx'
import type { Site } from '../../../views/site/props.ts'
import { groupOf, reportOf } from '../../core/coverage-report.ts'
import { frameOf, html } from '../../page/frame.ts'
import type { Lang } from '../../page/language.ts'
import { catalogue, type Outcome } from './catalogue.ts'

/** What was met, by outcome, in a world or in all of them. */
export interface Met {
  readonly world: string | undefined
  readonly hits: ReadonlyMap<string, number>
  /** The frame of the page; left out: it stands alone. */
  readonly site?: Site
}

/** The page to hang on the wall. */
export function coveragePage(lang: Lang, met: Met): string {
  const { site } = met
  return html(CoveragePage({ frame: frameOf(lang), site, facts: factsOf(lang, met) }))
}

function factsOf(lang: Lang, { world, hits }: Met): CoverageFacts {
  const hitsOf = ({ outcome }: Outcome) => hits.get(outcome) ?? 0
  const { met, of, percent } = reportOf(
    catalogue.map((one) => ({ outcome: one.outcome, hits: hitsOf(one), advice: '' })),
  )
  const groups = new Map<string, OutcomeGroup['outcomes'][number][]>()
  for (const one of catalogue) {
    const group = groupOf(one.outcome)
    const { text, mobile } = one
    const tile = {
      name: one.outcome.slice(group.length + 1),
      ...{ text, mobile, hits: hitsOf(one), advice: one.advice[lang], how: one.how?.[lang] },
    }
    groups.set(group, [...(groups.get(group) ?? []), tile])
  }
  const listed = [...groups].map(([group, outcomes]) => ({ group, outcomes }))
  return { world, met, of, percent, groups: listed }
}
