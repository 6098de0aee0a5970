import { z } from 'zod'
import {
  deleteFault as deleteFaultRow,
  deleteFaults,
  findFault,
  listFaults as listFaultRows,
} from '../../../db/fault.ts'
import { endpoint } from '../../core/control-endpoint.ts'
import type { EarlierCall } from '../../core/endpoint.ts'
import { reply } from '../../core/endpoint.ts'
import { words } from '../../core/field.ts'
import { useOneOf } from '../../core/nearest.ts'
import { unknownName } from '../../core/problem.ts'
import { isRefusal } from '../../core/refusal.ts'
import { touchVersion } from '../../world/world.ts'
import { cleanText } from '../field.ts'
import { faultFields } from './body.ts'
import { faultResponse, faultShape, makeFault } from './fault.ts'

const busy = {
  name: 'busy twice',
  surface: 'wechat',
  endpoint: 'template.send',
  times: 2,
  errcode: -1,
}
const after: readonly EarlierCall[] = [
  { call: 'fault.create', input: busy, take: { fault: 'fault' } },
]

export const createFault = endpoint({
  id: 'fault.create',
  methods: ['POST'],
  path: '/worlds/{world}/faults',
  from: ['path', 'json'],
  summary: {
    en: 'Make matching calls fail, slow down or break; until the next reset',
    zh: '让符合条件的调用失败、变慢或中断；直到下次重建',
  },
  status: 201,
  input: z.strictObject({ world: z.string(), ...faultFields }),
  answer: faultShape,
  refusals: [409],
  example: { input: { ...busy, account: 'acme', mobile: '{wang.mobile}' } },
  handle(call) {
    const { world: _, ...input } = call.input
    const { world: __, ...given } = call.fields
    const made = makeFault(call, input, given)
    return isRefusal(made) ? made : reply(201, faultResponse(call, made))
  },
})

export const listFaults = endpoint({
  id: 'fault.list',
  methods: ['GET'],
  path: '/worlds/{world}/faults',
  from: ['path', 'query'],
  summary: {
    en: 'The faults of a world in the order in which they apply, with their hits',
    zh: '世界的全部故障，按生效的先后，附已生效的次数',
  },
  input: z.strictObject({
    world: z.string(),
    unused: z
      .enum(['true', 'false'])
      .default('false')
      .meta(words('true: only faults that were never applied.', '只列从未生效的。')),
  }),
  answer: z.object({ items: z.array(faultShape) }),
  example: { input: {}, after },
  handle(call) {
    const { db, world, input } = call
    const rows = listFaultRows(db, world.epoch)
    const wanted = input.unused === 'true' ? rows.filter(({ hits }) => hits === 0) : rows
    return { items: wanted.map((row) => faultResponse(call, row)) }
  },
})

const oneFault = z.strictObject({ world: z.string(), fault: cleanText })

export const getFault = endpoint({
  id: 'fault.get',
  methods: ['GET'],
  path: '/worlds/{world}/faults/{fault}',
  from: ['path'],
  summary: { en: 'A fault, with how often it was applied', zh: '一条故障，附已生效的次数' },
  input: oneFault,
  answer: faultShape,
  example: { input: { fault: '{fault}' }, after },
  handle(call) {
    const { db, world, input } = call
    const { fault } = input
    const row = findFault(db, { epoch: world.epoch, fault })
    if (row) return faultResponse(call, row)
    const known = listFaultRows(db, world.epoch).map((one) => one.fault)
    const fix = known.length > 0 ? useOneOf(fault, known) : 'make one with fault.create'
    return unknownName(call, { field: 'fault', reason: `the world has no fault ${fault}`, fix })
  },
})

export const deleteFault = endpoint({
  id: 'fault.delete',
  methods: ['DELETE'],
  path: '/worlds/{world}/faults/{fault}',
  from: ['path'],
  summary: {
    en: 'Remove a fault; no effect if it is already gone',
    zh: '结束一条故障；已经没有了也可以',
  },
  status: 204,
  input: oneFault,
  answer: 'none',
  example: { input: { fault: '{fault}' }, after },
  handle(call) {
    const { db, world, input } = call
    touchVersion(call)
    deleteFaultRow(db, { epoch: world.epoch, fault: input.fault })
    return reply(204)
  },
})

export const clearFault = endpoint({
  id: 'fault.clear',
  methods: ['DELETE'],
  path: '/worlds/{world}/faults',
  from: ['path'],
  summary: { en: 'Remove all faults of a world', zh: '结束世界的全部故障' },
  status: 204,
  input: z.strictObject({ world: z.string() }),
  answer: 'none',
  example: { input: {} },
  handle(call) {
    touchVersion(call)
    deleteFaults(call.db, call.world.epoch)
    return reply(204)
  },
})
