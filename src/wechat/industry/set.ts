import { z } from 'zod'
import { says } from '../../core/field.ts'
import { isRefusal } from '../../core/refusal.ts'
import { endpoint, ok } from '../endpoint.ts'
import { chooseIndustries } from './choose.ts'

/** SDKs send texts or bare numbers; nothing and an empty text are the same. */
function industryId(description: string) {
  const schema = z.union([z.string(), z.number()]).nullish().describe(description)
  return says(schema, { missing: 40103, type: 40102, invalid: 40102 })
}

/** Sets the account's industries; templates of an industry that is left are lost. */
export const setIndustry = endpoint({
  id: 'industry.choose',
  methods: ['POST'],
  path: '/cgi-bin/template/api_set_industry',
  from: ['json'],
  summary: 'Set the industries of the account',
  source:
    'developers.weixin.qq.com: setIndustry; one id alone, the month and a form from field reports',
  fidelity: 'documented',
  credential: 'access_token',
  permission: 'template library',
  input: z.object({
    industry_id1: industryId('A code from 1 to 41, as text or number.'),
    industry_id2: industryId('Another one.'),
  }),
  answer: z.object({ errcode: z.literal(0), errmsg: z.literal('ok') }),
  refusals: [43002, 41001, 40001, 43003, 42001, 48001, 44002, 47001, 40103, 40102, 43100],
  example: { input: { industry_id1: '2', industry_id2: '34' }, answer: ok },
  async handle(call) {
    const { caller, input } = call
    const primary = codeOf(input.industry_id1)
    const secondary = codeOf(input.industry_id2)
    const chosen = await chooseIndustries(call, caller.account, { primary, secondary })
    return isRefusal(chosen) ? chosen : ok
  },
})

/** What no code is becomes one that no industry has. */
function codeOf(value: string | number | null | undefined): number | undefined {
  if (value === null || value === undefined || value === '') return undefined
  return /^\d{1,9}$/.test(String(value)) ? Number(value) : 0
}
