import { type EpochTableRow, listEpochRows, type RowKey } from '../../../db/epoch.ts'
import type { EpochTable } from '../../../db/schema.ts'
import type { Db } from '../../../db/unit.ts'
import type { Engine } from '../../core/engine.ts'
import { nextTurn } from '../../world/clock.ts'

/** What is read in one unit, and held at once for a reader who does not keep up. */
const portion = { rows_max: 200, bytes_max: 128 * 1024 }

/** Which rows of an epoch are told as JSON, and how. */
export interface Listing {
  /** Names the units in which it is read. */
  readonly label: string
  readonly epoch: number
  readonly tables: readonly EpochTable[]
  /** In the order in which they are written. */
  columnsOf(table: EpochTable): readonly string[]
  /** A row as it is told; undefined: it is not. */
  show(table: EpochTable, row: EpochTableRow): EpochTableRow | undefined
  /** Why it cannot go on, if so. */
  refuse(db: Db): string | undefined
}

/** Where the next portion begins: in which table, after which row, and whether the table's text has begun. */
interface Place {
  readonly table: number
  readonly after: RowKey | undefined
  readonly isBegun: boolean
}

/** The tables as members of a JSON object: the first of them, and what is still to be read. Undefined: that was all. */
export function beginListing(
  db: Db,
  listing: Listing,
): {
  readonly text: string
  rest: ((engine: Engine, end: string) => AsyncGenerator<string>) | undefined
} {
  const { text, next } = readPortion(db, listing, { table: 0, after: undefined, isBegun: false })
  return { text, rest: next && ((engine, end) => readOn(engine, listing, next, end)) }
}

/** The portions after the first, each in a unit of its own, and what ends them all. */
async function* readOn(
  engine: Engine,
  listing: Listing,
  from: Place,
  end: string,
): AsyncGenerator<string> {
  for (let place: Place | undefined = from; place; ) {
    await nextTurn()
    engine.closing.throwIfAborted()
    const at: Place = place
    const { text, next } = await engine.store.unit(listing.label, ({ db }) => {
      const no = listing.refuse(db)
      if (no !== undefined) throw new Error(no)
      return readPortion(db, listing, at)
    })
    yield next ? text : text + end
    place = next
  }
}

/** Text of the tables from a place on, and where it goes on; undefined: there is no more. */
function readPortion(db: Db, listing: Listing, from: Place): { text: string; next?: Place } {
  const { epoch, tables } = listing
  const parts: string[] = []
  let { rows_max, bytes_max } = portion
  let place = from
  for (let table = tables[from.table]; table; table = tables[place.table]) {
    if (rows_max <= 0 || bytes_max <= 0) return { text: parts.join(''), next: place }
    const { after } = place
    const at = { table, epoch, after, columns: listing.columnsOf(table) }
    const { items, rows, bytes, last, isLast } = listEpochRows(db, at, { rows_max, bytes_max })
    const texts = items.flatMap((row) => toText(listing.show(table, row)))
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

/** A row has its columns in the order in which they were asked for. */
function toText(row: EpochTableRow | undefined): string[] {
  return row ? [JSON.stringify(row)] : []
}
