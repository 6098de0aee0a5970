import { z } from 'zod'
import { copied_tables } from '../../../db/epoch-copy.ts'
import { columnsOf, type EpochTable } from '../../../db/schema.ts'
import { words } from '../../core/field.ts'
import { cleanText, instant, worldName } from '../field.ts'
import { snapshotName } from './snapshot.ts'

/** Of the files that this version writes. It reads older ones by way of `upgrades`. */
export const format = 1

/** The nth makes a file of format n + 1 one of format n + 2: there has been only one format yet. */
export const upgrades: readonly ((file: SnapshotFile) => SnapshotFile)[] = []

/** What follows from other rows is not in a file, nor what goes by real time. */
export const file_tables = copied_tables.filter((table) => table !== 'phone_message').sort()
const columns_left_out: readonly string[] = ['epoch', 'sending_until', 'facts_at']

export function fileColumns(table: EpochTable): string[] {
  return columnsOf(table)
    .filter((column) => !columns_left_out.includes(column))
    .sort()
}

const formatField = z.int().superRefine((value, context) => {
  if (value >= 1 && value <= format) return
  const reason =
    value > format
      ? `it is the format ${value}, which a newer version writes; this one reads up to ${format}`
      : `there is no format ${value}`
  const fix = value > format ? 'use a newer version of the simulator' : `give 1 to ${format}`
  context.addIssue({ code: 'custom', message: fix, params: { reason } })
})

/** A snapshot as a file: `snapshot.get` writes it, `world.create` reads it. Its rows are looked at one by one later. */
export const snapshotFile = z.strictObject({
  format: formatField.meta(words('1; a newer one is refused.', '1；更新的格式会被拒绝。')),
  snapshot: z.strictObject({
    name: snapshotName,
    now: instant,
    mode: z.enum(['running', 'frozen']),
  }),
  tables: z.record(z.string(), z.array(z.unknown())),
  world: z.strictObject({
    world: worldName,
    seed: cleanText
      .max(200)
      .optional()
      .meta(
        words(
          'Omitted without secrets if others can reach the server: secrets can be derived from it.',
          '他人可访问的服务器上，不要求密钥时不给出：密钥由它推出。',
        ),
      ),
    magic: z.enum(['on', 'off']),
    idle_ttl_ms: z.int().min(1000).nullable(),
    body: z
      .record(z.string(), z.unknown())
      .meta(
        words(
          'The input from which a reset creates the world again.',
          '重建世界时所依据的请求体。',
        ),
      ),
  }),
})
export type SnapshotFile = z.output<typeof snapshotFile>
