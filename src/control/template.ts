import { z } from 'zod'
import type { OfficialAccountRow, TemplateRow } from '../../db/schema.ts'
import { findTemplate, listTemplates } from '../../db/template.ts'
import type { Call } from '../core/call.ts'
import { endpoint } from '../core/control-endpoint.ts'
import { type EarlierCall, reply } from '../core/endpoint.ts'
import { words } from '../core/field.ts'
import { useOneOf } from '../core/nearest.ts'
import { unknownName } from '../core/problem.ts'
import { isRefusal, type Refusal } from '../core/refusal.ts'
import type { DrawnLine } from '../core/shown.ts'
import { findIndustry } from '../wechat/industry/industry.ts'
import { readTemplate, renderTemplate } from '../wechat/template/content.ts'
import { type LibraryTemplate, templateLibrary } from '../wechat/template/library.ts'
import { changeTemplate, makeTemplate, type NewTemplate } from '../wechat/template/template.ts'
import { toIso } from '../world/clock.ts'
import { cleanText, nameText } from './field.ts'
import { chooseOfficial } from './official-account/official-account.ts'

/** A template's text: at least one placeholder. */
export const contentText = cleanText.regex(
  /\{\{\w+\.DATA\}\}/,
  'text with a placeholder such as {{first.DATA}}',
)

/**
 * The template by which a live account is born: one line for the message, then name, company and time. Under the rules of
 * 2014 the message may have 200 characters; in a class template of 2023 no keyword has more than 20.
 */
export const hiringTemplates: Readonly<Record<'2014' | '2023', NewTemplate>> = {
  '2014': {
    title: '入职通知',
    content:
      '{{first.DATA}}\n姓名：{{keyword1.DATA}}\n公司：{{keyword2.DATA}}\n时间：{{keyword3.DATA}}\n{{remark.DATA}}',
    example: '欢迎加入，请按时办理入职\n姓名：王小雨\n公司：晨光科技\n时间：2026年1月5日 09:00\n',
  },
  '2023': {
    title: '入职通知',
    content:
      '通知内容:{{thing1.DATA}}\n姓名:{{thing2.DATA}}\n公司:{{thing3.DATA}}\n时间:{{time4.DATA}}\n',
    example: '通知内容:请按时办理入职\n姓名:王小雨\n公司:晨光科技\n时间:2026年1月5日 09:00\n',
  },
}

/** A template as the console at WeChat shows it. */
export const templateShape = z.object({
  template_id: z.string(),
  title: z.string(),
  content: z.string(),
  example: z.string(),
  filed: z.string().meta(words('Its industry or service category.', '所属的行业或服务类目。')),
  state: z.enum(['active', 'disabled']),
  created_at: z.iso.datetime(),
})

export const createTemplate = endpoint({
  id: 'template.create',
  methods: ['POST'],
  path: '/worlds/{world}/official-accounts/{appid}/templates',
  from: ['path', 'json'],
  summary: {
    en: "Create a template without an application, as in WeChat's sandbox",
    zh: '不经申请就建一个模板，如同微信的测试号',
  },
  status: 201,
  input: z.strictObject({
    world: z.string(),
    appid: cleanText,
    title: nameText,
    content: contentText,
    example: cleanText.default(''),
  }),
  answer: z.object({
    template_id: z.string(),
    title: z.string(),
    content: z.string(),
    example: z.string(),
  }),
  example: {
    input: { appid: '{acme.appid}', title: '面试邀请通知', content: '职位:{{thing1.DATA}}\n' },
  },
  handle(call) {
    const { title, content, example, appid } = call.input
    const official = chooseOfficial(call, appid)
    if (isRefusal(official)) return official
    const { template_id } = makeTemplate(call, official, { title, content, example })
    return reply(201, { template_id, title, content, example })
  },
})

const templatePlace = z.strictObject({
  world: z.string(),
  appid: cleanText,
  template_id: cleanText,
})

const templateStanding = z.object({
  template_id: z.string(),
  title: z.string(),
  state: z.enum(['active', 'disabled']),
})

const somebodysTemplate: EarlierCall = {
  call: 'template.create',
  input: { appid: '{acme.appid}', title: '通知', content: '{{first.DATA}}' },
  take: { template_id: 'template_id' },
}

export const disableTemplate = endpoint({
  id: 'template.disable',
  methods: ['POST'],
  path: '/worlds/{world}/official-accounts/{appid}/templates/{template_id}/disable',
  from: ['path', 'json'],
  summary: {
    en: 'Disable a template as WeChat: it is no longer listed, and sends with it are answered with 40037',
    zh: '让微信封禁一个模板：不再列出，用它发送会得到 40037',
  },
  input: templatePlace,
  answer: templateStanding,
  example: {
    input: { appid: '{acme.appid}', template_id: '{template_id}' },
    after: [somebodysTemplate],
  },
  handle: (call) => standAs(call, 'disabled'),
})

export const enableTemplate = endpoint({
  id: 'template.enable',
  methods: ['POST'],
  path: '/worlds/{world}/official-accounts/{appid}/templates/{template_id}/enable',
  from: ['path', 'json'],
  summary: {
    en: 'Restore a disabled template as WeChat: it is listed and can be used again',
    zh: '让微信恢复被封禁的模板：重新列出，可以用它发送',
  },
  input: templatePlace,
  answer: templateStanding,
  example: {
    input: { appid: '{acme.appid}', template_id: '{template_id}' },
    after: [
      somebodysTemplate,
      {
        call: 'template.disable',
        input: { appid: '{acme.appid}', template_id: '{template_id}' },
      },
    ],
  },
  handle: (call) => standAs(call, 'active'),
})

function standAs(
  call: Call<unknown, z.output<typeof templatePlace>>,
  state: TemplateRow['state'],
): z.output<typeof templateStanding> | Refusal {
  const { db, world, input } = call
  const { appid, template_id } = input
  const official = chooseOfficial(call, appid)
  if (isRefusal(official)) return official
  const template = findTemplate(db, world.epoch, template_id)
  if (template?.appid !== appid) return unknownTemplate(call, official, template_id)
  if (template.state !== state) changeTemplate(call, template, state)
  return { template_id, title: template.title, state }
}

function unknownTemplate(
  call: Pick<Call, 'db' | 'world' | 'endpoint'>,
  { appid }: OfficialAccountRow,
  template_id: string,
): Refusal {
  const ids = listTemplates(call.db, call.world.epoch, appid).map((row) => row.template_id)
  return unknownName(call, {
    field: 'template_id',
    reason: `the official account has no template ${template_id}`,
    fix: ids.length > 0 ? useOneOf(template_id, ids) : 'make one with template.create',
  })
}

/** A template's row as the control API describes it. */
export function templateResponse(row: TemplateRow): z.output<typeof templateShape> {
  const { template_id, title, content, example, state } = row
  const filed = [row.primary_industry, row.deputy_industry].filter(Boolean).join(' / ')
  return { template_id, title, content, example, filed, state, created_at: toIso(row.created_at) }
}

const libraryShape = z.object({
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
    .meta(words('For a class template, with all keywords.', '类目模板则带全部关键词。')),
  keywords: z
    .array(z.object({ name: z.string(), values: z.array(z.string()).nullable() }))
    .meta(
      words(
        'The keywords allowed in keyword_name_list, and the approved values, if any.',
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
    en: "WeChat's template library: the templates that api_add_template can add",
    zh: '微信的模板库：api_add_template 可以添加的模板',
  },
  input: z.strictObject({}),
  answer: z.object({ items: z.array(libraryShape) }),
  example: { input: {} },
  handle: () => ({ items: templateLibrary.map(libraryResponse) }),
})

function libraryResponse(entry: LibraryTemplate): z.output<typeof libraryShape> {
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

/** What a message by a template looks like under an account's rules, with the values of its example. */
export function previewOf(
  { content, example }: { readonly content: string; readonly example: string },
  rules: '2014' | '2023',
): { readonly line: string | null; readonly keywords: readonly DrawnLine[] } {
  const data = exampleValues(content, example)
  const { line, keywords, drawn = keywords } = renderTemplate({ content, data, rules })
  return { line, keywords: drawn }
}

/** The values that an example has in the places of a template; where it has none, the name of the place. */
export function exampleValues(content: string, example: string): ReadonlyMap<string, string> {
  const names = readTemplate(content).fields.map(({ name }) => name)
  const found = lineByLine(content, example)
  return new Map(names.map((name) => [name, found?.get(name) ?? `{${name}}`]))
}

/** An example repeats the template's lines with values in them; one that does not says nothing. */
function lineByLine(content: string, example: string): ReadonlyMap<string, string> | undefined {
  const lines = example.split('\n')
  const values = new Map<string, string>()
  for (const [i, line] of content.split('\n').entries()) {
    const parts = line.split(/\{\{([^{}.\s]+)\.DATA\}\}/)
    if (parts.length === 1) continue
    const read = readLine(parts, lines[i] ?? '')
    if (!read) return undefined
    for (const [name, value] of read) values.set(name, value)
  }
  return values
}

/** `parts`: fixed text and names by turns. Undefined: the line does not fit. */
function readLine(parts: readonly string[], line: string): [string, string][] | undefined {
  const [before = '', ...rest] = parts
  if (!line.startsWith(before)) return undefined
  const values: [string, string][] = []
  let at = before.length
  for (let i = 0; i < rest.length; i += 2) {
    const [name = '', fixed = ''] = rest.slice(i, i + 2)
    const isLast = i + 2 >= rest.length
    const end = isLast ? line.length - fixed.length : line.indexOf(fixed || ' ', at)
    if (end < at || (isLast && !line.endsWith(fixed))) return undefined
    values.push([name, line.slice(at, end)])
    at = end + fixed.length
  }
  return values
}
