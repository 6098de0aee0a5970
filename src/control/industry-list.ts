import { z } from 'zod'
import { control_source, endpoint } from '../core/problem.ts'
import { findIndustry, industries } from '../wechat/industry.ts'

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
  summary: "WeChat's industries: what industry.set takes, as get_industry spells them",
  source: control_source,
  fidelity: 'documented',
  input: z.strictObject({}),
  answer: z.object({
    items: z.array(
      shownIndustry.extend({
        en: z
          .object({ first_class: z.string(), second_class: z.string() })
          .describe('Our translation.'),
      }),
    ),
  }),
  refusals: [422],
  example: {
    input: {},
    answer: {
      items: [
        {
          code: 2,
          first_class: 'IT科技',
          second_class: 'IT软件与服务',
          en: { first_class: 'IT', second_class: 'IT Software and Services' },
        },
      ],
    },
  },
  handle: async () => ({
    items: industries.map(({ code, live, en }) => ({ code, ...live, en: { ...en } })),
  }),
})

/** An industry of a code that an account has; null: it has none. */
export function showIndustry(code: number | null): z.output<typeof shownIndustry> | null {
  const found = findIndustry(code ?? 0)
  return found ? { code: found.code, ...found.live } : null
}
