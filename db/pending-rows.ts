import type { Prepared } from './prepared.ts'
import type { TableName } from './schema.ts'
import type { Statement } from './statement.ts'

/** Most rows come eight at a time when fifty callers send at once; more in a statement bring nothing. */
const rows_at_once = 8

export interface PendingRow {
  readonly table: TableName
  readonly insertion: Statement
  readonly values: readonly unknown[]
}

/** Rows that are written when the commit comes, or somebody asks for their table: many in one statement. */
export class PendingRows {
  readonly #prepared: Prepared
  readonly #rows: PendingRow[] = []
  readonly #tables = new Set<TableName>()
  readonly #manyBySql = new Map<string, string>()

  constructor(prepared: Prepared) {
    this.#prepared = prepared
  }

  get length(): number {
    return this.#rows.length
  }

  add(row: PendingRow): void {
    this.#rows.push(row)
    this.#tables.add(row.table)
  }

  /** Whether rows of one of these tables wait; undefined: of any. */
  has(tables: readonly TableName[] | undefined): boolean {
    if (this.#rows.length === 0) return false
    return tables === undefined || tables.some((table) => this.#tables.has(table))
  }

  /** The rows that wait, in their order. */
  get rows(): readonly PendingRow[] {
    return this.#rows
  }

  /** Takes all rows out. */
  take(): PendingRow[] {
    this.#tables.clear()
    return this.#rows.splice(0)
  }

  /** Forgets all but the first rows. */
  cut(length: number): void {
    this.#rows.length = Math.min(length, this.#rows.length)
    if (this.#rows.length === 0) this.#tables.clear()
  }

  /** Writes the first rows; of one table in their order. */
  flush(length: number = this.#rows.length): void {
    if (length <= 0) return
    const rows = this.#rows.splice(0, length)
    if (this.#rows.length === 0) this.#tables.clear()
    const bySql = new Map<string, PendingRow[]>()
    for (const row of rows) {
      const same = bySql.get(row.insertion.sql)
      if (same) same.push(row)
      else bySql.set(row.insertion.sql, [row])
    }
    for (const [sql, same] of bySql) this.#write(sql, same)
  }

  #write(sql: string, rows: readonly PendingRow[]): void {
    let at = 0
    for (; rows.length - at >= rows_at_once; at += rows_at_once) {
      const values: unknown[] = []
      for (let i = at; i < at + rows_at_once; i++) values.push(...(rows[i]?.values ?? []))
      this.#prepared.get(this.#many(sql)).run(values)
    }
    for (; at < rows.length; at++) this.#prepared.get(sql).run(rows[at]?.values)
  }

  #many(sql: string): string {
    let many = this.#manyBySql.get(sql)
    if (many === undefined) {
      many = sql.replace(/ values (\([?, ]+\))/, (_, row) => {
        return ` values ${new Array(rows_at_once).fill(row).join(', ')}`
      })
      this.#manyBySql.set(sql, many)
    }
    return many
  }
}
