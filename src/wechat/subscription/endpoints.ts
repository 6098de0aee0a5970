import { z } from 'zod'
import {
  deleteSubscriptionTemplate as deleteTemplateRow,
  listSubscriptionTemplates as listTemplateRows,
} from '../../../db/subscription.ts'
import { errcodes, words } from '../../core/field.ts'
import { isRefusal } from '../../core/refusal.ts'
import { isCleanText } from '../../core/request.ts'
import { touchVersion } from '../../world/world.ts'
import { endpoint, ok, okShape, refuse } from '../endpoint.ts'
import { categories, findSubscriptionEntry, kind_numbers, subscriptionLibrary } from './library.ts'
import { ownSubscriptionTemplate, refuseTid, takeSubscriptionEntry } from './template.ts'

const titles_max = 30

/** The service categories of the account. */
export const listSubscriptionCategories = endpoint({
  id: 'subscription_category.list',
  methods: ['GET', 'POST'],
  path: '/wxaapi/newtmpl/getcategory',
  from: ['query'],
  summary: { en: 'The service categories of the account', zh: '公众号的服务类目' },
  source: {
    en: 'developers.weixin.qq.com: getCategory; the categories are made up, every account has them',
    zh: 'developers.weixin.qq.com: getCategory；类目为虚构，每个公众号都有',
  },
  credential: 'access_token',
  permission: 'subscription notifications',
  input: z.object({}),
  answer: okShape.extend({ data: z.array(z.object({ id: z.int(), name: z.string() })) }),
  example: { input: {} },
  handle: () => ({ ...ok, data: categories }),
})

/** A whole number of a query, from one to another. */
function countField(code: number, least: number, most: number) {
  const digits = z.string().regex(/^\d{1,6}$/)
  const field = digits.refine((text) => Number(text) >= least && Number(text) <= most)
  return errcodes(field, { missing: code, type: code, invalid: code })
}

/** Titles of the library, of some categories. */
export const listSubscriptionTitles = endpoint({
  id: 'subscription_title.list',
  methods: ['GET', 'POST'],
  path: '/wxaapi/newtmpl/getpubtemplatetitles',
  from: ['query'],
  summary: { en: 'Titles of the library by category', zh: '类目下的公共模板标题' },
  source: 'developers.weixin.qq.com: getPubNewTemplateTitles',
  credential: 'access_token',
  permission: 'subscription notifications',
  input: z.object({
    ids: errcodes(
      z
        .string()
        .regex(/^\d{1,9}(,\d{1,9})*$/)
        .meta(words('Category ids, separated by commas.', '类目 id，多个用逗号隔开。')),
      { missing: 200018, type: 200019, invalid: 200019 },
    ),
    start: countField(200016, 0, 999_999),
    limit: countField(200017, 1, titles_max),
  }),
  answer: okShape.extend({
    count: z.int(),
    data: z.array(
      z.object({
        tid: z.int(),
        title: z.string(),
        type: z.int().meta(words('2: one-time, 3: long-term.', '2：一次性，3：长期。')),
        categoryId: z.string(),
      }),
    ),
  }),
  refusals: [200018, 200019, 200016, 200017],
  example: { input: { ids: '307,308', start: '0', limit: '30' } },
  handle({ input }) {
    const ids = input.ids.split(',').map(Number)
    const unknown = ids.find((id) => !categories.some((category) => category.id === id))
    if (unknown !== undefined) {
      const expected = categories.map(({ id }) => id)
      return refuse(200019, { rule: 'library.category', actual: unknown, expected })
    }
    const all = subscriptionLibrary.filter(({ category }) => ids.includes(category))
    const start = Number(input.start)
    const data = all
      .slice(start, start + Number(input.limit))
      .map(({ tid, title, kind, category }) => {
        return { tid, title, type: kind_numbers[kind], categoryId: String(category) }
      })
    return { ...ok, count: all.length, data }
  },
})

/** The keywords of a title. */
export const listSubscriptionKeywords = endpoint({
  id: 'subscription_keyword.list',
  methods: ['GET', 'POST'],
  path: '/wxaapi/newtmpl/getpubtemplatekeywords',
  from: ['query'],
  summary: { en: 'The keywords of a title of the library', zh: '公共模板标题下的关键词' },
  source: 'developers.weixin.qq.com: getPubNewTemplateKeywords',
  credential: 'access_token',
  permission: 'subscription notifications',
  input: z.object({ tid: z.string().optional() }),
  answer: okShape.extend({
    count: z.int(),
    data: z.array(
      z.object({ kid: z.int(), name: z.string(), example: z.string(), rule: z.string() }),
    ),
  }),
  refusals: [200014],
  example: { input: { tid: '1101' } },
  handle({ input }) {
    const entry = findSubscriptionEntry(input.tid)
    if (!entry) return refuseTid(input.tid)
    return { ...ok, count: entry.keywords.length, data: entry.keywords }
  },
})

/** Adds a template of the library, with two to five of its keywords. */
export const addSubscriptionTemplate = endpoint({
  id: 'subscription_template.add',
  methods: ['POST'],
  path: '/wxaapi/newtmpl/addtemplate',
  from: ['json'],
  summary: { en: 'Add a template of subscription notifications', zh: '选用订阅通知模板' },
  source: {
    en: 'developers.weixin.qq.com: addTemplate of subscription notifications; the order of the checks is ours',
    zh: 'developers.weixin.qq.com：订阅通知 addTemplate；检查顺序是我们定的',
  },
  credential: 'access_token',
  permission: 'subscription notifications',
  input: z.object({
    tid: z
      .unknown()
      .optional()
      .meta({ type: 'string', ...words('From getpubtemplatetitles.', '模板标题 id。') }),
    kidList: z
      .unknown()
      .optional()
      .meta({ type: 'array', items: { type: 'integer' } })
      .meta(words('Two to five keywords, in order.', '2 到 5 个关键词 id，按顺序。')),
    sceneDesc: z
      .unknown()
      .optional()
      .meta({ type: 'string', ...words('At most 15 characters.', '最多 15 个字。') }),
  }),
  answer: okShape.extend({ priTmplId: z.string() }),
  refusals: [200014, 200020, 200021, 200012],
  example: { input: { tid: '1101', kidList: [1, 2, 3], sceneDesc: '面试提醒' } },
  handle(call) {
    const added = takeSubscriptionEntry(call, call.caller.account, call.input)
    return isRefusal(added) ? added : { ...ok, priTmplId: added.template_id }
  },
})

const added = {
  call: 'subscription_template.add',
  input: { tid: '1101', kidList: [1, 2, 3] },
  take: { template_id: 'priTmplId' },
} as const

/** The account's templates of subscription notifications. */
export const listSubscriptionTemplates = endpoint({
  id: 'subscription_template.list',
  methods: ['GET', 'POST'],
  path: '/wxaapi/newtmpl/gettemplate',
  from: ['query'],
  summary: {
    en: "The account's templates of subscription notifications",
    zh: '已有的订阅通知模板',
  },
  source: 'developers.weixin.qq.com: getTemplateList of subscription notifications',
  credential: 'access_token',
  permission: 'subscription notifications',
  input: z.object({}),
  answer: okShape.extend({
    data: z.array(
      z.object({
        priTmplId: z.string(),
        title: z.string(),
        content: z.string(),
        example: z.string(),
        type: z.int().meta(words('2: one-time, 3: long-term.', '2：一次性，3：长期。')),
        keywordEnumValueList: z.array(z.unknown()),
      }),
    ),
  }),
  example: { input: {}, after: [added] },
  handle({ db, world, caller }) {
    const rows = listTemplateRows(db, {
      epoch: world.epoch,
      appid: caller.account.appid,
    })
    const data = rows.map(({ template_id, title, content, example, kind }) => {
      const type = kind_numbers[kind]
      return { priTmplId: template_id, title, content, example, type, keywordEnumValueList: [] }
    })
    return { ...ok, data }
  },
})

/** Takes a template away; what was agreed to for it is worth nothing then. */
export const deleteSubscriptionTemplate = endpoint({
  id: 'subscription_template.delete',
  methods: ['POST'],
  path: '/wxaapi/newtmpl/deltemplate',
  from: ['json'],
  summary: { en: 'Delete a template of subscription notifications', zh: '删除订阅通知模板' },
  source: {
    en: 'developers.weixin.qq.com: deleteTemplate of subscription notifications; the codes from that of mini programs',
    zh: 'developers.weixin.qq.com：订阅通知 deleteTemplate；错误码取自小程序的同名接口',
  },
  credential: 'access_token',
  permission: 'subscription notifications',
  input: z.object({
    priTmplId: errcodes(z.string().refine(isCleanText), {
      missing: 20002,
      type: 20002,
      invalid: 20002,
    }),
  }),
  answer: okShape,
  refusals: [20002, 20001],
  example: { input: { priTmplId: '{template_id}' }, after: [added] },
  handle(call) {
    const { priTmplId } = call.input
    const row = ownSubscriptionTemplate(call, call.caller.account, priTmplId)
    if (!row) {
      const expected = 'a template of subscription notifications of this account'
      return refuse(20001, { rule: 'template.known', actual: priTmplId, expected })
    }
    touchVersion(call)
    deleteTemplateRow(call.db, row)
    return ok
  },
})
