import { z } from 'zod'
import { findOfficialAccount } from '../../db/official-account.ts'
import { reply } from '../http/endpoint.ts'
import { control_source, endpoint } from '../http/problem.ts'
import { createTemplate } from '../wechat/template.ts'
import { cleanText, nameText } from './field.ts'
import { unknownAppid } from './official-account.ts'

export const addTemplate = endpoint({
  id: 'template.create',
  methods: ['POST'],
  path: '/worlds/{world}/official-accounts/{appid}/templates',
  from: ['path', 'json'],
  summary: "A template without any application, as in WeChat's sandbox",
  source: control_source,
  fidelity: 'documented',
  status: 201,
  input: z.strictObject({
    world: z.string(),
    appid: cleanText,
    title: nameText,
    content: cleanText.regex(/\{\{\w+\.DATA\}\}/, 'text with a placeholder such as {{first.DATA}}'),
    example: cleanText.default(''),
  }),
  answer: z.object({
    template_id: z.string(),
    title: z.string(),
    content: z.string(),
    example: z.string(),
  }),
  refusals: [404, 422],
  example: {
    input: {
      world: 'default',
      appid: 'wx1234567890abcdef',
      title: '面试邀请通知',
      content: '职位:{{thing1.DATA}}\n',
    },
    answer: {
      template_id: 'mN4kQ2vXw7_aB0cD1eF2gH3iJ4kL5mN6oP7qR8sT9uV',
      title: '面试邀请通知',
      content: '职位:{{thing1.DATA}}\n',
      example: '',
    },
  },
  async handle(call) {
    const { title, content, example, appid } = call.input
    const official = await findOfficialAccount(call.db, call.world.epoch, appid)
    if (!official) return unknownAppid(appid)
    const { template_id } = await createTemplate(call, official, { title, content, example })
    return reply(201, { template_id, title, content, example })
  },
})
