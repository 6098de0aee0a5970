import { z } from 'zod'
import { endpoint } from '../core/control-endpoint.ts'
import { words } from '../core/field.ts'
import { tupuErrors } from '../tupu/errors.ts'
import { wechatEntries } from '../tupu/gateway/local.ts'
import { later_mobiles, magicMobiles } from '../tupu/message/magic.ts'

/** The mobiles that need no set-up and no registration, and what each makes a send answer. */
export const listMagic = endpoint({
  id: 'magic.list',
  methods: ['GET'],
  path: '/magic',
  from: ['query'],
  summary: {
    en: 'The magic mobiles. Never use them with a live SMS gateway: 199 is a real range',
    zh: '全部魔法手机号。连着真实短信网关时切勿使用：199 是真实号段',
  },
  input: z.strictObject({}),
  answer: z.object({
    items: z.array(
      z.object({
        mobile: z.string(),
        errcode: z.int().nullable().meta(words('Null: there is no answer.', 'null：没有应答。')),
        errmsg: z.string().nullable(),
        en: z.string(),
        zh: z.string(),
      }),
    ),
  }),
  example: { input: {} },
  handle: () => ({
    items: [...magicMobiles([...tupuErrors.values(), ...wechatEntries()]), ...later_mobiles],
  }),
})
