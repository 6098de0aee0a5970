import { z } from 'zod'
import { endpoint } from '../core/control-endpoint.ts'
import { words } from '../core/field.ts'
import { findIndustry, industries } from '../wechat/industry/industry.ts'

/** An industry as WeChat answers it. */
export const shownIndustry = z.object({
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
      shownIndustry.extend({
        en: z
          .object({ first_class: z.string(), second_class: z.string() })
          .meta(words('Our translation.', '我们的翻译。')),
      }),
    ),
  }),
  example: { input: {} },
  handle: async () => ({
    items: industries.map(({ code, live, en }) => ({ code, ...live, en: { ...en } })),
  }),
})

/** An industry of a code that an account has; null: it has none. */
export function showIndustry(code: number | null): z.output<typeof shownIndustry> | null {
  const found = findIndustry(code ?? 0)
  return found ? { code: found.code, ...found.live } : null
}
