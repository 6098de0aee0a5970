import { z } from 'zod'
import type { EpochTableRow } from '../../../db/epoch.ts'
import { columnsOf, type EpochTable, epoch_tables } from '../../../db/schema.ts'
import { findWorld } from '../../../db/world.ts'
import { endpoint } from '../../core/control-endpoint.ts'
import { reply } from '../../core/endpoint.ts'
import type { Engine } from '../../core/engine.ts'
import { words } from '../../core/field.ts'
import type { World } from '../../world/world.ts'
import { dropSecrets, secret_columns } from './secret.ts'
import { beginListing, type Listing } from './table-text.ts'

/** The journal and its counters are no state of the world, nor are browsers' sessions; calls are counted, and nonces kept, in real time. */
const left_out: readonly string[] = [
  'exchange',
  'exchange_head',
  'exchange_subject',
  // It says what template and chat messages say.
  'phone_message',
  // And this what sends and associations say.
  'address',
  'session',
  'erasure',
  // What a process does.
  'association_import',
  'call_count',
  'nonce',
  // What opens something until the next reset.
  'access_token',
  'oauth_code',
  'web_token',
  'scene_code',
  'js_ticket',
  'short_link',
  'website_login',
  // Files that end by themselves.
  'media',
]

/** Real time and what is kept of a process differ between runs of the same calls; a keyed hash says nothing. */
const columns_left_out: readonly string[] = ['epoch', 'facts_at', 'sending_until', 'mobile_key']

/** In the order of canonical JSON. */
export const exported_tables = epoch_tables.filter((table) => !left_out.includes(table)).sort()

/** A world as canonical JSON: the same name, seed and calls on a frozen clock give the same bytes. */
export const exportWorld = endpoint({
  id: 'world.export',
  methods: ['GET'],
  path: '/worlds/{world}/export',
  from: ['path', 'query'],
  summary: {
    en: 'The whole world as canonical JSON, without the journal, and without tokens, codes and tickets, which a reset invalidates. A large world is sent in portions, each as it is when read: the export is exact if the world does not change meanwhile. If the world is reset or ends meanwhile, the connection is closed',
    zh: '世界的全部内容，规范化 JSON，不含日志，也不含随重建失效的令牌、code 和 ticket。大的世界分批读出，每批以读取时为准：期间世界里没有变化，导出就是精确的。期间世界被重建或结束，则连接中断',
  },
  input: z.strictObject({
    world: z.string(),
    secrets: z
      .enum(['true', 'false'])
      .default('false')
      .meta(
        words(
          'Includes secrets and keys of accounts and, on a server that others can reach, the seed, from which they can be derived.',
          '也包括账号的密钥；在他人可访问的服务器上，还包括能推出密钥的种子。',
        ),
      ),
  }),
  answer: z.object({
    world: z.record(z.string(), z.unknown()),
    tables: z.record(z.string(), z.array(z.unknown())),
  }),
  example: { input: {} },
  handle({ db, world, engine, input }) {
    const what = { world, engine, secrets: input.secrets === 'true' }
    const { text, rest } = beginListing(db, listingOf(what))
    const type = 'application/json'
    const begun = `{"tables":{${text}`
    if (!rest) return { ...reply(200, begun + endOf(what)), type }
    return { ...reply(200, begun), type, stream: rest(engine, endOf(what)) }
  },
})

/** What is exported of which world. */
interface Exported {
  readonly world: World
  readonly engine: Engine
  readonly secrets: boolean
}

/** Its rows, until the world has begun a new life. */
function listingOf({ world, secrets }: Exported): Listing {
  return {
    label: 'world.export',
    epoch: world.epoch,
    tables: exported_tables,
    columnsOf: (table) => exportedColumns(table, secrets),
    show(table, row) {
      if (isOfExchanges(table, row)) return undefined
      return secrets ? row : withoutSecrets(row)
    },
    refuse(db) {
      if (findWorld(db, world.world)?.epoch === world.epoch) return undefined
      return `the world ${world.world} was reset or has ended while it was exported`
    },
  }
}

function endOf({ world: row, engine, secrets }: Exported): string {
  const { world, clock_mode, magic } = row
  // How far a running clock is from real time differs between runs.
  const clock_ms = clock_mode === 'frozen' ? row.clock_ms : undefined
  const seed = secrets || !engine.settings.exposed ? row.seed : undefined
  return `},"world":${JSON.stringify({ clock_mode, clock_ms, magic, seed, world })}}`
}

export function exportedColumns(table: EpochTable, secrets: boolean): string[] {
  const left_out = secrets ? columns_left_out : [...columns_left_out, ...secret_columns]
  return columnsOf(table)
    .filter((column) => !left_out.includes(column))
    .sort()
}

/** The way to a WeChat elsewhere has a secret in it, and so may have what was wished of an official account. */
function withoutSecrets(row: EpochTableRow): EpochTableRow {
  const shown = { ...row }
  for (const column of ['gateway', 'detail']) {
    const text = row[column]
    if (typeof text === 'string') shown[column] = JSON.stringify(dropSecrets(JSON.parse(text)))
  }
  return shown
}

/** How often somebody called or looked is not part of a world. */
export function isOfExchanges(table: string, row: EpochTableRow): boolean {
  return table === 'counter' && (row['purpose'] === 'exchange' || row['purpose'] === 'look')
}
