import type { EpochTable } from '../../../db/schema.ts'
import type { Column } from '../../../db/table.ts'
import { tables } from '../../../db/tables.ts'
import { useOneOf } from '../../core/nearest.ts'
import { problem } from '../../core/problem.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { isCleanText } from '../../core/request.ts'
import type { Source } from '../../world/seed.ts'
import { domainOf } from './domain.ts'
import { fileColumns } from './format.ts'
import { derivedSecret, isDerived, isWithheld } from './secret.ts'

/** A row as it is written, but for its epoch. */
export type FileRow = Readonly<Record<string, string | number | Buffer | null>>

const text_length_max = 100_000
/** Reads one row of a file, or says what is wrong with it; `field`: where it stands. */
export function readRow(
  source: Source,
  table: EpochTable,
  given: unknown,
  field: string,
): FileRow | Refusal {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    return problem('invalid_field', {
      field,
      reason: 'it is not a row',
      fix: 'give fields by name',
    })
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
  const wanted = whatElse(column, value) ?? whatDomain(table, name, value)
  if (wanted !== undefined)
    return problem('invalid_field', {
      field,
      reason: `it is not ${wanted}`,
      fix: `give ${wanted}, as snapshot.get writes it`,
    })
  return column.type === 'bytes' ? Buffer.from(String(value), 'base64') : (value as Value)
}

/** What a value should have been by its column's type; undefined: it is. */
function whatElse(column: Column<unknown>, value: unknown): string | undefined {
  if (column.type === 'int') return Number.isSafeInteger(value) ? undefined : 'a whole number'
  if (typeof value !== 'string' || !isCleanText(value)) return 'a text without NUL'
  if (value.length > text_length_max) return `a text of at most ${text_length_max} characters`
  if (column.words && column.words.length > 0 && !column.words.includes(value))
    return `one of ${column.words.join(', ')}`
  return undefined
}

function whatDomain(table: EpochTable, name: string, value: unknown): string | undefined {
  const domain = domainOf(table, name)
  return domain?.schema.safeParse(value).success === false ? domain.wanted : undefined
}
