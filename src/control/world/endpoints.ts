import { z } from 'zod'
import { findWorld, listWorlds as listWorldRows } from '../../../db/world.ts'
import { endpoint } from '../../core/control-endpoint.ts'
import { pending, reply } from '../../core/endpoint.ts'
import { words } from '../../core/field.ts'
import { baseUrl } from '../../core/locate.ts'
import { isRefusal } from '../../core/refusal.ts'
import { toIso } from '../../world/clock.ts'
import { randomName } from '../../world/seed.ts'
import { asWorld, default_world, idleEnd, unattributed } from '../../world/world.ts'
import { cleanText } from '../field.ts'
import { createInput, type WorldBody } from './body.ts'
import { fill, fillingOf } from './fill.ts'
import {
  endUnfilled,
  endWorld,
  putWorld,
  refuseEnding,
  remakeWorld,
  worldResponse,
  worldShape,
} from './world.ts'

export const createWorld = endpoint({
  id: 'world.create',
  methods: ['POST'],
  path: '/worlds',
  from: ['json'],
  summary: {
    en: 'Make a world; {} makes a live account and three people',
    zh: '新建世界；{} 会建一个可发送的账号和三个人物',
  },
  status: 201,
  statusIfThere: 200,
  input: createInput,
  answer: worldShape,
  refusals: [409, 429],
  example: {
    input: { name: 'ci-7', seed: '42', clock: { mode: 'frozen', now: '2026-01-05T01:00:00Z' } },
  },
  before(call) {
    const { name = call.draw('name', randomName), if_exists } = call.input
    // What is kept is the body as it was sent: a reset reads it anew.
    const { name: _, if_exists: __, ...body } = call.fields
    const newcomers = putWorld(call, name, { if_exists, body: body as WorldBody })
    if (isRefusal(newcomers)) return newcomers
    if (newcomers === 'reused') return worldResponse(call)
    if (newcomers.length > 0) return pending(fillingOf(call, newcomers))
    return reply(201, worldResponse(call))
  },
  outside: fill,
  after(call, _, no) {
    return no ? endUnfilled(call, no) : reply(201, worldResponse(call))
  },
})

const oneWorld = z.strictObject({ world: cleanText })

export const getWorld = endpoint({
  id: 'world.get',
  methods: ['GET'],
  path: '/worlds/{world}',
  from: ['path'],
  summary: {
    en: 'A world with its accounts, people and environment block',
    zh: '一个世界，以及它的账号、人物和环境变量',
  },
  input: oneWorld,
  answer: worldShape,
  example: { input: {} },
  handle: (call) => worldResponse(call),
})

export const listWorlds = endpoint({
  id: 'world.list',
  methods: ['GET'],
  path: '/worlds',
  from: ['query'],
  summary: { en: 'All worlds', zh: '所有世界' },
  input: z.strictObject({}),
  answer: z.object({
    items: z.array(
      z.object({
        world: z.string(),
        seed: z.string(),
        base_url: z.string(),
        called_at: z.iso.datetime(),
        ends_at: z.iso
          .datetime()
          .nullable()
          .meta(words('Unless somebody calls it before.', '在此之前有人调用则顺延。')),
      }),
    ),
  }),
  example: { input: {} },
  handle({ db, request }) {
    const rows = listWorldRows(db).filter((row) => row.world !== unattributed)
    const items = rows.map((row) => {
      const { world, seed, called_at } = row
      const end = idleEnd(row)
      return {
        world,
        seed,
        base_url: baseUrl({ world: row, request }),
        called_at: toIso(called_at),
        ends_at: end === undefined ? null : toIso(end),
      }
    })
    return { items }
  },
})

export const deleteWorld = endpoint({
  id: 'world.delete',
  methods: ['DELETE'],
  path: '/worlds/{world}',
  from: ['path'],
  summary: {
    en: 'End a world; also when it is gone already',
    zh: '结束一个世界；已经没有了也可以',
  },
  status: 204,
  input: oneWorld,
  answer: 'none',
  refusals: [409],
  example: { input: { world: 'ci-7' }, after: [{ call: 'world.create', input: { name: 'ci-7' } }] },
  handle(call) {
    const { world } = call.input
    if (world === default_world || world === unattributed) return refuseEnding('world', world)
    const row = findWorld(call.db, world)
    if (row) endWorld(call, asWorld(row, call.world.real_now))
    return reply(204)
  },
})

export const resetWorld = endpoint({
  id: 'world.reset',
  methods: ['POST'],
  path: '/worlds/{world}/reset',
  from: ['path', 'json'],
  summary: {
    en: 'Make a world anew from the body that created it: same ids and secrets, new tokens',
    zh: '按建立时的请求体重建世界：ID 和密钥不变，令牌全新',
  },
  input: oneWorld,
  answer: worldShape,
  refusals: [409],
  example: { input: {} },
  before(call) {
    const newcomers = remakeWorld(call)
    if (isRefusal(newcomers)) return newcomers
    return newcomers.length > 0 ? pending(fillingOf(call, newcomers)) : worldResponse(call)
  },
  outside: fill,
  after: (call, _, no) => no ?? worldResponse(call),
})
