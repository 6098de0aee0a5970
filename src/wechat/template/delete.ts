import { z } from 'zod'
import { says } from '../../core/field.ts'
import { endpoint, ok, refuse } from '../endpoint.ts'
import { disableTemplate, templateOf } from '../template.ts'

/** Takes a template from the account; sends by it are refused from then on. */
export const delPrivateTemplate = endpoint({
  id: 'template.delete',
  methods: ['POST'],
  path: '/cgi-bin/template/del_private_template',
  from: ['json'],
  summary: 'Delete a template',
  source: 'developers.weixin.qq.com: deleteTemplate',
  fidelity: 'documented',
  credential: 'access_token',
  permission: 'template messages',
  input: z.object({
    template_id: says(z.string().regex(/^[\w-]{43}$/), {
      missing: 40037,
      type: 40037,
      invalid: 40037,
    }),
  }),
  answer: z.object({ errcode: z.literal(0), errmsg: z.literal('ok') }),
  refusals: [43002, 41001, 40001, 43003, 42001, 48001, 44002, 47001, 40037],
  example: { input: { template_id: 'mN4kQ2vXw7_aB0cD1eF2gH3iJ4kL5mN6oP7qR8sT9uV' }, answer: ok },
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
    await disableTemplate(call, template)
    return ok
  },
})
