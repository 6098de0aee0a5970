import type { Prepared } from './prepared.ts'
import { columnsOf, type Row, type TableName } from './schema.ts'
import { tables } from './tables.ts'
import { TupleMap } from './tuple-map.ts'
import type { Counts, CountTable } from './unit.ts'

/** Of all counts together, so many are kept when a commit is over. */
const entries_max = 4000

type Count = Readonly<Record<string, unknown>>

interface Entry {
  readonly table: CountTable
  readonly key: readonly unknown[]
  row: Count | undefined
}

/**
 * Counts of a database that one process owns: read once, changed in memory, and written with the commit that makes them true,
 * however often they were counted up until then.
 */
export class Ledger implements Counts {
  readonly #prepared: Prepared
  /** By table and key. */
  readonly #entries = new TupleMap<Entry>()
  /** Since the last commit: what was changed, with what it was before, and what was written. */
  readonly #changes: { readonly entry: Entry; readonly row: Count | undefined }[] = []
  readonly #written: Entry[] = []
  /** Of these the database has another value, or perhaps has. */
  readonly #dirty = new Set<Entry>()
  /** The last number that an epoch gave to an exchange; one that was taken back leaves a gap. */
  readonly #seqs = new Map<number, number>()

  constructor(prepared: Prepared) {
    this.#prepared = prepared
  }

  /** How many changes there have been since the last commit. */
  get length(): number {
    return this.#changes.length
  }

  find<T extends CountTable>(table: T, key: readonly unknown[]): Row<T> | undefined {
    return this.#entry(table, key).row as Row<T> | undefined
  }

  set<T extends CountTable>(table: T, key: readonly unknown[], row: Row<T>): void {
    const entry = this.#entry(table, key)
    this.#changes.push({ entry, row: entry.row })
    this.#put(entry, row)
  }

  /** The next number of an epoch; `last`: what the database has, asked once. */
  draw(epoch: number, last: () => number): number {
    const seq = (this.#seqs.get(epoch) ?? last()) + 1
    if (this.#seqs.size >= entries_max) this.#seqs.clear()
    this.#seqs.set(epoch, seq)
    return seq
  }

  /** Takes back all but the first changes. */
  undo(length: number): void {
    for (const { entry, row } of this.#changes.splice(length).reverse()) {
      this.#put(entry, row)
      this.#entries.set([entry.table, ...entry.key], entry)
    }
  }

  /** A savepoint was rolled back: what was written may be there no longer. */
  rewrite(): void {
    for (const entry of this.#written.splice(0)) this.#put(entry, entry.row)
  }

  /** Writes what has changed, so that everybody sees it. */
  write(): void {
    for (const entry of this.#dirty) {
      const { table, key, row } = entry
      const { columns, put, remove } = sql_of[table]
      if (row) this.#prepared.get(put).run(columns.map((column) => row[column]))
      else this.#prepared.get(remove).run(key)
      this.#written.push(entry)
    }
    this.#dirty.clear()
  }

  /** Whether a statement that touches these tables must see what is counted here. */
  concerns(names: readonly TableName[] | undefined): boolean {
    return names === undefined || names.some((name) => name in sql_of)
  }

  /** Somebody else has written to the tables. */
  forget(): void {
    this.#entries.clear()
    this.#dirty.clear()
  }

  /** What was counted is there for good. */
  committed(): void {
    this.#changes.length = 0
    this.#written.length = 0
    if (this.#entries.size > entries_max) this.#entries.clear()
  }

  /** Nothing since the last commit has happened. */
  lost(): void {
    this.#changes.length = 0
    this.#written.length = 0
    this.forget()
  }

  #put(entry: Entry, row: Count | undefined): void {
    entry.row = row
    this.#dirty.add(entry)
  }

  #entry(table: CountTable, key: readonly unknown[]): Entry {
    const name = [table, ...key]
    let entry = this.#entries.get(name)
    if (!entry) {
      const row = this.#prepared.get(sql_of[table].find).get(key) as Count | undefined
      entry = { table, key, row }
      this.#entries.set(name, entry)
    }
    return entry
  }
}

/** The statements of a table, for SQLite; a key begins with the epoch. */
function sqlOf(table: CountTable) {
  const columns: readonly string[] = columnsOf(table)
  const isKey = ['epoch', ...tables[table].key].map((column) => `${column} = ?`).join(' and ')
  const values = columns.map(() => '?').join(', ')
  return {
    columns,
    find: `select * from ${table} where ${isKey}`,
    put: `insert or replace into ${table} (${columns.join(', ')}) values (${values})`,
    remove: `delete from ${table} where ${isKey}`,
  }
}

const sql_of = {
  counter: sqlOf('counter'),
  send_count: sqlOf('send_count'),
  quota_count: sqlOf('quota_count'),
  call_count: sqlOf('call_count'),
  nonce: sqlOf('nonce'),
} as const satisfies Record<CountTable, unknown>
