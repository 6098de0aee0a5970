import { z } from 'zod'
import { listApplications } from '../../db/application.ts'
import type { OfficialAccountRow, TemplateRow } from '../../db/schema.ts'
import { listTemplates } from '../../db/template.ts'
import { control_source, endpoint } from '../core/problem.ts'
import { isRefusal } from '../core/refusal.ts'
import { toIso } from '../world/clock.ts'
import {
  chooseOfficial,
  exampleApplication,
  showApplication,
  shownApplication,
} from './application/show.ts'
import { cleanText } from './field.ts'
import { showIndustry, shownIndustry } from './industry-list.ts'
import { exampleOfficial, shownOfficial, showOfficial } from './official-account.ts'

const shownTemplate = z.object({
  template_id: z.string(),
  title: z.string(),
  content: z.string(),
  example: z.string(),
  filed: z.string().describe('The industry or service category under which it is.'),
  state: z.enum(['active', 'disabled']),
  created_at: z.iso.datetime(),
})

/** An official account with everything that its console at WeChat shows. */
export const shownWholeOfficial = shownOfficial.extend({
  name: z.string(),
  industries: z.object({
    primary: shownIndustry.nullable(),
    secondary: shownIndustry.nullable(),
    since: z.iso.datetime().nullable().describe('When both were first set.'),
    changed_in: z.string().nullable().describe('The Beijing month of the latest change: 2026-01.'),
  }),
  templates: z.array(shownTemplate).describe('Those that it has lost too.'),
  applications: z
    .array(shownApplication)
    .describe('As they stand: for WeChat, this is no look at them.'),
})

export const getOfficialAccount = endpoint({
  id: 'official_account.get',
  methods: ['GET'],
  path: '/worlds/{world}/official-accounts/{appid}',
  from: ['path'],
  summary: "WeChat's side of a customer, with industries, templates and applications",
  source: control_source,
  fidelity: 'documented',
  input: z.strictObject({ world: z.string(), appid: cleanText }),
  answer: shownWholeOfficial,
  refusals: [404, 422],
  example: {
    input: { world: 'default', appid: exampleOfficial.appid },
    answer: {
      ...exampleOfficial,
      name: '晨光科技',
      industries: {
        primary: { code: 2, first_class: 'IT科技', second_class: 'IT软件与服务' },
        secondary: { code: 34, first_class: '商业服务', second_class: '中介服务' },
        since: '2026-01-05T01:00:00.000Z',
        changed_in: null,
      },
      templates: [],
      applications: [exampleApplication],
    },
  },
  async handle(call) {
    const { db, world, input } = call
    const official = await chooseOfficial(call, input.appid)
    if (isRefusal(official)) return official
    const { appid } = official
    const templates = await listTemplates(db, world.epoch, appid)
    const applications = await listApplications(db, world.epoch, appid)
    return {
      ...showOfficial(official),
      name: official.name,
      industries: showIndustries(official),
      templates: templates.map(showTemplate),
      applications: applications.map(showApplication),
    }
  },
})

function showIndustries(official: OfficialAccountRow) {
  const { industries_at, industries_month, primary_industry, secondary_industry } = official
  return {
    primary: showIndustry(primary_industry),
    secondary: showIndustry(secondary_industry),
    since: industries_at === null ? null : toIso(industries_at),
    changed_in: industries_month,
  }
}

function showTemplate(row: TemplateRow): z.output<typeof shownTemplate> {
  const { template_id, title, content, example, state } = row
  const filed = [row.primary_industry, row.deputy_industry].filter(Boolean).join(' / ')
  return { template_id, title, content, example, filed, state, created_at: toIso(row.created_at) }
}
