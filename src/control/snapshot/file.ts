import { z } from 'zod'
import { listErasures } from '../../../db/erasure.ts'
import type { SnapshotRow } from '../../../db/schema.ts'
import { findSnapshotOfEpoch } from '../../../db/snapshot.ts'
import { findWorldBody } from '../../../db/world.ts'
import type { Call } from '../../core/call.ts'
import { endpoint } from '../../core/control-endpoint.ts'
import { pending, type Reply, reply } from '../../core/endpoint.ts'
import { words } from '../../core/field.ts'
import { isRefusal } from '../../core/refusal.ts'
import { eraseNow } from '../../tupu/association/erase.ts'
import { beginListing, type Listing } from '../world/table-text.ts'
import { file_tables, fileColumns, format } from './format.ts'
import { hasSecret, hideSecrets, withheld } from './secret.ts'
import { chooseSnapshot, snapshotName, snapshotResponse } from './snapshot.ts'

export const getSnapshot = endpoint({
  id: 'snapshot.get',
  methods: ['GET'],
  path: '/worlds/{world}/snapshots/{name}',
  from: ['path', 'query'],
  summary: {
    en: 'A snapshot as a file, from which world.create creates the world on another server. A large one is sent in portions; the connection is closed if someone in it is erased meanwhile',
    zh: '快照文件：world.create 可用它在另一台服务器上建立同样的世界。大的分批给出；期间有人在其中被抹去，则连接中断',
  },
  input: z.strictObject({
    world: z.string(),
    name: snapshotName,
    secrets: z
      .enum(['true', 'false'])
      .default('false')
      .meta(
        words(
          'Includes secrets. Without them, the file still creates the same world, unless secrets were chosen or others can reach the server.',
          '也包括密钥。不包括时仍能建立同样的世界，除非有人自选了密钥，或服务器可被他人访问。',
        ),
      ),
  }),
  answer: z.object({
    format: z.int(),
    snapshot: z.object({ name: z.string(), now: z.iso.datetime(), mode: z.string() }),
    tables: z.record(z.string(), z.array(z.unknown())),
    world: z.record(z.string(), z.unknown()),
  }),
  refusals: [409],
  example: {
    input: { name: 'to-share' },
    after: [{ call: 'snapshot.create', input: { name: 'to-share' } }],
  },
  before(call) {
    const row = chooseSnapshot(call, call.input.name)
    if (isRefusal(row)) return row
    const isErasing = listErasures(call.db, { epoch: row.epoch, limit: 1 }).length > 0
    return isErasing ? pending(row.epoch) : fileOf(call, row)
  },
  outside: (epoch: number, engine) => eraseNow(engine, epoch),
  after(call) {
    const row = chooseSnapshot(call, call.input.name)
    return isRefusal(row) ? row : fileOf(call, row)
  },
})

type GetCall = Call<undefined, { readonly secrets: 'true' | 'false' }>

/** The file, piece by piece. */
function fileOf(call: GetCall, row: SnapshotRow): Reply {
  const secrets = call.input.secrets === 'true'
  const { name, now, mode } = snapshotResponse(row)
  const head = JSON.stringify({ format, snapshot: { name, now, mode } })
  const { text, rest } = beginListing(call.db, listingOf(call, row, secrets))
  const begun = `${head.slice(0, -1)},"tables":{${text}`
  const end = `},"world":${JSON.stringify(worldOf(call, secrets))}}`
  const type = 'application/json'
  if (!rest) return { ...reply(200, begun + end), type }
  return { ...reply(200, begun), type, stream: rest(call.engine, end) }
}

function listingOf({ world }: GetCall, row: SnapshotRow, secrets: boolean): Listing {
  return {
    label: 'snapshot.get',
    epoch: row.epoch,
    tables: file_tables,
    columnsOf: fileColumns,
    show: (table, one) => (secrets ? one : hideSecrets(world, table, one)),
    refuse(db) {
      if (findSnapshotOfEpoch(db, row.epoch)?.version === row.version) return undefined
      return `somebody was erased in the snapshot ${row.name}, or it was deleted, while it was read`
    },
  }
}

function worldOf({ db, world: row, engine }: GetCall, secrets: boolean) {
  const { world, magic, idle_ttl_ms } = row
  const body = findWorldBody(db, world)
  const kept: unknown = JSON.parse(body)
  return {
    world,
    ...((secrets || !engine.settings.exposed) && { seed: row.seed }),
    magic,
    idle_ttl_ms,
    body: secrets || !hasSecret(kept) ? kept : withheld,
  }
}
