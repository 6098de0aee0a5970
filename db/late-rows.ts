import { type PendingRow, PendingRows } from './pending-rows.ts'
import type { Prepared } from './prepared.ts'
import type { TableName } from './schema.ts'

type Values = readonly unknown[]

/**
 * Rows that only say again what a durable row of another table says, by whose they are: their second value, after the epoch. They
 * are written whenever it suits.
 */
export class LateRows {
  readonly #prepared: Prepared
  readonly #rows = new Map<string, Values[]>()
  /** Of which table they all are. */
  #kind: Omit<PendingRow, 'values'> | undefined
  /** Whose rows come next, the last first: the order of the table's pages, backwards. */
  #sweep: string[] = []
  length = 0

  constructor(prepared: Prepared) {
    this.#prepared = prepared
  }

  add({ table, insertion, values }: PendingRow): void {
    this.#kind ??= { table, insertion }
    if (this.#kind.insertion !== insertion)
      throw new Error(`rows of ${table} cannot be late as well`)
    const whose = whoseIs(values)
    const same = this.#rows.get(whose)
    if (same) same.push(values)
    else this.#rows.set(whose, [values])
    this.length++
  }

  has(tables: readonly TableName[] | undefined): boolean {
    if (this.length === 0) return false
    return tables === undefined || tables.some((table) => table === this.#kind?.table)
  }

  /** Writes the rows of one, whose values begin with these. Returns what it has written. */
  fileOf(values: Values): PendingRow[] {
    return this.#write(this.#takeOf(whoseIs(values)))
  }

  /**
   * Writes so many or a few more, in the order of their table's pages, from where it stopped the last time: between two
   * visits of a page most of its rows have come together. Returns what it has written.
   */
  file(count: number = this.length): PendingRow[] {
    const rows: Values[] = []
    while (rows.length < count && this.length > 0) {
      if (this.#sweep.length === 0) this.#sweep = [...this.#rows.keys()].sort().reverse()
      rows.push(...this.#takeOf(this.#sweep.pop() ?? ''))
    }
    return this.#write(rows)
  }

  #takeOf(whose: string): Values[] {
    const rows = this.#rows.get(whose) ?? []
    this.#rows.delete(whose)
    this.length -= rows.length
    return rows
  }

  #write(rows: readonly Values[]): PendingRow[] {
    const kind = this.#kind
    if (!kind) return []
    const written = rows.map((values) => ({ ...kind, values }))
    const pending = new PendingRows(this.#prepared)
    for (const row of written) pending.add(row)
    pending.flush()
    return written
  }
}

/** Of two epochs together, perhaps: to write a row too early is no harm. */
function whoseIs(values: Values): string {
  return values[1] as string
}
