import type { EpochTable } from '../../../db/schema.ts'
import { problem } from '../../core/problem.ts'
import type { Refusal } from '../../core/refusal.ts'
import { keptGateway } from '../../tupu/gateway/config.ts'
import type { Source } from '../../world/seed.ts'
import { counters, dense, derived, numbered } from './joint.ts'
import { type FileIndex, type Row, references, type Tables } from './reference.ts'

/** What a value is not. */
interface Lie {
  readonly column: string
  readonly reason: string
}

/** All that the rows of a file say of each other, of which each has been looked at by itself. */
export class FileCheck {
  readonly #tables: Tables
  readonly #source: Source
  readonly #index: FileIndex
  /** How far each counter must have come. */
  readonly #reached = new Map<string, number>()
  readonly #counts = new Map<string, number>()

  constructor(tables: Tables, source: Source) {
    this.#tables = tables
    this.#source = source
    this.#index = indexOf(tables)
    for (const { of, counter, number } of numbered) {
      for (const row of rowsOf(tables, of)) {
        const [key, n] = number(row)
        const at = `${counter} ${key}`
        this.#reached.set(at, Math.max(n, this.#reached.get(at) ?? 0))
      }
    }
    for (const { of, by } of dense)
      for (const row of rowsOf(tables, of)) {
        const at = groupOf(of, by, row)
        this.#counts.set(at, (this.#counts.get(at) ?? 0) + 1)
      }
  }

  /** The no to the first of some rows of a table that lies; `from`: which of the table the first of them is. */
  refuseRows(table: EpochTable, from: number, to: number): Refusal | undefined {
    for (const [i, row] of rowsOf(this.#tables, table).slice(from, to).entries()) {
      const lie = this.#lieOf(table, row)
      if (!lie) continue
      return problem('invalid_field', {
        field: `snapshot.tables.${table}.${from + i}.${lie.column}`,
        reason: lie.reason,
        fix: 'use the file exactly as snapshot.get returns it',
      })
    }
    return undefined
  }

  /** The no to a file that lacks a counter of rows that it has. Asked when all rows were looked at. */
  refuseMissing(): Refusal | undefined {
    for (const [table, { key }] of entriesOf(counters)) {
      const there = new Set(rowsOf(this.#tables, table).map((row) => `${table} ${key(row)}`))
      for (const at of this.#reached.keys()) {
        if (!at.startsWith(`${table} `) || there.has(at)) continue
        return problem('invalid_field', {
          field: `snapshot.tables.${table}`,
          reason: `it lacks the row ${at.slice(table.length + 1)}, by which others are numbered`,
          fix: 'use the file exactly as snapshot.get returns it',
        })
      }
    }
    return undefined
  }

  #lieOf(table: EpochTable, row: Row): Lie | undefined {
    return (
      this.#danglingOf(table, row) ??
      this.#underivedOf(table, row) ??
      this.#gapOf(table, row) ??
      this.#behindOf(table, row)
    )
  }

  #danglingOf(table: EpochTable, row: Row): Lie | undefined {
    for (const { from, columns, to, by, read, unless } of references) {
      if (from !== table) continue
      const values = read ? read(row) : columns.map((column) => row[column])
      if (values === undefined || values.some((value) => value == null)) continue
      if (unless?.(this.#index, row) || this.#index.has(to, by, values)) continue
      return { column: columns[0] ?? '', reason: `the file has no ${to} ${values.join(' of ')}` }
    }
    return undefined
  }

  #underivedOf(table: EpochTable, row: Row): Lie | undefined {
    const at = { source: this.#source, file: this.#index }
    const wrong = derived.find(({ of, isRight }) => of === table && !isRight(row, at))
    return wrong && { column: wrong.column, reason: `it is not ${wrong.wanted}` }
  }

  #gapOf(table: EpochTable, row: Row): Lie | undefined {
    for (const { of, column, from, by } of dense) {
      if (of !== table) continue
      const n = Number(row[column])
      const count = this.#counts.get(groupOf(of, by, row)) ?? 0
      const last = from + count - 1
      if (n < from || n > last) return { column, reason: `it is not from ${from} to ${last}` }
    }
    return undefined
  }

  #behindOf(table: EpochTable, row: Row): Lie | undefined {
    if (table !== 'counter' && table !== 'send_count') return undefined
    const { column, key } = counters[table]
    const least = this.#reached.get(`${table} ${key(row)}`) ?? 0
    if (Number(row[column]) >= least) return undefined
    return { column, reason: `other rows are numbered by it, up to ${least}` }
  }
}

function indexOf(tables: Tables): FileIndex {
  const sets = new Map<string, Set<string>>()
  const ordinals = new Map<string, number>()
  for (const row of rowsOf(tables, 'account')) ordinals.set(String(row['eid']), Number(row['n']))
  for (const row of rowsOf(tables, 'official_account'))
    ordinals.set(String(row['appid']), Number(row['n']))
  const remotes = rowsOf(tables, 'account').flatMap(({ gateway }) => {
    const way = keptGateway.parse(JSON.parse(String(gateway)))
    return way.kind === 'remote' ? way.appid : []
  })
  return {
    remotes: new Set(remotes),
    ordinals,
    has(table, by, values) {
      const name = `${table} ${by.join(' ')}`
      let set = sets.get(name)
      if (!set) {
        const keys = rowsOf(tables, table).map((row) => JSON.stringify(by.map((each) => row[each])))
        set = new Set(keys)
        sets.set(name, set)
      }
      return set.has(JSON.stringify(values))
    },
  }
}

function rowsOf(tables: Tables, table: EpochTable): readonly Row[] {
  return (tables[table] ?? []) as readonly Row[]
}

function groupOf(table: EpochTable, by: string | undefined, row: Row): string {
  return by === undefined ? table : `${table} ${row[by]}`
}

function entriesOf<K extends string, V>(record: Readonly<Record<K, V>>): [K, V][] {
  return Object.entries(record) as [K, V][]
}
