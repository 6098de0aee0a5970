import { z } from 'zod'
import { everywhere, listHits } from '../../../db/coverage.ts'
import type { Db } from '../../../db/unit.ts'
import { findWorld } from '../../../db/world.ts'
import { endpoint } from '../../core/control-endpoint.ts'
import {
  type CoverageReport,
  coverageShape,
  coverageText,
  reportOf,
} from '../../core/coverage-report.ts'
import { pending, type Reply, reply } from '../../core/endpoint.ts'
import { words } from '../../core/field.ts'
import { unknownName } from '../../core/problem.ts'
import { unknownWorld } from '../../core/unknown-world.ts'
import { type Lang, langs } from '../../page/language.ts'
import { lazyViews } from '../../page/lazy-views.ts'
import { langOfRequest, pageReply } from '../../page/reply.ts'
import { catalogue } from './catalogue.ts'

const page = lazyViews(() => import('./page.ts'))

/** What platforms have met, in a world since it was made, or in all worlds that there are and were. */
export const getCoverage = endpoint({
  id: 'coverage.get',
  methods: ['GET'],
  path: '/coverage',
  from: ['query'],
  summary: {
    en: 'The outcomes a platform must handle that were met, and how often, across resets',
    zh: '平台必须处理的结果中遇到过哪些、各多少次（重置不清零）',
  },
  input: z.strictObject({
    world: z
      .string()
      .optional()
      .meta(
        words(
          'Hits in this world since its creation. Default: in all worlds, past and present.',
          '只计此世界自创建以来的次数；不填：所有世界，包括已结束的。',
        ),
      ),
    format: z
      .enum(['json', 'text', 'html'])
      .default('json')
      .meta(words('text: a table; html: a web page.', 'text：表格；html：可张贴的页面。')),
    lang: z.enum(langs).optional().meta(words('The language of the advice.', '建议所用的语言。')),
  }),
  formats: ['text/plain', 'text/html'],
  answer: coverageShape,
  example: { input: { lang: 'en' } },
  before(call) {
    const { address, db, input } = call
    const world = address.world ?? input.world
    if (world !== undefined && !findWorld(db, world)) {
      return unknownName(call, unknownWorld(db, world))
    }
    return pending({ world, format: input.format })
  },
  /** What this process has counted must be in the database first. */
  async outside({ format }, { outcomes }) {
    if (format === 'html') await page.load()
    await outcomes.write()
  },
  after({ db, request }, { world, format }): CoverageReport | Reply {
    const lang = langOfRequest(request, 'en')
    const hits = hitsOf(db, world)
    if (format === 'html') return pageReply(page().coveragePage(lang, { world, hits }))
    const report = coverageOf(hits, lang)
    if (format === 'json') return report
    return { ...reply(200, coverageText(report)), type: 'text/plain; charset=utf-8' }
  },
})

/** How often each outcome was met, as far as it was. */
export function hitsOf(db: Db, world: string | undefined): ReadonlyMap<string, number> {
  return new Map(listHits(db, world ?? everywhere).map(({ outcome, hits }) => [outcome, hits]))
}

function coverageOf(hits: ReadonlyMap<string, number>, lang: Lang): CoverageReport {
  return reportOf(
    catalogue.map(({ outcome, advice }) => {
      return { outcome, hits: hits.get(outcome) ?? 0, advice: advice[lang] }
    }),
  )
}
