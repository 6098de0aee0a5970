import { z } from 'zod'
import {
  countTaggings,
  deleteTag as deleteTagRow,
  listTagged,
  listTags as listTagRows,
  updateTag as updateTagRow,
} from '../../../db/tag.ts'
import { errcodes, words } from '../../core/field.ts'
import { isRefusal } from '../../core/refusal.ts'
import { endpoint, ok, okShape } from '../endpoint.ts'
import { openidText } from '../user/user.ts'
import { knownTag, makeTag, ownTag, refuseDeletion, refuseName, starred, tagid } from './tag.ts'

const page_openids = 10_000

const name = words('At most 30 bytes of UTF-8.', 'UTF-8 最多 30 字节。')

/** The field `tag`, whose own fields the handler reads in their order. */
function tagField(...properties: ('id' | 'name')[]) {
  const all = { id: { type: 'integer' }, name: { type: 'string', ...name } } as const
  const meta = {
    properties: Object.fromEntries(properties.map((property) => [property, all[property]])),
    required: properties,
  }
  const codes = { missing: 47001, type: 47001, invalid: 47001 }
  return errcodes(z.record(z.string(), z.unknown()).meta(meta), codes)
}

const listed = z.object({ id: z.int(), name: z.string() })

/** Makes a tag. */
export const createTag = endpoint({
  id: 'tag.create',
  methods: ['POST'],
  path: '/cgi-bin/tags/create',
  from: ['json'],
  summary: { en: 'Create a tag for followers', zh: '创建标签' },
  source: 'developers.weixin.qq.com: createTag',
  credential: 'access_token',
  permission: 'users',
  input: z.object({ tag: tagField('name') }),
  answer: z.object({ tag: listed }),
  refusals: [45157, 45158, 45056],
  example: { input: { tag: { name: '三月入职' } } },
  handle(call) {
    const made = makeTag(call, call.input.tag['name'])
    return isRefusal(made) ? made : { tag: { id: made.id, name: made.name } }
  },
})

/** The account's tags, the platform's own first, with how many followers have each. */
export const listTags = endpoint({
  id: 'tag.list',
  methods: ['GET', 'POST'],
  path: '/cgi-bin/tags/get',
  from: ['query'],
  summary: { en: 'The tags, with how many followers have each', zh: '已创建的标签及各自的粉丝数' },
  source: 'developers.weixin.qq.com: getTags',
  credential: 'access_token',
  permission: 'users',
  input: z.object({}),
  answer: z.object({ tags: z.array(listed.extend({ count: z.int() })) }),
  example: {
    input: {},
    after: [{ call: 'tag.create', input: { tag: { name: '三月入职' } } }],
  },
  handle({ db, world, caller }) {
    const at = { epoch: world.epoch, appid: caller.account.appid }
    const counts = countTaggings(db, at)
    const tags = [starred, ...listTagRows(db, at)]
    return { tags: tags.map(({ id, name }) => ({ id, name, count: counts.get(id) ?? 0 })) }
  },
})

/** Gives a tag another name. */
export const updateTag = endpoint({
  id: 'tag.update',
  methods: ['POST'],
  path: '/cgi-bin/tags/update',
  from: ['json'],
  summary: { en: 'Rename a tag', zh: '编辑标签' },
  source: 'developers.weixin.qq.com: updateTag',
  credential: 'access_token',
  permission: 'users',
  input: z.object({ tag: tagField('id', 'name') }),
  answer: okShape,
  refusals: [45058, 45159, 45157, 45158],
  example: {
    input: { tag: { id: 100, name: '四月入职' } },
    after: [{ call: 'tag.create', input: { tag: { name: '三月入职' } } }],
  },
  handle(call) {
    const { db, world, caller, input } = call
    const id = ownTag(call, input.tag['id'])
    if (isRefusal(id)) return id
    const no = refuseName(call, input.tag['name'], id)
    if (no) return no
    const at = { epoch: world.epoch, appid: caller.account.appid, id }
    updateTagRow(db, at, String(input.tag['name']))
    return ok
  },
})

/** Deletes a tag, and takes it from whoever has it. */
export const deleteTag = endpoint({
  id: 'tag.delete',
  methods: ['POST'],
  path: '/cgi-bin/tags/delete',
  from: ['json'],
  summary: { en: 'Delete a tag', zh: '删除标签' },
  source: 'developers.weixin.qq.com: deleteTag',
  credential: 'access_token',
  permission: 'users',
  input: z.object({ tag: tagField('id') }),
  answer: okShape,
  refusals: [45058, 45159, 45057],
  example: {
    input: { tag: { id: 100 } },
    after: [{ call: 'tag.create', input: { tag: { name: '三月入职' } } }],
  },
  handle(call) {
    const { db, world, caller, input } = call
    const id = ownTag(call, input.tag['id'])
    if (isRefusal(id)) return id
    const no = refuseDeletion(call, id)
    if (no) return no
    deleteTagRow(db, { epoch: world.epoch, appid: caller.account.appid, id })
    return ok
  },
})

/** The followers who have a tag, 10,000 a page. */
export const tagFans = endpoint({
  id: 'tag.fans',
  methods: ['POST'],
  path: '/cgi-bin/user/tag/get',
  from: ['json'],
  summary: { en: 'The openids of the followers who have a tag', zh: '标签下的粉丝列表' },
  source: {
    en: 'developers.weixin.qq.com: getTagFans; the answer without anybody is our inference',
    zh: 'developers.weixin.qq.com: getTagFans；没有粉丝时的应答是我们的推断',
  },
  credential: 'access_token',
  permission: 'users',
  input: z.object({
    tagid,
    next_openid: errcodes(
      z
        .union([z.literal(''), openidText])
        .default('')
        .meta(words('The page starts after this openid.', '从它之后开始。')),
      { missing: 40003, type: 40003, invalid: 40003 },
    ),
  }),
  answer: z.object({
    count: z.int(),
    data: z.object({ openid: z.array(z.string()) }).optional(),
    next_openid: z.string().optional(),
  }),
  refusals: [40003, 45159],
  example: {
    input: { tagid: 100, next_openid: '' },
    after: [
      { call: 'tag.create', input: { tag: { name: '三月入职' } } },
      { call: 'tagging.create', input: { openid_list: ['{li.openid}'], tagid: 100 } },
    ],
  },
  handle(call) {
    const { db, world, caller, input } = call
    const id = knownTag(call, input.tagid)
    if (isRefusal(id)) return id
    const at = { epoch: world.epoch, appid: caller.account.appid, id }
    const openids = listTagged(db, { ...at, after: input.next_openid, limit: page_openids })
    const last = openids.at(-1)
    if (last === undefined) return { count: 0 }
    return { count: openids.length, data: { openid: openids }, next_openid: last }
  },
})
