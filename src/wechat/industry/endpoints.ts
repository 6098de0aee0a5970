import { z } from 'zod'
import { errcodes, words } from '../../core/field.ts'
import { isRefusal } from '../../core/refusal.ts'
import { endpoint, ok, okShape, refuse } from '../endpoint.ts'
import { chooseIndustries, liveName } from './industry.ts'

/** SDKs send texts or bare numbers; nothing and an empty text are the same. */
function industryId(description: ReturnType<typeof words>) {
  const schema = z.union([z.string(), z.number()]).nullish().meta(description)
  return errcodes(schema, { missing: 40103, type: 40102, invalid: 40102 })
}

/** Sets the account's industries; templates of an industry that is left are lost. */
export const chooseIndustry = endpoint({
  id: 'industry.choose',
  methods: ['POST'],
  path: '/cgi-bin/template/api_set_industry',
  from: ['json'],
  summary: { en: 'Set the industries of the account', zh: '设置公众号的行业' },
  source: {
    en: 'developers.weixin.qq.com: setIndustry; one id alone, the month and a form from field reports',
    zh: 'developers.weixin.qq.com: setIndustry；只给一个编号、每月一次和表单取自使用者的报告',
  },
  credential: 'access_token',
  permission: 'template library',
  // It then misses its fields (field reports of 40103).
  readAsEmpty: 'form',
  input: z.object({
    industry_id1: industryId(
      words('A code from 1 to 41, as text or number.', '1 到 41 的编号，文本或数字均可。'),
    ),
    industry_id2: industryId(words('A different one.', '另一个编号。')),
  }),
  answer: okShape,
  refusals: [40103, 40102, 43100],
  example: { input: { industry_id1: '2', industry_id2: '34' } },
  handle(call) {
    const { caller, input } = call
    const primary = codeOf(input.industry_id1)
    const secondary = codeOf(input.industry_id2)
    const chosen = chooseIndustries(call, caller.account, { primary, secondary })
    return isRefusal(chosen) ? chosen : ok
  },
})

/** What no code is becomes one that no industry has. */
function codeOf(value: string | number | null | undefined): number | undefined {
  if (value === null || value === undefined || value === '') return undefined
  return /^\d{1,9}$/.test(String(value)) ? Number(value) : 0
}

const industryName = z.object({ first_class: z.string(), second_class: z.string() })

/** The two industries of the account, in the spellings that the live service answers. */
export const getIndustry = endpoint({
  id: 'industry.get',
  methods: ['GET', 'POST'],
  path: '/cgi-bin/template/get_industry',
  from: ['query'],
  summary: { en: 'The industries of the account', zh: '公众号的行业' },
  source: 'developers.weixin.qq.com: getIndustry',
  credential: 'access_token',
  permission: 'template messages',
  input: z.object({}),
  answer: z.object({ primary_industry: industryName, secondary_industry: industryName }),
  refusals: [40102],
  example: { input: {} },
  handle({ caller }) {
    const { primary_industry, secondary_industry } = caller.account
    const primary = liveName(primary_industry)
    const secondary = liveName(secondary_industry)
    if (!primary || !secondary) {
      return refuse(40102, {
        rule: 'industries.set',
        row: { primary_industry, secondary_industry },
        expected: 'two industries',
      })
    }
    return { primary_industry: primary, secondary_industry: secondary }
  },
})
