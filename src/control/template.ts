import { z } from 'zod'
import { findOfficialAccount } from '../../db/official-account.ts'
import { findTemplate } from '../../db/template.ts'
import { endpoint } from '../core/control-endpoint.ts'
import { reply } from '../core/endpoint.ts'
import { problem } from '../core/problem.ts'
import type { Refusal } from '../core/refusal.ts'
import { makeTemplate, retireTemplate } from '../wechat/template/template.ts'
import { cleanText, nameText } from './field.ts'
import { unknownAppid } from './official-account.ts'

/** A template's text: at least one placeholder. */
export const contentText = cleanText.regex(
  /\{\{\w+\.DATA\}\}/,
  'text with a placeholder such as {{first.DATA}}',
)

export const createTemplate = endpoint({
  id: 'template.create',
  methods: ['POST'],
  path: '/worlds/{world}/official-accounts/{appid}/templates',
  from: ['path', 'json'],
  summary: {
    en: "A template without any application, as in WeChat's sandbox",
    zh: '不经申请就建一个模板，如同微信的测试号',
  },
  status: 201,
  input: z.strictObject({
    world: z.string(),
    appid: cleanText,
    title: nameText,
    content: contentText,
    example: cleanText.default(''),
  }),
  answer: z.object({
    template_id: z.string(),
    title: z.string(),
    content: z.string(),
    example: z.string(),
  }),
  example: {
    input: { appid: '{acme.appid}', title: '面试邀请通知', content: '职位:{{thing1.DATA}}\n' },
  },
  async handle(call) {
    const { title, content, example, appid } = call.input
    const official = await findOfficialAccount(call.db, call.world.epoch, appid)
    if (!official) return unknownAppid(appid)
    const { template_id } = await makeTemplate(call, official, { title, content, example })
    return reply(201, { template_id, title, content, example })
  },
})

export const disableTemplate = endpoint({
  id: 'template.disable',
  methods: ['POST'],
  path: '/worlds/{world}/official-accounts/{appid}/templates/{template_id}/disable',
  from: ['path', 'json'],
  summary: {
    en: 'Let WeChat disable a template: it is listed no more, and sends by it answer 40037',
    zh: '让微信封禁一个模板：不再列出，用它发送会得到 40037',
  },
  input: z.strictObject({ world: z.string(), appid: cleanText, template_id: cleanText }),
  answer: z.object({
    template_id: z.string(),
    title: z.string(),
    state: z.enum(['active', 'disabled']),
  }),
  example: {
    input: { appid: '{acme.appid}', template_id: '{template_id}' },
    after: [
      {
        call: 'template.create',
        input: { appid: '{acme.appid}', title: '通知', content: '{{first.DATA}}' },
        take: { template_id: 'template_id' },
      },
    ],
  },
  async handle(call) {
    const { db, world, input } = call
    const { appid, template_id } = input
    const official = await findOfficialAccount(db, world.epoch, appid)
    if (!official) return unknownAppid(appid)
    const template = await findTemplate(db, world.epoch, template_id)
    if (template?.appid !== appid) return unknownTemplate(template_id)
    if (template.state === 'active') await retireTemplate(call, template)
    return { template_id, title: template.title, state: 'disabled' }
  },
})

function unknownTemplate(template_id: string): Refusal {
  return problem('not_found', {
    field: 'template_id',
    reason: `the official account has no template ${template_id}`,
    fix: 'use one of /cgi-bin/template/get_all_private_template',
  })
}
