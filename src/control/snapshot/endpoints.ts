import { z } from 'zod'
import { deleteSnapshot as deleteRow, findSnapshot } from '../../../db/snapshot.ts'
import { endpoint } from '../../core/control-endpoint.ts'
import { pending, reply } from '../../core/endpoint.ts'
import { isRefusal } from '../../core/refusal.ts'
import { worldResponse, worldShape } from '../world/world.ts'
import {
  beginRestore,
  beginSnapshot,
  chooseSnapshot,
  copySnapshot,
  endRestore,
  endSnapshot,
  type Restoring,
  snapshotName,
  snapshotResponse,
  snapshotShape,
  takeSnapshot,
  wholeSnapshots,
} from './snapshot.ts'

const oneSnapshot = z.strictObject({ world: z.string(), name: snapshotName })
/** Snapshots outlive a reset, and each name is good once: the examples do not share theirs. */
function taken(name: string) {
  return { input: { name }, after: [{ call: 'snapshot.create', input: { name } }] }
}

export const createSnapshot = endpoint({
  id: 'snapshot.create',
  methods: ['POST'],
  path: '/worlds/{world}/snapshots',
  from: ['path', 'json'],
  summary: {
    en: 'Save the current state of a world under a name while it keeps running. Not included: the journal, and what a reset discards',
    zh: '把世界的当前状态以一个名称保存下来，世界照常运行。不保存日志，以及随重建失效的东西',
  },
  status: 201,
  input: oneSnapshot,
  answer: snapshotShape,
  refusals: [409, 429],
  example: { input: { name: 'ready' } },
  before(call) {
    const taking = beginSnapshot(call, call.input.name)
    return isRefusal(taking) ? taking : pending(taking)
  },
  outside: takeSnapshot,
  after(call, taking, came) {
    const row = endSnapshot(call, taking, came)
    return isRefusal(row) ? row : reply(201, snapshotResponse(row))
  },
})

export const listSnapshots = endpoint({
  id: 'snapshot.list',
  methods: ['GET'],
  path: '/worlds/{world}/snapshots',
  from: ['path'],
  summary: { en: 'The snapshots of a world, oldest first', zh: '世界的快照，最早的在前' },
  input: z.strictObject({ world: z.string() }),
  answer: z.object({ items: z.array(snapshotShape) }),
  example: { ...taken('registered'), input: {} },
  handle({ db, world }) {
    return { items: wholeSnapshots(db, world.world).map(snapshotResponse) }
  },
})

export const restoreSnapshot = endpoint({
  id: 'snapshot.restore',
  methods: ['POST'],
  path: '/worlds/{world}/snapshots/{name}/restore',
  from: ['path', 'json'],
  summary: {
    en: 'Restore a world from a snapshot, including its clock: the same calls give the same ids again. Waits end and tokens expire as with a reset; people erased since then stay erased',
    zh: '让世界回到快照，时钟也回去：之后同样的调用得到同样的 ID。等待结束、令牌失效，与重建相同；此后被抹去的人不会回来',
  },
  input: oneSnapshot,
  answer: worldShape,
  refusals: [409],
  example: taken('before-sending'),
  before(call) {
    const row = chooseSnapshot(call, call.input.name)
    return isRefusal(row) ? row : pending(beginRestore(call, row))
  },
  outside: (restoring: Restoring, engine) => copySnapshot(restoring, engine),
  after: (call, restoring, version) => endRestore(call, restoring, version) ?? worldResponse(call),
})

export const deleteSnapshot = endpoint({
  id: 'snapshot.delete',
  methods: ['DELETE'],
  path: '/worlds/{world}/snapshots/{name}',
  from: ['path'],
  summary: {
    en: 'Delete a snapshot; no effect if it is already gone',
    zh: '删除快照；已经没有了也可以',
  },
  status: 204,
  input: oneSnapshot,
  answer: 'none',
  example: taken('not-needed'),
  handle({ db, world, input }) {
    const row = findSnapshot(db, { world: world.world, name: input.name })
    if (row) deleteRow(db, row, world.real_now)
    return reply(204)
  },
})
