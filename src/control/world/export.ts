import { z } from 'zod'
import { type EpochTableRow, listEpochRows, type RowKey } from '../../../db/epoch.ts'
import { columnsOf, type EpochTable, epoch_tables } from '../../../db/schema.ts'
import type { Db } from '../../../db/unit.ts'
import { findWorld } from '../../../db/world.ts'
import { endpoint } from '../../core/control-endpoint.ts'
import { reply } from '../../core/endpoint.ts'
import type { Engine } from '../../core/engine.ts'
import { words } from '../../core/field.ts'
import { nextTurn } from '../../world/clock.ts'
import type { World } from '../../world/world.ts'

/** The journal and its counters are no state of the world, nor are browsers' sessions; calls are counted, and nonces kept, in real time. */
const left_out: readonly string[] = [
  'exchange',
  'exchange_head',
  'exchange_subject',
  // It says what the template messages say.
  'phone_message',
  // And this what sends and associations say.
  'address',
  'session',
  'erasure',
  'call_count',
  'nonce',
  // What opens something until the next reset.
  'access_token',
  'oauth_code',
  'web_token',
  'scene_code',
]

/** Real time and what is kept of a process differ between runs of the same calls; a keyed hash says nothing. */
const columns_left_out: readonly string[] = ['epoch', 'facts_at', 'sending_until', 'mobile_key']

/** What proves who somebody is: left out unless it is asked for. */
const secret_columns: readonly string[] = [
  'app_secret',
  'token',
  'aes_key',
  'partner_secret',
  'callback_secret',
]

/** In the order of canonical JSON. */
const exported_tables = epoch_tables.filter((table) => !left_out.includes(table)).sort()

/** What is read in one unit, and held at once for a reader who does not keep up. */
const portion = { rows_max: 200, bytes_max: 128 * 1024 }

/** A world as canonical JSON: the same name, seed and calls on a frozen clock give the same bytes. */
export const exportWorld = endpoint({
  id: 'world.export',
  methods: ['GET'],
  path: '/worlds/{world}/export',
  from: ['path', 'query'],
  summary: {
    en: 'Everything in a world as canonical JSON, without its journal, and without tokens, codes and tickets, which die with a reset. A big world comes in portions, each as it is when it is read: exact while nothing happens in it. When the world is reset or ends meanwhile, the connection breaks off',
    zh: '世界的全部内容，规范化 JSON，不含日志，也不含随重建失效的令牌、code 和 ticket。大的世界分批读出，每批以读取时为准：期间世界里没有变化，导出就是精确的。期间世界被重建或结束，则连接中断',
  },
  input: z.strictObject({
    world: z.string(),
    secrets: z
      .enum(['true', 'false'])
      .default('false')
      .meta(
        words(
          'Secrets and keys of accounts too, and on a server that others can reach the seed, from which they follow.',
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
    const begun = readPortion(db, what, { table: 0, after: undefined, isBegun: false })
    const text = `{"tables":{${begun.text}`
    const type = 'application/json'
    if (!begun.next) return { ...reply(200, text + endOf(what)), type }
    return { ...reply(200, text), type, stream: readOn(what, begun.next) }
  },
})

/** What is exported of which world. */
interface Exported {
  readonly world: World
  readonly engine: Engine
  readonly secrets: boolean
}

/** Where the next portion begins: in which table, after which row, and whether the table's text has begun. */
interface Place {
  readonly table: number
  readonly after: RowKey | undefined
  readonly isBegun: boolean
}

/** The portions after the first, each in a unit of its own, until the world is told or has begun a new life. */
async function* readOn(what: Exported, from: Place): AsyncGenerator<string> {
  const { engine, world } = what
  for (let place: Place | undefined = from; place; ) {
    await nextTurn()
    engine.closing.throwIfAborted()
    const at: Place = place
    const { text, next } = await engine.store.unit('world.export', ({ db }) => {
      if (findWorld(db, world.world)?.epoch === world.epoch) return readPortion(db, what, at)
      throw new Error(`the world ${world.world} was reset or has ended while it was exported`)
    })
    yield next ? text : text + endOf(what)
    place = next
  }
}

function endOf({ world: row, engine, secrets }: Exported): string {
  const { world, clock_mode, clock_ms, magic } = row
  const seed = secrets || !engine.settings.exposed ? row.seed : undefined
  return `},"world":${JSON.stringify({ clock_mode, clock_ms, magic, seed, world })}}`
}

/** Text of the tables from a place on, and where it goes on; undefined: there is no more. */
function readPortion(db: Db, what: Exported, from: Place): { text: string; next?: Place } {
  const { secrets } = what
  const { epoch } = what.world
  const parts: string[] = []
  let { rows_max, bytes_max } = portion
  let place = from
  for (let table = exported_tables[from.table]; table; table = exported_tables[place.table]) {
    if (rows_max <= 0 || bytes_max <= 0) return { text: parts.join(''), next: place }
    const { after } = place
    const at = { table, epoch, after, columns: exportedColumns(table, secrets) }
    const { items, rows, bytes, last, isLast } = listEpochRows(db, at, { rows_max, bytes_max })
    const shown = secrets ? items : items.map(withoutSecrets)
    const texts = shown.filter((row) => !isOfExchanges(table, row)).map(toText)
    if (!after) parts.push(`${place.table > 0 ? ',' : ''}"${table}":[`)
    if (place.isBegun && texts.length > 0) parts.push(',')
    parts.push(texts.join(','))
    const isBegun = place.isBegun || texts.length > 0
    if (!isLast) return { text: parts.join(''), next: { table: place.table, after: last, isBegun } }
    parts.push(']')
    place = { table: place.table + 1, after: undefined, isBegun: false }
    rows_max -= rows
    bytes_max -= bytes
  }
  return { text: parts.join('') }
}

/** A row has its columns in the order in which they were asked for: that of canonical JSON. */
const toText = (row: EpochTableRow) => JSON.stringify(row)

function exportedColumns(table: EpochTable, secrets: boolean): string[] {
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
    if (typeof text === 'string') shown[column] = JSON.stringify(JSON.parse(text, dropSecret))
  }
  return shown
}

function dropSecret(name: string, value: unknown): unknown {
  return secret_columns.includes(name) ? undefined : value
}

/** How often somebody called or looked is not part of a world. */
function isOfExchanges(table: string, row: EpochTableRow): boolean {
  return table === 'counter' && (row['purpose'] === 'exchange' || row['purpose'] === 'look')
}
