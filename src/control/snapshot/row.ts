import { z } from 'zod'
import type { EpochTable } from '../../../db/schema.ts'
import type { Column } from '../../../db/table.ts'
import { tables } from '../../../db/tables.ts'
import { deliveries, type FaultPlan, fault_surfaces, transports } from '../../core/fault.ts'
import { useOneOf } from '../../core/nearest.ts'
import { problem } from '../../core/problem.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { isCleanText } from '../../core/request.ts'
import { account_verbs } from '../../tupu/account/event.ts'
import { keptGateway } from '../../tupu/gateway/config.ts'
import { isAppid } from '../../wechat/official-account.ts'
import type { Source } from '../../world/seed.ts'
import { fileColumns } from './format.ts'
import { derivedSecret, isDerived, isWithheld } from './secret.ts'

/** A row as it is written, but for its epoch. */
export type FileRow = Readonly<Record<string, string | number | Buffer | null>>

const text_length_max = 100_000
/** Instants have room beyond world clocks; JavaScript's dates have more. */
const instant_max = Date.UTC(2100, 0, 1)

const how = { delay_ms: z.int().min(0), stage: z.enum(['before', 'after']) }
const who = z.string().nullable()
const count = z.int().min(0)

/** A fault as it is applied. */
const keptPlan: z.ZodType<FaultPlan> = z.strictObject({
  name: who,
  surface: z.enum(fault_surfaces),
  endpoint: who,
  account: z
    .union([z.strictObject({ eid: z.string() }), z.strictObject({ appid: z.string() })])
    .nullable(),
  person: who,
  mobile: who,
  after: count,
  times: count.nullable(),
  probability: z.number().min(0).max(1).nullable(),
  until: count.nullable(),
  actions: z
    .array(
      z.discriminatedUnion('kind', [
        z.strictObject({
          kind: z.literal('errcode'),
          errcode: z.int(),
          errmsg: z.string().nullable(),
          ...how,
        }),
        z.strictObject({
          kind: z.literal('answer'),
          status: z.int().min(200).max(599),
          headers: z.record(z.string(), z.string()),
          body: z.string(),
          ...how,
        }),
        z.strictObject({ kind: z.literal('transport'), transport: z.enum(transports), ...how }),
        z.strictObject({ kind: z.literal('delivery'), delivery: z.enum(deliveries), ...how }),
        z.strictObject({ kind: z.literal('pass'), ...how }),
      ]),
    )
    .min(1),
})

/** What is JSON within a text, by its column. */
const json_columns: Readonly<Record<string, z.ZodType>> = {
  buttons: z.array(z.looseObject({ name: z.string() })),
  detail: z.record(z.string(), z.unknown()),
  elements: z.array(z.tuple([z.string().regex(/^\w+$/), z.unknown()])),
  facts: z.record(z.string(), z.unknown()),
  fields: z.array(z.string()),
  gateway: keptGateway,
  given: z.record(z.string(), z.unknown()),
  ip_whitelist: z.array(z.string()),
  keywords: z.record(z.string(), z.string()),
  miniprograms: z.array(z.string()),
  oauth_domains: z.array(z.string()),
  parts: z.record(z.string(), z.unknown()),
  places: z.record(z.string(), z.string()),
  plan: keptPlan,
  qr_scene: z.union([z.string(), z.int()]),
  shown: z.object({ line: z.string().nullable(), keywords: z.record(z.string(), z.string()) }),
}

/** What a column must be besides, by table and name. */
const column_rules: Readonly<
  Record<string, { readonly isGood: (value: unknown) => boolean; readonly wanted: string }>
> = {
  'account.eid': { isGood: isEid, wanted: '4 to 64 letters, digits, - and _' },
  'account.n': { isGood: isOrdinal, wanted: 'a number from 0 to 63' },
  'account_event.verb': {
    isGood: (value) => account_verbs.some((verb) => verb === value),
    wanted: `one of ${account_verbs.join(', ')}`,
  },
  'eid.eid': { isGood: isEid, wanted: '4 to 64 letters, digits, - and _' },
  'official_account.appid': {
    isGood: (value) => isAppid(String(value)),
    wanted: 'wx and 16 hex digits',
  },
  'official_account.n': { isGood: isOrdinal, wanted: 'a number from 0 to 63' },
}

function isEid(value: unknown): boolean {
  return /^[A-Za-z0-9_-]{4,64}$/.test(String(value))
}

function isOrdinal(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 63
}

/** Reads one row of a file, or says what is wrong with it; `field`: where it stands. */
export function readRow(
  source: Source,
  table: EpochTable,
  given: unknown,
  field: string,
): FileRow | Refusal {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    return problem('invalid_field', { field, reason: 'it is no row', fix: 'give fields by name' })
  const names = fileColumns(table)
  const unknown = Object.keys(given).find((name) => !names.includes(name))
  if (unknown !== undefined) {
    const reason = `${table} has no column ${unknown.slice(0, 100)}`
    return problem('unknown_field', {
      field: `${field}.${unknown.slice(0, 100)}`,
      reason,
      fix: useOneOf(unknown, names),
    })
  }
  const row = given as Record<string, unknown>
  const read: Record<string, string | number | Buffer | null> = {}
  for (const name of names) {
    const secret = isDerived(row[name]) ? derivedSecret(source, table, row, name) : undefined
    const value = readValue(table, name, secret ?? row[name], `${field}.${name}`)
    if (isRefusal(value)) return value
    read[name] = value
  }
  return read
}

type Value = string | number | Buffer | null

function readValue(
  table: EpochTable,
  name: string,
  value: unknown,
  field: string,
): Value | Refusal {
  if (isWithheld(value))
    return problem('invalid_field', {
      field,
      reason: 'it is a secret, and the file was written without secrets',
      fix: 'get the file with ?secrets=true',
    })
  const columns: Readonly<Record<string, Column<unknown>>> = tables[table].columns
  const column = columns[name] as Column<unknown>
  if (value === undefined || value === null) {
    if (column.isNullable) return null
    return problem('invalid_field', { field, reason: 'it is missing', fix: `give ${name}` })
  }
  const wanted = whatElse(column, name, value) ?? whatRule(table, name, value)
  if (wanted !== undefined)
    return problem('invalid_field', { field, reason: `it is not ${wanted}`, fix: 'correct it' })
  return column.type === 'bytes' ? Buffer.from(String(value), 'base64') : (value as Value)
}

/** What a value should have been by its column's type; undefined: it is. */
function whatElse(column: Column<unknown>, name: string, value: unknown): string | undefined {
  if (column.type === 'int') {
    const isInstant = name === 'at' || name.endsWith('_at') || name === 'valid_until'
    const most = isInstant ? instant_max : Number.MAX_SAFE_INTEGER
    const least = name === 'errcode' ? -most : 0
    const isGood = Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most
    return isGood ? undefined : isInstant ? 'an instant in milliseconds' : 'a whole number'
  }
  if (typeof value !== 'string' || !isCleanText(value)) return 'a text without NUL'
  if (value.length > text_length_max) return `a text of at most ${text_length_max} characters`
  if (column.words && column.words.length > 0 && !column.words.includes(value))
    return `one of ${column.words.join(', ')}`
  const schema = json_columns[name]
  return schema && !isJsonOf(schema, value) ? 'the JSON that belongs there' : undefined
}

function whatRule(table: EpochTable, name: string, value: unknown): string | undefined {
  const rule = column_rules[`${table}.${name}`]
  return rule && !rule.isGood(value) ? rule.wanted : undefined
}

function isJsonOf(schema: z.ZodType, text: string): boolean {
  try {
    return schema.safeParse(JSON.parse(text)).success
  } catch {
    return false
  }
}
