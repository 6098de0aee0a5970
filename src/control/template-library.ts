import { z } from 'zod'
import { endpoint } from '../core/control-endpoint.ts'
import { words } from '../core/field.ts'
import { findIndustry } from '../wechat/industry/industry.ts'
import { type LibraryTemplate, templateLibrary } from '../wechat/template/library.ts'

const shown = z.object({
  template_id_short: z.string(),
  style: z
    .enum(['old', 'class'])
    .meta(
      words(
        'old: under the rules of 2014; class: of 2023.',
        'old：2014 年的规则；class：2023 年的规则。',
      ),
    ),
  title: z.string(),
  industry: z
    .int()
    .nullable()
    .meta(
      words('Code of its industry; class templates have none.', '所属行业的编号；类目模板没有。'),
    ),
  filed: z.string().meta(words('Its industry or service category.', '所属的行业或服务类目。')),
  content: z
    .string()
    .meta(words('Of a class template, with all keywords.', '类目模板则带全部关键词。')),
  keywords: z
    .array(z.object({ name: z.string(), values: z.array(z.string()).nullable() }))
    .meta(
      words(
        'What keyword_name_list may take, and the approved values where there are such.',
        'keyword_name_list 可以选用的关键词，以及已核准的取值（如有）。',
      ),
    ),
})

/** WeChat's console shows the library; here it is. */
export const listTemplateLibrary = endpoint({
  id: 'template_library.list',
  methods: ['GET'],
  path: '/template-library',
  from: ['query'],
  summary: {
    en: "WeChat's template library: what api_add_template can add",
    zh: '微信的模板库：api_add_template 可以添加的模板',
  },
  input: z.strictObject({}),
  answer: z.object({ items: z.array(shown) }),
  example: { input: {} },
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
