import { z } from 'zod'
import { listApplications } from '../../db/application.ts'
import type { OfficialAccountRow, TemplateRow } from '../../db/schema.ts'
import { listTemplates } from '../../db/template.ts'
import { endpoint } from '../core/control-endpoint.ts'
import { words } from '../core/field.ts'
import { isRefusal } from '../core/refusal.ts'
import { toIso } from '../world/clock.ts'
import { chooseOfficial, showApplication, shownApplication } from './application/show.ts'
import { cleanText } from './field.ts'
import { showIndustry, shownIndustry } from './industry-list.ts'
import { shownOfficial, showOfficial } from './official-account.ts'

const shownTemplate = z.object({
  template_id: z.string(),
  title: z.string(),
  content: z.string(),
  example: z.string(),
  filed: z
    .string()
    .meta(words('The industry or service category under which it is.', '所属的行业或服务类目。')),
  state: z.enum(['active', 'disabled']),
  created_at: z.iso.datetime(),
})

/** An official account with everything that its console at WeChat shows. */
export const shownWholeOfficial = shownOfficial.extend({
  name: z.string(),
  industries: z.object({
    primary: shownIndustry.nullable(),
    secondary: shownIndustry.nullable(),
    since: z.iso
      .datetime()
      .nullable()
      .meta(words('When both were first set.', '两个行业首次设好的时间。')),
    changed_in: z
      .string()
      .nullable()
      .meta(
        words(
          'The Beijing month of the latest change: 2026-01.',
          '最近一次修改所在的北京时间月份：2026-01。',
        ),
      ),
  }),
  templates: z.array(shownTemplate).meta(words('Those that it has lost too.', '包括已经失去的。')),
  applications: z
    .array(shownApplication)
    .meta(
      words(
        'As they stand: for WeChat, this is no look at them.',
        '当前的样子：在微信看来，这不算查看一次。',
      ),
    ),
})

export const getOfficialAccount = endpoint({
  id: 'official_account.get',
  methods: ['GET'],
  path: '/worlds/{world}/official-accounts/{appid}',
  from: ['path'],
  summary: {
    en: "WeChat's side of a customer, with industries, templates and applications",
    zh: '客户在微信一侧的公众号，含行业、模板和模板申请',
  },
  input: z.strictObject({ world: z.string(), appid: cleanText }),
  answer: shownWholeOfficial,
  example: { input: { appid: '{acme.appid}' } },
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
