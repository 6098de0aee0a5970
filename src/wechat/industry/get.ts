import { z } from 'zod'
import { endpoint, refuse } from '../endpoint.ts'
import { findIndustry, type IndustryName } from '../industry.ts'

const industryName = z.object({ first_class: z.string(), second_class: z.string() })

/** The two industries of the account, in the spellings that the live service answers. */
export const getIndustry = endpoint({
  id: 'industry.get',
  methods: ['GET', 'POST'],
  path: '/cgi-bin/template/get_industry',
  from: ['query'],
  summary: { en: 'The industries of the account', zh: '公众号的行业' },
  source: 'developers.weixin.qq.com: getIndustry',
  fidelity: 'documented',
  credential: 'access_token',
  permission: 'template messages',
  input: z.object({}),
  answer: z.object({ primary_industry: industryName, secondary_industry: industryName }),
  refusals: [40102],
  example: { input: {} },
  async handle({ caller }) {
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

/** The names of an account's industry as the live service answers them; undefined: it has none. */
export function liveName(code: number | null): IndustryName | undefined {
  return code === null ? undefined : findIndustry(code)?.live
}
