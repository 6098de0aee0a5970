import { z } from 'zod'
import { errcodes, words } from '../../core/field.ts'
import type { Refusal } from '../../core/refusal.ts'
import { endpoint, picture, refuse } from '../endpoint.ts'

/*
 * An account here has no material: nothing can be uploaded, and WeChat's own console, where most of it is made, is not played.
 */

const offset_max = 1_000_000_000
const count_max = 20

/** How much material of each kind the account has. */
export const materialCount = endpoint({
  id: 'material.count',
  methods: ['GET', 'POST'],
  path: '/cgi-bin/material/get_materialcount',
  from: ['query'],
  summary: {
    en: 'The number of permanent materials: always zero here',
    zh: '永久素材的数量：这里没有',
  },
  source: 'developers.weixin.qq.com: getMaterialCount',
  credential: 'access_token',
  permission: 'material',
  input: z.object({}),
  answer: z.object({
    voice_count: z.int(),
    video_count: z.int(),
    image_count: z.int(),
    news_count: z.int(),
  }),
  example: { input: {} },
  handle: () => ({ voice_count: 0, video_count: 0, image_count: 0, news_count: 0 }),
})

/** The account's material of a kind. */
export const listMaterials = endpoint({
  id: 'material.list',
  methods: ['POST'],
  path: '/cgi-bin/material/batchget_material',
  from: ['json'],
  summary: {
    en: 'The permanent materials of a kind: always empty here',
    zh: '某一类永久素材的列表：这里没有',
  },
  source: {
    en: 'developers.weixin.qq.com: batchGetMaterial; codes of its fields are assumed',
    zh: 'developers.weixin.qq.com: batchGetMaterial；各字段的错误码为推测',
  },
  credential: 'access_token',
  permission: 'material',
  input: z.object({
    type: errcodes(z.enum(['image', 'video', 'voice', 'news']), {
      missing: 40004,
      type: 40004,
      invalid: 40004,
    }),
    offset: errcodes(z.int().min(0).max(offset_max).meta(words('From 0.', '从 0 开始。')), {
      missing: 40035,
      type: 47001,
      invalid: 40035,
    }),
    count: errcodes(z.int().min(1).max(count_max), {
      missing: 40035,
      type: 47001,
      invalid: 40035,
    }),
  }),
  answer: z.object({
    item: z.array(z.never()),
    total_count: z.int(),
    item_count: z.int(),
  }),
  refusals: [40004, 40035],
  example: { input: { type: 'image', offset: 0, count: 20 } },
  handle: () => ({ item: [], total_count: 0, item_count: 0 }),
})

/** What both calls have in common that name one. As there is none, they have no good answer to be documented. */
const ofOne = {
  methods: ['POST'],
  from: ['json'],
  credential: 'access_token',
  permission: 'material',
  input: z.object({
    media_id: errcodes(z.string().min(1), { missing: 41006, type: 40007, invalid: 41006 }),
  }),
  handle({ input }: { readonly input: { readonly media_id: string } }): Refusal {
    const expected = 'a media_id of this account, which has no material'
    return refuse(40007, { rule: 'material.known', actual: input.media_id, expected })
  },
} as const

/** One of them. */
export const getMaterial = picture({
  ...ofOne,
  id: 'material.get',
  path: '/cgi-bin/material/get_material',
})

/** Takes one away. */
export const deleteMaterial = picture({
  ...ofOne,
  id: 'material.delete',
  path: '/cgi-bin/material/del_material',
})
