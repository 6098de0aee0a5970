import { z } from 'zod'
import type { OfficialAccountRow } from '../../../db/schema.ts'
import { errcodes, words } from '../../core/field.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { endpoint, ok, refuse } from '../endpoint.ts'
import { isFull, makeTemplate, type NewTemplate, templates_max } from '../template.ts'
import {
  findLibraryTemplate,
  isOldNumber,
  type LibraryTemplate,
  takeClass,
  takeOld,
} from '../template-library.ts'

/** Gives the account a template of the library. The order of the checks is our inference. */
export const addTemplate = endpoint({
  id: 'template.add',
  methods: ['POST'],
  path: '/cgi-bin/template/api_add_template',
  from: ['json'],
  summary: { en: 'Add a template of the library', zh: '从模板库添加模板' },
  source: {
    en: 'developers.weixin.qq.com: addTemplate; codes from field reports, their order is ours',
    zh: 'developers.weixin.qq.com: addTemplate；错误码来自使用者的报告，先后顺序是我们定的',
  },
  fidelity: 'documented',
  credential: 'access_token',
  permission: 'template library',
  input: z.object({
    template_id_short: errcodes(
      z
        .string()
        .meta(
          words(
            'Number in the library; template_library.list shows all.',
            '模板库中的编号；template_library.list 列出全部。',
          ),
        ),
      { missing: 40037, type: 40037, invalid: 40037 },
    ),
    keyword_name_list: z
      .unknown()
      .optional()
      .meta({ type: 'array', items: { type: 'string' } })
      .meta(
        words(
          'Of a class template, the names of the keywords to take, in their order.',
          '类目模板要选用的关键词名称，按顺序。',
        ),
      ),
  }),
  answer: z.object({
    errcode: z.literal(0),
    errmsg: z.literal('ok'),
    template_id: z.string(),
  }),
  refusals: [40037, 40247, 40246, 45027, 45026],
  example: { input: { template_id_short: 'OPENTM410000101' } },
  async handle(call) {
    const { caller, input, steps } = call
    const { account } = caller
    const entry = findEntry(account, input.template_id_short)
    if (isRefusal(entry)) return entry
    steps.push('library.known')
    const taken = take(entry, input.keyword_name_list)
    if (isRefusal(taken)) return taken
    const no = refuseIndustry(account, entry)
    if (no) return no
    steps.push('library.industry')
    if (await isFull(call, account.appid)) {
      return refuse(45026, { rule: 'template.count', expected: `fewer than ${templates_max}` })
    }
    steps.push('template.count')
    const { template_id } = await makeTemplate(call, account, taken)
    return { ...ok, template_id }
  },
})

/** Before the move to service categories there was the old library alone, after it there is the new one alone. */
function findEntry(
  { appid, rules }: OfficialAccountRow,
  template_id_short: string,
): LibraryTemplate | Refusal {
  const actual = template_id_short
  if (rules === '2023' && isOldNumber(template_id_short)) {
    return refuse(40247, {
      rule: 'library.open',
      actual,
      expected: 'a number of the library of today, digits alone',
      fix: { call: 'official_account.update', input: { appid, rules: '2014' } },
    })
  }
  const entry = findLibraryTemplate(template_id_short)
  if (entry && (entry.style === 'class') === (rules === '2023')) return entry
  const expected = `a number of the library under the rules of ${rules}`
  return refuse(40037, { rule: 'library.known', actual, expected })
}

function take(entry: LibraryTemplate, list: unknown): NewTemplate | Refusal {
  if (entry.style === 'old') return takeOld(entry)
  const isList = Array.isArray(list) && list.length > 0
  const taken = isList ? takeClass(entry, list.map(String)) : undefined
  if (taken) return taken
  return refuse(40246, {
    rule: 'library.keywords',
    actual: list ?? null,
    expected: entry.keywords.map(({ name }) => name),
  })
}

/** Class templates follow service categories, which this simulator gives to every account. */
function refuseIndustry(account: OfficialAccountRow, entry: LibraryTemplate): Refusal | undefined {
  if (entry.style === 'class') return undefined
  const { primary_industry, secondary_industry } = account
  if (entry.industry === primary_industry || entry.industry === secondary_industry) return undefined
  return refuse(45027, {
    rule: 'library.industry',
    row: { primary_industry, secondary_industry },
    actual: entry.industry,
    expected: 'a template of one of the two industries',
  })
}
