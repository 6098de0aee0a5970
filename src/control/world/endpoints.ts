import { z } from 'zod'
import {
  countWorlds,
  deleteWorld as deleteWorldRow,
  endEpoch,
  findIdlestWorld,
  findWorld,
  listWorlds as listWorldRows,
} from '../../../db/world.ts'
import type { Call } from '../../core/call.ts'
import { endpoint } from '../../core/control-endpoint.ts'
import { reply } from '../../core/endpoint.ts'
import { words } from '../../core/field.ts'
import { baseUrl } from '../../core/locate.ts'
import { problem } from '../../core/problem.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { toIso } from '../../world/clock.ts'
import { randomName } from '../../world/seed.ts'
import {
  asWorld,
  default_world,
  idleEnd,
  namedWorld,
  unattributed,
  type World,
} from '../../world/world.ts'
import { cleanText } from '../field.ts'
import { createInput, type WorldBody } from './body.ts'
import { makeWorld, remakeWorld } from './make.ts'
import { shownWorld, showWorld } from './show.ts'

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
  answer: shownWorld,
  refusals: [404, 409, 429],
  example: {
    input: { name: 'ci-7', seed: '42', clock: { mode: 'frozen', now: '2026-01-05T01:00:00Z' } },
  },
  async handle(call) {
    const { if_exists } = call.input
    const name = call.input.name ?? randomName()
    // What is kept is the body as it was sent: a reset reads it anew.
    const { name: _, if_exists: __, ...body } = call.fields
    const existing = await namedWorld(call.db, name, call.world.real_now)
    if (existing && if_exists === 'reuse') {
      call.enter(existing)
      return showWorld(call)
    }
    const no = existing ? refuseReplacing(name, if_exists) : await refuseWhenFull(call)
    if (no) return no
    if (existing) await end(call, existing)
    const made = await makeWorld(call, name, body as WorldBody)
    return isRefusal(made) ? made : reply(201, await showWorld(call))
  },
})

function refuseReplacing(name: string, if_exists: string): Refusal | undefined {
  if (if_exists === 'fail') {
    const fix = 'choose another name, or say if_exists: reuse or replace'
    return problem('world_exists', { field: 'name', reason: `the world ${name} exists`, fix })
  }
  return name === default_world ? refuseEnding('name', name) : undefined
}

async function refuseWhenFull(call: Call): Promise<Refusal | undefined> {
  const { worlds_max } = call.engine.limits
  if ((await countWorlds(call.db)) - 1 < worlds_max) return undefined
  const idlest = await findIdlestWorld(call.db)
  const reason = `the server has ${worlds_max} worlds${idlest ? `; the longest idle is ${idlest.world}` : ''}`
  return problem('too_many_worlds', {
    reason,
    fix: idlest ? `delete ${idlest.world}, or another one` : 'delete one',
  })
}

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
  answer: shownWorld,
  example: { input: {} },
  handle: (call) => showWorld(call),
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
  async handle({ db, request }) {
    const rows = (await listWorldRows(db)).filter((row) => row.world !== unattributed)
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
  async handle(call) {
    const { world } = call.input
    if (world === default_world || world === unattributed) return refuseEnding('world', world)
    const row = await findWorld(call.db, world)
    if (row) await end(call, asWorld(row, call.world.real_now))
    return reply(204)
  },
})

function refuseEnding(field: string, world: string): Refusal {
  return problem('conflict', {
    field,
    reason: `${world} is never deleted`,
    fix: 'reset it instead',
  })
}

/** Its claims go with it, its rows are swept later. */
async function end(call: Call, world: World): Promise<void> {
  await endEpoch(call.db, world.epoch, world.real_now)
  await deleteWorldRow(call.db, world.world)
}

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
  answer: shownWorld,
  refusals: [409],
  example: { input: {} },
  async handle(call) {
    const no = await remakeWorld(call)
    return no ?? showWorld(call)
  },
})
