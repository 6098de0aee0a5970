import { z } from 'zod'
import { listTemplates as listTemplateRows } from '../../../db/template.ts'
import { errcodes, words } from '../../core/field.ts'
import { isRefusal } from '../../core/refusal.ts'
import { seeApplications } from '../application/application.ts'
import { endpoint, ok, okShape } from '../endpoint.ts'
import { activeTemplate, addFromLibrary, changeTemplate } from './template.ts'

/** Gives the account a template of the library. The order of the checks is our inference. */
export const addTemplate = endpoint({
  id: 'template.add',
  methods: ['POST'],
  path: '/cgi-bin/template/api_add_template',
  from: ['json'],
  summary: { en: 'Add a template of the library', zh: '从模板库添加模板' },
  source: {
    en: 'developers.weixin.qq.com: addTemplate; codes from field reports, their order is ours',
    zh: 'developers.weixin.qq.com: addTemplate；错误码来自使用者的报告，先后顺序是我们定的',
  },
  credential: 'access_token',
  permission: 'template library',
  input: z.object({
    template_id_short: errcodes(
      z
        .string()
        .meta(
          words(
            'The number in the library; template_library.list shows all.',
            '模板库中的编号；template_library.list 列出全部。',
          ),
        ),
      { missing: 40037, type: 40037, invalid: 40037 },
    ),
    keyword_name_list: z
      .unknown()
      .optional()
      .meta({ type: 'array', items: { type: 'string' } })
      .meta(
        words(
          'For a class template, the names of the keywords to use, in order.',
          '类目模板要选用的关键词名称，按顺序。',
        ),
      ),
  }),
  answer: okShape.extend({ template_id: z.string() }),
  refusals: [40037, 40247, 40246, 45027, 45026],
  example: { input: { template_id_short: 'OPENTM410000101' } },
  handle(call) {
    const { template_id_short, keyword_name_list } = call.input
    const { account } = call.caller
    const added = addFromLibrary(call, account, template_id_short, keyword_name_list)
    return isRefusal(added) ? added : { ...ok, template_id: added.template_id }
  },
})

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
  credential: 'access_token',
  permission: 'template messages',
  input: z.object({}),
  answer: z.object({ template_list: z.array(templateShape) }),
  example: { input: {} },
  handle(call) {
    const { db, world, caller } = call
    seeApplications(call, caller.account.appid)
    const rows = listTemplateRows(db, world.epoch, caller.account.appid)
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

/** Takes a template from the account; sends by it are refused from then on. */
export const deleteTemplate = endpoint({
  id: 'template.delete',
  methods: ['POST'],
  path: '/cgi-bin/template/del_private_template',
  from: ['json'],
  summary: { en: 'Delete a template', zh: '删除模板' },
  source: 'developers.weixin.qq.com: deleteTemplate',
  credential: 'access_token',
  permission: 'template messages',
  input: z.object({
    template_id: errcodes(z.string().regex(/^[\w-]{43}$/), {
      missing: 40037,
      type: 40037,
      invalid: 40037,
    }),
  }),
  answer: okShape,
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
  handle(call) {
    const template = activeTemplate(call, call.caller.account, call.input.template_id)
    if (isRefusal(template)) return template
    call.steps.push('template.known')
    changeTemplate(call, template, 'disabled')
    return ok
  },
})

const blocked_max = 100

/** Messages that the platform has stopped for what they say. Here none ever is. */
export const templateBlocked = endpoint({
  id: 'template.blocked',
  methods: ['POST'],
  path: '/wxa/sec/queryblocktmplmsg',
  from: ['json'],
  summary: {
    en: 'Template messages that WeChat blocked for their content: always empty here',
    zh: '被拦截的模板消息：这里没有',
  },
  source: {
    en: 'developers.weixin.qq.com: queryBlockTmplMsg; codes of its fields are assumed',
    zh: 'developers.weixin.qq.com: queryBlockTmplMsg；各字段的错误码为推测',
  },
  credential: 'access_token',
  permission: 'template messages',
  input: z.object({
    tmpl_msg_id: errcodes(z.string().regex(/^[\w-]{43}$/), {
      missing: 40037,
      type: 40037,
      invalid: 40037,
    }),
    largest_id: z
      .int()
      .min(0)
      .optional()
      .meta(words('The id of the last one read; 0 to start.', '上次读到的最后一个 id；首次为 0。')),
    limit: errcodes(z.int().min(1).max(blocked_max), {
      missing: 40035,
      type: 47001,
      invalid: 40035,
    }),
  }),
  answer: okShape.extend({ msginfo: z.array(z.never()) }),
  refusals: [40037, 40035],
  example: { input: { tmpl_msg_id: '{acme.template_id}', largest_id: 0, limit: 10 } },
  handle(call) {
    const template = activeTemplate(call, call.caller.account, call.input.tmpl_msg_id)
    if (isRefusal(template)) return template
    call.steps.push('template.known')
    return { msginfo: [], ...ok }
  },
})
