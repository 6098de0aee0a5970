import canonicalize from 'canonicalize'
import { z } from 'zod'
import { listEpochRows } from '../../../db/epoch.ts'
import { epoch_tables } from '../../../db/schema.ts'
import { endpoint } from '../../core/control-endpoint.ts'
import { reply } from '../../core/endpoint.ts'

/** The journal and its counters are no state of the world, nor are browsers' sessions; calls are counted in real time. */
const left_out: readonly string[] = [
  'exchange',
  'exchange_head',
  'exchange_subject',
  'session',
  'erasure',
  'call_count',
]

/** Real time and what is kept of a process differ between runs of the same calls; a keyed hash says nothing. */
const columns_left_out: readonly string[] = ['epoch', 'facts_at', 'sending_until', 'mobile_key']

/** A world as canonical JSON: the same name, seed and calls on a frozen clock give the same bytes. */
export const exportWorld = endpoint({
  id: 'world.export',
  methods: ['GET'],
  path: '/worlds/{world}/export',
  from: ['path'],
  summary: {
    en: 'Everything in a world as canonical JSON, without its journal',
    zh: '世界的全部内容，规范化 JSON，不含日志',
  },
  input: z.strictObject({ world: z.string() }),
  answer: z.object({
    world: z.record(z.string(), z.unknown()),
    tables: z.record(z.string(), z.array(z.unknown())),
  }),
  example: { input: {} },
  handle({ db, world }) {
    const tables: Record<string, unknown[]> = {}
    for (const table of epoch_tables) {
      if (left_out.includes(table)) continue
      const rows = listEpochRows(db, table, world.epoch)
      tables[table] = rows.filter((row) => !isOfExchanges(table, row)).map(withoutRealTime)
    }
    const { world: name, seed, clock_mode, clock_ms, magic } = world
    const text =
      canonicalize({ world: { world: name, seed, clock_mode, clock_ms, magic }, tables }) ?? ''
    return { ...reply(200, text), type: 'application/json' }
  },
})

/** How often somebody called or looked is not part of a world. */
function isOfExchanges(table: string, row: Record<string, unknown>): boolean {
  return table === 'counter' && (row['purpose'] === 'exchange' || row['purpose'] === 'look')
}

function withoutRealTime(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).filter(([column]) => !columns_left_out.includes(column)),
  )
}
