import { z } from 'zod'
import { errcodes } from '../../core/field.ts'
import { endpoint, ok, refuse } from '../endpoint.ts'
import { retireTemplate, templateOf } from '../template.ts'

/** Takes a template from the account; sends by it are refused from then on. */
export const deleteTemplate = endpoint({
  id: 'template.delete',
  methods: ['POST'],
  path: '/cgi-bin/template/del_private_template',
  from: ['json'],
  summary: { en: 'Delete a template', zh: '删除模板' },
  source: 'developers.weixin.qq.com: deleteTemplate',
  fidelity: 'documented',
  credential: 'access_token',
  permission: 'template messages',
  input: z.object({
    template_id: errcodes(z.string().regex(/^[\w-]{43}$/), {
      missing: 40037,
      type: 40037,
      invalid: 40037,
    }),
  }),
  answer: z.object({ errcode: z.literal(0), errmsg: z.literal('ok') }),
  refusals: [40037],
  example: {
    input: { template_id: '{template_id}' },
    after: [
      {
        call: 'template.create',
        input: { appid: '{acme.appid}', title: '通知', content: '{{first.DATA}}' },
        take: { template_id: 'template_id' },
      },
    ],
  },
  async handle(call) {
    const { caller, input, steps } = call
    const template = await templateOf(call, input.template_id)
    if (template?.appid !== caller.account.appid || template.state !== 'active') {
      return refuse(40037, {
        rule: 'template.known',
        actual: input.template_id,
        expected: 'an active template of this account',
      })
    }
    steps.push('template.known')
    await retireTemplate(call, template)
    return ok
  },
})
