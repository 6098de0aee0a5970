import { counted, findCounted } from './counted.ts'
import type { Db } from './unit.ts'

interface Counter {
  readonly epoch: number
  /** What is counted, and for whom. */
  readonly purpose: string
  readonly key: string
}

const nextOf = counted({
  table: 'counter',
  key: ({ epoch, purpose, key }: Counter) => [epoch, purpose, key],
  next: (row, { epoch, purpose, key }: Counter) => ({ epoch, purpose, key, n: (row?.n ?? 0) + 1 }),
  upsert: (db, p) =>
    db
      .insertInto('counter')
      .values({ epoch: p.epoch, purpose: p.purpose, key: p.key, n: 1 })
      .onConflict((c) =>
        c.columns(['epoch', 'purpose', 'key']).doUpdateSet((e) => ({ n: e('counter.n', '+', 1) })),
      )
      .returningAll(),
})

/** Says that something will be counted up next. */
export function foreseeCount(db: Db, counter: Counter): void {
  nextOf.foresee(db, counter)
}

/** Counts up within an epoch: 1, 2, 3 … */
export function nextCount(db: Db, counter: Counter): number {
  const row = nextOf(db, counter)
  if (!row) throw new Error('a counter answered nothing')
  return row.n
}

interface Mark extends Counter {
  readonly now: number
}

const firstOf = counted({
  table: 'counter',
  key: ({ epoch, purpose, key }: Mark) => [epoch, purpose, key],
  next: (row, { epoch, purpose, key, now }: Mark) => row ?? { epoch, purpose, key, n: now },
  upsert: (db, p) =>
    db
      .insertInto('counter')
      .values({ epoch: p.epoch, purpose: p.purpose, key: p.key, n: p.now })
      .onConflict((c) =>
        c.columns(['epoch', 'purpose', 'key']).doUpdateSet((e) => ({ n: e.ref('counter.n') })),
      )
      .returningAll(),
})

/** The instant at which something was first asked within an epoch: now, if it never was. */
export function firstInstant(db: Db, mark: Mark): number {
  return firstOf(db, mark)?.n ?? mark.now
}

/** The same without asking it; undefined: it never was. */
export function findFirstInstant(db: Db, { epoch, purpose, key }: Counter): number | undefined {
  return findCounted(db, 'counter', [epoch, purpose, key])?.n
}
