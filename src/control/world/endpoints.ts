import { z } from 'zod'
import { findWorld, listWorlds as listWorldRows } from '../../../db/world.ts'
import type { Call } from '../../core/call.ts'
import { endpoint } from '../../core/control-endpoint.ts'
import { pending, reply } from '../../core/endpoint.ts'
import { words } from '../../core/field.ts'
import { baseUrl } from '../../core/locate.ts'
import { problem } from '../../core/problem.ts'
import { isRefusal } from '../../core/refusal.ts'
import { toIso } from '../../world/clock.ts'
import { randomName } from '../../world/seed.ts'
import { asWorld, default_world, idleEnd, unattributed } from '../../world/world.ts'
import { cleanText } from '../field.ts'
import { type SnapshotFile, snapshotFile } from '../snapshot/format.ts'
import { beginLoading, endLoading, type Loading, load } from '../snapshot/load.ts'
import { createInput, type WorldBody } from './body.ts'
import { type Filling, fill, fillingOf } from './fill.ts'
import {
  endUnfilled,
  endWorld,
  findPlace,
  putWorld,
  refuseEnding,
  remakeWorld,
  worldResponse,
  worldShape,
} from './world.ts'

/** So large may the file be from which a world is made. */
const file_bytes_max = 8 * 1_048_576

export const createWorld = endpoint({
  id: 'world.create',
  methods: ['POST'],
  path: '/worlds',
  from: ['json'],
  summary: {
    en: 'Create a world; {} creates a live account and three people',
    zh: '新建世界；{} 会建一个可发送的账号和三个人物',
  },
  status: 201,
  statusIfThere: 200,
  input: createInput.extend({
    snapshot: snapshotFile
      .optional()
      .meta(
        words(
          'A file from snapshot.get: the world is created from it under the same name, with the clock, seed, accounts and people in the file.',
          'snapshot.get 得到的文件：据此建立同名的世界；时钟、种子、账号和人物都来自文件。',
        ),
      ),
  }),
  body_bytes_max: file_bytes_max,
  // The people of a file nobody would find in the journal of the world that it was sent to.
  forgets: ({ snapshot }) => snapshot !== undefined,
  answer: worldShape,
  refusals: [409, 429],
  example: {
    input: { name: 'ci-7', seed: '42', clock: { mode: 'frozen', now: '2026-01-05T01:00:00Z' } },
  },
  before(call) {
    if (call.input.snapshot) return createFromFile(call, call.input.snapshot)
    const { name = call.draw('name', randomName), if_exists } = call.input
    // What is kept is the body as it was sent: a reset reads it anew.
    const { name: _, if_exists: __, snapshot: ___, ...body } = call.fields
    const newcomers = putWorld(call, name, { if_exists, body: body as WorldBody })
    if (isRefusal(newcomers)) return newcomers
    if (newcomers === 'reused') return worldResponse(call)
    if (newcomers.length > 0) return pending(fillingOf(call, newcomers))
    return reply(201, worldResponse(call))
  },
  outside: (state: Filling | Loading, engine) =>
    'file' in state ? load(state, engine) : fill(state, engine),
  after(call, state, no) {
    if ('file' in state) return no ?? endFromFile(call, state)
    return no ? endUnfilled(call, no) : reply(201, worldResponse(call))
  },
})

type CreateInput = z.output<typeof createInput>

function createFromFile(call: Call<undefined, CreateInput>, file: SnapshotFile) {
  const { world } = file.world
  const { name = world, if_exists, idle_ttl } = call.input
  const own = ['seed', 'clock', 'magic', 'accounts', 'people', 'website_apps'].find(
    (field) => field in call.fields,
  )
  if (own !== undefined) {
    const reason = 'the snapshot says it'
    return problem('invalid_field', { field: own, reason, fix: 'leave it out' })
  }
  if (name !== world) {
    const reason = `the snapshot is of the world ${world}, and its ids follow from the name`
    return problem('invalid_field', {
      field: 'name',
      reason,
      fix: `leave it out, or give ${world}`,
    })
  }
  const found = findPlace(call, name, if_exists)
  if (found === 'reused') return worldResponse(call)
  if (found) return found
  const loading = beginLoading(call, file, idle_ttl)
  return isRefusal(loading) ? loading : pending(loading)
}

function endFromFile(call: Call<undefined, CreateInput>, loading: Loading) {
  // Somebody else may have made one of that name meanwhile.
  const found = findPlace(call, loading.file.world.world, call.input.if_exists)
  if (found === 'reused') return worldResponse(call)
  return found ?? endLoading(call, loading) ?? reply(201, worldResponse(call))
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
          .meta(words('Unless it is called before then.', '在此之前有人调用则顺延。')),
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
    en: 'End a world; no effect if it is already gone',
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
    en: 'Reset a world to the input that created it: same ids and secrets, new tokens',
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
