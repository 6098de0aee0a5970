import { z } from 'zod'
import { listTemplates as listTemplateRows } from '../../../db/template.ts'
import { seeApplications } from '../application/review.ts'
import { endpoint } from '../endpoint.ts'

const templateShape = z.object({
  template_id: z.string(),
  title: z.string(),
  primary_industry: z.string(),
  deputy_industry: z.string(),
  content: z.string(),
  example: z.string(),
})

/** All templates that the account may send. */
export const listTemplates = endpoint({
  id: 'template.list',
  methods: ['GET', 'POST'],
  path: '/cgi-bin/template/get_all_private_template',
  from: ['query'],
  summary: { en: 'The templates of the account', zh: '公众号的模板' },
  source: 'developers.weixin.qq.com: getAllTemplates',
  fidelity: 'documented',
  credential: 'access_token',
  permission: 'template messages',
  input: z.object({}),
  answer: z.object({ template_list: z.array(templateShape) }),
  example: { input: {} },
  async handle(call) {
    const { db, world, caller } = call
    await seeApplications(call, caller.account.appid)
    const rows = await listTemplateRows(db, world.epoch, caller.account.appid)
    const template_list = rows
      .filter((row) => row.state === 'active')
      .map(({ template_id, title, primary_industry, deputy_industry, content, example }) => {
        // The sandbox has no industries, and its page asks for no example.
        return caller.account.kind === 'sandbox'
          ? { template_id, title, primary_industry: '', deputy_industry: '', content, example: '' }
          : { template_id, title, primary_industry, deputy_industry, content, example }
      })
    return { template_list }
  },
})
