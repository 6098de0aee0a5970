import { type PendingRow, PendingRows } from './pending-rows.ts'
import type { Prepared } from './prepared.ts'
import type { TableName } from './schema.ts'

/** Rows that have been durable in another table's row for a while, by whose they are: an epoch and a key. */
export class LateRows {
  readonly #prepared: Prepared
  readonly #rows = new Map<string, PendingRow[]>()
  readonly #tables = new Set<TableName>()
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

  /** Writes those of one, whose values begin with these; or all, in the order of whose they are. Returns what it has written. */
  file(of?: readonly unknown[]): PendingRow[] {
    const rows = of ? this.#takeOf(whoseIs(of)) : this.#takeAll()
    const pending = new PendingRows(this.#prepared)
    for (const row of rows) pending.add(row)
    pending.flush()
    return rows
  }

  #takeOf(whose: string): PendingRow[] {
    const rows = this.#rows.get(whose) ?? []
    this.#rows.delete(whose)
    this.length -= rows.length
    return rows
  }

  #takeAll(): PendingRow[] {
    const rows = [...this.#rows].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, same]) => same)
    this.#rows.clear()
    this.length = 0
    return rows
  }
}

function whoseIs([epoch, key]: readonly unknown[]): string {
  return `${epoch} ${key}`
}
