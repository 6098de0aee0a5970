import { Insertion, rows_at_once } from './insertion.ts'
import type { Prepared } from './prepared.ts'
import type { TableName } from './schema.ts'
import type { Statement } from './statement.ts'

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

  /** Writes the first rows; of one table in their order. When it fails, nothing of the transaction can be kept. */
  flush(length: number = this.#rows.length): void {
    if (length <= 0) return
    const rows = this.#rows.splice(0, length)
    if (this.#rows.length === 0) this.#tables.clear()
    const byInsertion = new Map<Statement, PendingRow[]>()
    for (const row of rows) {
      const same = byInsertion.get(row.insertion)
      if (same) same.push(row)
      else byInsertion.set(row.insertion, [row])
    }
    for (const [insertion, same] of byInsertion) this.#write(insertionOf(insertion), same)
  }

  #write(insertion: Insertion, rows: readonly PendingRow[]): void {
    const { one, many, given } = insertion.textsFor(rows)
    let at = 0
    for (; rows.length - at >= rows_at_once; at += rows_at_once) {
      this.#prepared.get(many).run(valuesOf(rows, at, rows_at_once, given))
    }
    for (; at < rows.length; at++) this.#prepared.get(one).run(valuesOf(rows, at, 1, given))
  }
}

function valuesOf(
  rows: readonly PendingRow[],
  from: number,
  count: number,
  given: readonly number[],
): unknown[] {
  const values: unknown[] = new Array(count * given.length)
  let at = 0
  for (let i = from; i < from + count; i++) {
    const row = rows[i]?.values
    for (const column of given) values[at++] = row?.[column]
  }
  return values
}

/** Statements that add rows are built once each. */
const insertions = new WeakMap<Statement, Insertion>()

function insertionOf(statement: Statement): Insertion {
  let insertion = insertions.get(statement)
  if (!insertion) {
    insertion = new Insertion(statement.sql)
    insertions.set(statement, insertion)
  }
  return insertion
}
