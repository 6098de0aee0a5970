import { type RawBuilder, sql } from 'kysely'
import { between, inOrder } from './exchange.ts'
import { columnsOf, type EpochTable, epoch_tables } from './schema.ts'
import type { Columns } from './table.ts'
import { tables } from './tables.ts'
import type { Db } from './unit.ts'

/** How much of an epoch is read or deleted at once: one row in any case. */
export interface PortionBounds {
  readonly rows_max: number
  readonly bytes_max: number
}

/** The values of a row's key, after the epoch. */
export type RowKey = readonly (string | number)[]

export type EpochTableRow = Readonly<Record<string, unknown>>

/** Some rows of an epoch's table, one after the other. */
export interface Span {
  readonly rows: number
  readonly bytes: number
  /** The key of its last row; undefined: there is none. */
  readonly last: RowKey | undefined
  /** Nothing comes after it. */
  readonly isLast: boolean
}

/** Some rows of an epoch's table, in the order of its key, after one of them; and how many bytes their texts have. */
export function listEpochRows(
  db: Db,
  at: {
    readonly table: EpochTable
    readonly epoch: number
    readonly after: RowKey | undefined
    readonly columns?: readonly string[]
  },
  bounds: PortionBounds,
): Span & { readonly items: EpochTableRow[] } {
  const { table, epoch, after, columns = columnsOf(table) } = at
  const span = findSpan(db, at, bounds)
  if (!span.last) return { ...span, items: [] }
  let query = db
    .selectFrom(table)
    .select(columns.map((column) => db.dynamic.ref(column)))
    .where('epoch', '=', epoch)
    .where(compareKey(table, '<=', span.last))
  if (after) query = query.where(compareKey(table, '>', after))
  for (const column of tables[table].key) query = query.orderBy(db.dynamic.ref(column))
  return { ...span, items: db.all(query) as EpochTableRow[] }
}

/**
 * Deletes some rows of an ended epoch, from its nth table on. Says how many, and in which table it stopped: when that is
 * undefined, nothing is left from there on.
 */
export function sweepEpoch(
  db: Db,
  { epoch, from }: { readonly epoch: number; readonly from: number },
  { rows_max, bytes_max }: PortionBounds,
): { readonly rows: number; readonly stopped: number | undefined } {
  let rows = 0
  let bytes = 0
  for (const [n, table] of epoch_tables.entries()) {
    if (n < from) continue
    const bounds = { rows_max: rows_max - rows, bytes_max: bytes_max - bytes }
    const span = findSpan(db, { table, epoch, after: undefined }, bounds)
    if (span.last) {
      db.write(db.deleteFrom(table).where(isUpTo(db, { table, epoch, last: span.last })))
    }
    rows += span.rows
    bytes += span.bytes
    if (rows >= rows_max || bytes >= bytes_max || !span.isLast) return { rows, stopped: n }
  }
  return { rows, stopped: undefined }
}

/** How far one goes in a table without more than so many rows and bytes. Rows are measured before any is read whole. */
export function findSpan(
  db: Db,
  {
    table,
    epoch,
    after,
  }: {
    readonly table: EpochTable
    readonly epoch: number
    readonly after: RowKey | undefined
  },
  { rows_max, bytes_max }: PortionBounds,
): Span {
  const { key } = tables[table]
  let query = db
    .selectFrom(table)
    .select([...key.map((column) => db.dynamic.ref(column)), sizeOf(table).as('row_bytes')])
    .where(isOfEpoch(db, table, epoch))
  if (after) query = query.where(compareKey(table, '>', after))
  if (table === 'exchange') query = query.orderBy(inOrder(db, 'asc'))
  else for (const column of key) query = query.orderBy(db.dynamic.ref(column))
  const sizes = db.all(query.limit(rows_max)) as (Record<string, string | number> & {
    row_bytes: number
  })[]
  let rows = 0
  let bytes = 0
  for (const size of sizes) {
    if (rows > 0 && bytes + Number(size.row_bytes) > bytes_max) break
    rows++
    bytes += Number(size.row_bytes)
  }
  const end = sizes[rows - 1]
  const last = end && key.map((column) => end[column] as string | number)
  return { rows, bytes, last, isLast: rows === sizes.length && rows < rows_max }
}

function isUpTo(
  db: Db,
  at: { readonly table: EpochTable; readonly epoch: number; readonly last: RowKey },
): RawBuilder<boolean> {
  const { table, epoch, last } = at
  if (table === 'exchange') return between(db, { epoch, after: 0, before: Number(last[0]) + 1 })
  return sql`epoch = ${epoch} and ${compareKey(table, '<=', last)}`
}

/** Exchanges say by their number of which epoch they are, where one process owns the database. */
function isOfEpoch(db: Db, table: EpochTable, epoch: number): RawBuilder<boolean> {
  return table === 'exchange' ? between(db, { epoch, after: 0 }) : sql`epoch = ${epoch}`
}

/** The bytes of all texts of a row; numbers are small. Both databases know them without reading the texts. */
function sizeOf(table: EpochTable): RawBuilder<number> {
  const columns: Columns = tables[table].columns
  const long = Object.keys(columns).filter((name) => columns[name]?.isLong)
  const sizes = long.map((name) => sql`coalesce(octet_length(${sql.ref(name)}), 0)`)
  return sizes.length === 0 ? sql<number>`0` : sql<number>`${sql.join(sizes, sql` + `)}`
}

export function compareKey(table: EpochTable, sign: '>' | '<=', key: RowKey): RawBuilder<boolean> {
  const columns = tables[table].key.map((column) => sql.ref(column))
  const [only, value] = [columns[0], key[0]]
  if (columns.length === 1 && only) return sql<boolean>`${only} ${sql.raw(sign)} ${value}`
  return sql<boolean>`(${sql.join(columns)}) ${sql.raw(sign)} (${sql.join(key)})`
}
