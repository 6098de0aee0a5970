import { z } from 'zod'
import { endpoint } from '../core/control-endpoint.ts'
import { words } from '../core/field.ts'
import { within, withoutFaults } from '../core/invoke.ts'
import { problem } from '../core/problem.ts'
import { isRefusal, type Refusal } from '../core/refusal.ts'
import { chooseIndustry } from '../wechat/industry/endpoints.ts'
import { chooseIndustries, findIndustry, industries } from '../wechat/industry/industry.ts'
import { toIso } from '../world/clock.ts'
import { cleanText } from './field.ts'
import { chooseOfficial } from './official-account/official-account.ts'

/** An industry as WeChat answers it. */
export const industryShape = z.object({
  code: z.int(),
  first_class: z.string(),
  second_class: z.string(),
})

/** WeChat's console shows the table of industries; here it is. */
export const listIndustries = endpoint({
  id: 'industry.list',
  methods: ['GET'],
  path: '/industries',
  from: ['query'],
  summary: {
    en: "WeChat's industries: what industry.set takes, as get_industry spells them",
    zh: '微信的行业表：industry.set 可用的取值，写法与 get_industry 一致',
  },
  input: z.strictObject({}),
  answer: z.object({
    items: z.array(
      industryShape.extend({
        en: z
          .object({ first_class: z.string(), second_class: z.string() })
          .meta(words('Our translation.', '我们的翻译。')),
      }),
    ),
  }),
  example: { input: {} },
  handle: () => ({
    items: industries.map(({ code, live, en }) => ({ code, ...live, en: { ...en } })),
  }),
})

/** An industry of a code that an account has; null: it has none. */
export function industryResponse(code: number | null): z.output<typeof industryShape> | null {
  const found = findIndustry(code ?? 0)
  return found ? { code: found.code, ...found.live } : null
}

/** What TUPU's operator does in WeChat's console, by the decision of `api_set_industry`. */
export const setIndustry = endpoint({
  id: 'industry.set',
  methods: ['POST'],
  path: '/worlds/{world}/official-accounts/{appid}/industries',
  from: ['path', 'json'],
  summary: {
    en: 'Set the two industries of an official account; templates of a removed one are deleted',
    zh: '设置公众号的两个行业；离开某个行业，就失去它的模板',
  },
  input: z.strictObject({
    world: z.string(),
    appid: cleanText,
    primary: z.int().meta(words('A code from 1 to 41.', '1 到 41 的编号。')),
    secondary: z.int().meta(words('A different one.', '另一个编号。')),
  }),
  answer: z.object({
    appid: z.string(),
    primary: industryShape,
    secondary: industryShape,
    since: z.iso.datetime().meta(words('When both were first set.', '两个行业首次设好的时间。')),
    templates_lost: z.array(z.string()),
  }),
  refusals: [409],
  example: { input: { appid: '{acme.appid}', primary: 2, secondary: 34 } },
  handle(call) {
    const { appid, primary, secondary } = call.input
    const official = chooseOfficial(call, appid)
    if (isRefusal(official)) return official
    // It is chosen in WeChat's own console.
    const at = { endpoint: withoutFaults(chooseIndustry), caller: { account: official } }
    const chosen = within(call, at, (inner) =>
      chooseIndustries(inner, official, { primary, secondary }),
    )
    if (isRefusal(chosen)) {
      call.steps.push(chosen.step)
      return asProblem(chosen, call.input)
    }
    const { account, lost } = chosen
    return {
      appid,
      primary: industryResponse(account.primary_industry),
      secondary: industryResponse(account.secondary_industry),
      since: toIso(account.industries_at ?? account.created_at),
      templates_lost: lost,
    }
  },
})

/** WeChat's no in the words of the control API; its step says the rest. */
function asProblem(refusal: Refusal, input: { primary: number; secondary: number }): Refusal {
  const reason = `WeChat answers ${refusal.code} ${refusal.text}`
  if (refusal.code === 43100) {
    const fix = 'advance the clock to the next Beijing month'
    return problem('conflict', { field: 'appid', reason, fix })
  }
  if (refusal.code === 48001) {
    const fix = 'call official_account.update with kind service and verified true'
    return problem('conflict', { field: 'appid', reason, fix })
  }
  const field = findIndustry(input.primary) ? 'secondary' : 'primary'
  return problem('invalid_field', { field, reason, fix: 'give two different codes from 1 to 41' })
}
