import { z } from 'zod'
import { control_source, endpoint } from '../core/problem.ts'
import { tupuErrors } from '../tupu/errors.ts'
import { wechatEntries } from '../tupu/gateway/text.ts'
import { magicMobiles } from '../tupu/magic.ts'

/** The mobiles that need no set-up and no registration, and what each makes a send answer. */
export const listMagic = endpoint({
  id: 'magic.list',
  methods: ['GET'],
  path: '/magic',
  from: ['query'],
  summary: 'The magic mobiles. Never use them with a live SMS gateway: 199 is a real range',
  source: control_source,
  fidelity: 'documented',
  input: z.strictObject({}),
  answer: z.object({
    items: z.array(
      z.object({
        mobile: z.string(),
        errcode: z.int(),
        errmsg: z.string(),
        en: z.string(),
        zh: z.string(),
      }),
    ),
  }),
  refusals: [422],
  example: {
    input: {},
    answer: {
      items: [
        {
          mobile: '19900100011',
          errcode: 100011,
          errmsg: 'no openid for this mobile',
          en: 'nobody registered it',
          zh: '没有人登记过',
        },
      ],
    },
  },
  handle: async () => ({ items: magicMobiles([...tupuErrors.values(), ...wechatEntries()]) }),
})
