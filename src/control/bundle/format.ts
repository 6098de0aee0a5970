import { z } from 'zod'
import { words } from '../../core/field.ts'

/** Of the files that this version writes. */
export const bundle_format = 1

const half = z.object({
  headers: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  /** Null: it was not kept whole, or is no text. */
  body: z.string().nullable(),
})

/** A call with its answer. */
export const bundledExchange = z.object({
  seq: z.int(),
  trace: z.string(),
  direction: z.enum(['in', 'out']),
  surface: z.string(),
  endpoint: z.string(),
  at: z.iso.datetime(),
  method: z.string(),
  url: z.string(),
  request: half.meta(
    words('`body` is null if it was not kept in full.', '`body` 为 null：未完整保留。'),
  ),
  status: z.int(),
  answer: half,
  decision: z.array(z.unknown()),
})
export type BundledExchange = z.output<typeof bundledExchange>

/** A world as a file for a bug report. */
export const bundleShape = z.object({
  format: z.int(),
  program: z.object({ version: z.string(), node: z.string(), database: z.string() }),
  settings: z.object({
    exposed: z.boolean(),
    partner_open: z.boolean(),
    limits: z.record(z.string(), z.int()),
  }),
  profiles: z
    .array(z.unknown())
    .meta(words('Partner profiles besides the default one.', '默认之外的伙伴配置。')),
  world: z.object({
    world: z.string(),
    seed: z.string().optional(),
    magic: z.enum(['on', 'off']),
    clock: z.object({ mode: z.enum(['running', 'frozen']), now: z.iso.datetime() }),
    resets: z.int(),
    dropped: z
      .int()
      .meta(words('Calls that the journal no longer has.', '日志已不再保留的调用数。')),
    body: z
      .record(z.string(), z.unknown())
      .meta(words('The version that created it.', '建立时所依据的请求体。')),
  }),
  tables: z.record(z.string(), z.array(z.record(z.string(), z.unknown()))),
  exchanges: z.array(bundledExchange).meta(words('Oldest first.', '最早的在前。')),
  aliases: z
    .array(z.string())
    .meta(words('The placeholders for secrets, tokens and ids.', '代替密钥、令牌和 ID 的文本。')),
})
export type Bundle = z.output<typeof bundleShape>
