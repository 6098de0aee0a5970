import { z } from 'zod'
import type { OfficialAccountRow } from '../../db/schema.ts'
import { within } from '../core/invoke.ts'
import { control_source, endpoint, problem } from '../core/problem.ts'
import { isRefusal, type Refusal } from '../core/refusal.ts'
import { chooseIndustries } from '../wechat/industry/choose.ts'
import { setIndustry } from '../wechat/industry/set.ts'
import { findIndustry } from '../wechat/industry.ts'
import { toIso } from '../world/clock.ts'
import { chooseOfficial } from './application/show.ts'
import { cleanText } from './field.ts'

const industry = z.object({ code: z.int(), first_class: z.string(), second_class: z.string() })

/** What TUPU's operator does in WeChat's console, by the decision of `api_set_industry`. */
export const setIndustries = endpoint({
  id: 'industry.set',
  methods: ['POST'],
  path: '/worlds/{world}/official-accounts/{appid}/industries',
  from: ['path', 'json'],
  summary: 'Set the two industries of an official account; templates of one that is left are lost',
  source: control_source,
  fidelity: 'documented',
  input: z.strictObject({
    world: z.string(),
    appid: cleanText,
    primary: z.int().describe('A code from 1 to 41.'),
    secondary: z.int().describe('Another one.'),
  }),
  answer: z.object({
    appid: z.string(),
    primary: industry,
    secondary: industry,
    since: z.iso.datetime().describe('When both were first set.'),
    templates_lost: z.array(z.string()),
  }),
  refusals: [404, 409, 422],
  example: {
    input: { world: 'default', appid: 'wx1234567890abcdef', primary: 2, secondary: 34 },
    answer: {
      appid: 'wx1234567890abcdef',
      primary: { code: 2, first_class: 'IT科技', second_class: 'IT软件与服务' },
      secondary: { code: 34, first_class: '商业服务', second_class: '中介服务' },
      since: '2026-01-05T01:00:00.000Z',
      templates_lost: [],
    },
  },
  async handle(call) {
    const { appid, primary, secondary } = call.input
    const official = await chooseOfficial(call, appid)
    if (isRefusal(official)) return official
    const at = { endpoint: setIndustry, caller: { account: official } }
    const chosen = await within(call, at, (inner) =>
      chooseIndustries(inner, official, { primary, secondary }),
    )
    if (isRefusal(chosen)) {
      call.steps.push(chosen.step)
      return asProblem(chosen, call.input)
    }
    const { account, lost } = chosen
    return {
      appid,
      primary: show(account.primary_industry),
      secondary: show(account.secondary_industry),
      since: toIso(account.industries_at ?? account.created_at),
      templates_lost: lost,
    }
  },
})

function show(code: OfficialAccountRow['primary_industry']): z.output<typeof industry> {
  const found = findIndustry(code ?? 0)
  if (!found) throw new Error(`an account has the industry ${code}, which there is not`)
  return { code: found.code, ...found.live }
}

/** WeChat's no in the words of the control API; its step says the rest. */
function asProblem(refusal: Refusal, asked: { primary: number; secondary: number }): Refusal {
  const reason = `WeChat answers ${refusal.code} ${refusal.text}`
  if (refusal.code === 43100) {
    const fix = 'advance the clock to the next Beijing month'
    return problem('conflict', { field: 'appid', reason, fix })
  }
  if (refusal.code === 48001) {
    const fix = 'call official_account.update with kind service and verified true'
    return problem('conflict', { field: 'appid', reason, fix })
  }
  const field = findIndustry(asked.primary) ? 'secondary' : 'primary'
  return problem('invalid_field', { field, reason, fix: 'give two different codes from 1 to 41' })
}
