import { z } from 'zod'
import { control_source, endpoint } from '../core/problem.ts'
import { findIndustry } from '../wechat/industry.ts'
import { type LibraryTemplate, templateLibrary } from '../wechat/template-library.ts'

const shown = z.object({
  template_id_short: z.string(),
  style: z.enum(['old', 'class']).describe('old: under the rules of 2014; class: of 2023.'),
  title: z.string(),
  industry: z.int().nullable().describe('Code of its industry; class templates have none.'),
  filed: z.string().describe('Its industry or service category.'),
  content: z.string().describe('Of a class template, with all keywords.'),
  keywords: z
    .array(z.object({ name: z.string(), values: z.array(z.string()).nullable() }))
    .describe('What keyword_name_list may take, and the approved values where there are such.'),
})

/** WeChat's console shows the library; here it is. */
export const listLibrary = endpoint({
  id: 'template_library.list',
  methods: ['GET'],
  path: '/template-library',
  from: ['query'],
  summary: "WeChat's template library: what api_add_template can add",
  source: control_source,
  fidelity: 'documented',
  input: z.strictObject({}),
  answer: z.object({ items: z.array(shown) }),
  refusals: [422],
  example: {
    input: {},
    answer: {
      items: [
        {
          template_id_short: 'TM00301',
          style: 'old',
          title: '考勤异常提醒',
          industry: 2,
          filed: 'IT科技 / IT软件与服务',
          content: '{{first.DATA}}\n员工：{{staff.DATA}}\n{{remark.DATA}}',
          keywords: [],
        },
      ],
    },
  },
  handle: async () => ({ items: templateLibrary.map(show) }),
})

function show(entry: LibraryTemplate): z.output<typeof shown> {
  const { template_id_short, style, title } = entry
  const names = style === 'old' ? findIndustry(entry.industry)?.live : entry.category
  const filed = `${names?.first_class} / ${names?.second_class}`
  if (style === 'old') {
    const { industry, content } = entry
    return { template_id_short, style, title, industry, filed, content, keywords: [] }
  }
  const content = entry.keywords.map(({ name, key }) => `${name}:{{${key}.DATA}}\n`).join('')
  const keywords = entry.keywords.map(({ name, values }) => {
    return { name, values: values ? [...values] : null }
  })
  return { template_id_short, style, title, industry: null, filed, content, keywords }
}
