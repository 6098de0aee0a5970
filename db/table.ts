import type { Generated } from 'kysely'

/** A column of a table: what TypeScript calls its values. */
export interface Column<T> {
  /** What it holds, as far as both databases know. */
  readonly type: 'text' | 'int' | 'bytes'
  /** All that it may hold; undefined: any. */
  readonly words?: readonly string[]
  readonly isNullable?: true
  readonly isDefaulted: boolean
  /** Whether a value can be of any length. */
  readonly isLong: boolean
  /** Never there: it carries the type. */
  readonly value?: T
}

export const text: Column<string> = { type: 'text', isDefaulted: false, isLong: true }
/** Whole numbers up to 53 bits. */
export const int: Column<number> = { type: 'int', isDefaulted: false, isLong: false }
export const bytes: Column<Buffer> = { type: 'bytes', isDefaulted: false, isLong: true }

/** One of some words. */
export function word<const T extends string>(...words: readonly T[]): Column<T> {
  return { type: 'text', words, isDefaulted: false, isLong: false }
}

export function nullable<T>(column: Column<T>): Column<T | null> {
  return { ...column, isNullable: true, isDefaulted: false } as Column<T | null>
}

/** What the database fills in when nothing is said. */
export function defaulted<T>(column: Column<T>): Column<Generated<T>> {
  return { ...column, isDefaulted: true } as Column<Generated<T>>
}

export type Columns = Readonly<Record<string, Column<unknown>>>

/** One table: its columns, its key, and whether its rows belong to an epoch. */
export interface Table<C extends Columns, E extends boolean> {
  readonly columns: C
  /** The primary key; of rows of an epoch, what follows the epoch in it. */
  readonly key: readonly string[]
  readonly isOfEpoch: E
}

export function table<const C extends Columns>(
  key: readonly (keyof C & string)[],
  columns: C,
): Table<C, false> {
  return { columns, key, isOfEpoch: false }
}

/** A table whose rows belong to an epoch, with which their keys begin. */
export function ofEpoch<const C extends Columns>(
  key: readonly (keyof C & string)[],
  columns: C,
): Table<C & { readonly epoch: Column<number> }, true> {
  return { columns: { epoch: int, ...columns }, key, isOfEpoch: true }
}

/** A table as Kysely knows it. */
export type Shape<T> =
  T extends Table<infer C, boolean>
    ? { -readonly [K in keyof C]: C[K] extends Column<infer V> ? V : never }
    : never
