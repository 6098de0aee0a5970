import { type PendingRow, PendingRows } from './pending-rows.ts'
import type { Prepared } from './prepared.ts'
import type { TableName } from './schema.ts'

/**
 * Rows that only say again what a durable row of another table says, by whose they are: their second value, after the epoch. They
 * are written whenever it suits.
 */
export class LateRows {
  readonly #prepared: Prepared
  readonly #rows = new Map<string, PendingRow[]>()
  readonly #tables = new Set<TableName>()
  /** Whose rows come next, the last first: the order of the table's pages, backwards. */
  #sweep: string[] = []
  length = 0

  constructor(prepared: Prepared) {
    this.#prepared = prepared
  }

  add(row: PendingRow): void {
    const whose = whoseIs(row.values)
    const same = this.#rows.get(whose)
    if (same) same.push(row)
    else this.#rows.set(whose, [row])
    this.#tables.add(row.table)
    this.length++
  }

  has(tables: readonly TableName[] | undefined): boolean {
    if (this.length === 0) return false
    return tables === undefined || tables.some((table) => this.#tables.has(table))
  }

  /** Writes the rows of one, whose values begin with these. Returns what it has written. */
  fileOf(values: readonly unknown[]): PendingRow[] {
    return this.#write(this.#takeOf(whoseIs(values)))
  }

  /**
   * Writes so many or a few more, in the order of their table's pages, from where it stopped the last time: between two
   * visits of a page most of its rows have come together. Returns what it has written.
   */
  file(count: number = this.length): PendingRow[] {
    const rows: PendingRow[] = []
    while (rows.length < count && this.length > 0) {
      if (this.#sweep.length === 0) this.#sweep = [...this.#rows.keys()].sort().reverse()
      rows.push(...this.#takeOf(this.#sweep.pop() ?? ''))
    }
    return this.#write(rows)
  }

  #takeOf(whose: string): PendingRow[] {
    const rows = this.#rows.get(whose) ?? []
    this.#rows.delete(whose)
    this.length -= rows.length
    return rows
  }

  #write(rows: PendingRow[]): PendingRow[] {
    const pending = new PendingRows(this.#prepared)
    for (const row of rows) pending.add(row)
    pending.flush()
    return rows
  }
}

/** Of two epochs together, perhaps: to write a row too early is no harm. */
function whoseIs(values: readonly unknown[]): string {
  return values[1] as string
}
