import fc from 'fast-check'
import { expect, it } from 'vitest'
import { openStore } from '../../db/open.ts'
import type { Db, Store, Unit } from '../../db/unit.ts'
import { type DatabaseName, onBoth } from '../database.ts'
import { openBeside } from './place.ts'

/** A sum is moved from one row of a world to another, in two statements: halfway the world's sum is wrong. */
interface Move {
  readonly kind: 'move'
  readonly amount: number
  /** Ends the unit between the two statements. */
  readonly breaks: 'never' | 'throws' | 'undoes'
}
type Deed = Move | { readonly kind: 'undo' } | { readonly kind: 'throw' }

interface Work {
  readonly world: number
  /** Comes in the same turn as the one before it, or in a later one. */
  readonly later: boolean
  readonly deeds: readonly Deed[]
}

const worlds = 3
const left = 'left'
const right = 'right'

const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('move' as const),
      amount: fc.integer({ min: 1, max: 100 }),
      breaks: fc.constantFrom(
        'never' as const,
        'never' as const,
        'throws' as const,
        'undoes' as const,
      ),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'undo' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'throw' as const }) },
)
const works = (size: number) =>
  fc.array(
    fc.record({
      world: fc.integer({ min: 1, max: worlds }),
      later: fc.boolean(),
      deeds: fc.array(deed, { maxLength: 5 }),
    }),
    { minLength: 1, maxLength: size },
  )

/** What a unit's work moves in the end when it runs alone; undefined when it throws. */
function outcomeOf(work: Work): number | undefined {
  let moved = 0
  for (const deed of work.deeds) {
    if (deed.kind === 'throw') return undefined
    if (deed.kind === 'undo' || deed.breaks === 'undoes') moved = 0
    else if (deed.breaks === 'throws') return undefined
    else moved += deed.amount
  }
  return moved
}

/** Finds the row and writes it anew, or makes it: two units that make it at once are in each other's way. */
function add(db: Db, world: number, key: string, amount: number): void {
  const at = { epoch: world, purpose: 'test', key }
  const found = db.first(
    db.selectFrom('counter').select('n').where('epoch', '=', world).where('key', '=', key),
  )
  if (!found) db.write(db.insertInto('counter').values({ ...at, n: amount }))
  else {
    db.write(
      db
        .updateTable('counter')
        .set((e) => ({ n: e('n', '+', amount) }))
        .where('epoch', '=', world)
        .where('key', '=', key),
    )
  }
}

function sumsOf(db: Db): Record<string, number> {
  const rows = db.all(db.selectFrom('counter').select(['epoch', 'key', 'n']))
  const sums: Record<string, number> = {}
  for (const { epoch, n } of rows) sums[epoch] = (sums[epoch] ?? 0) + n
  return sums
}

function perform({ db, undo }: Unit, work: Work, seen: (sums: Record<string, number>) => void) {
  for (const deed of work.deeds) {
    seen(sumsOf(db))
    if (deed.kind === 'throw') throw new Error('as it should')
    if (deed.kind === 'undo') undo()
    else {
      add(db, work.world, left, -deed.amount)
      if (deed.breaks === 'throws') throw new Error('as it should')
      if (deed.breaks === 'undoes') undo()
      else add(db, work.world, right, deed.amount)
    }
  }
}

async function runAll(store: Store, all: readonly Work[]) {
  const sums: Record<string, number>[] = []
  const units: Promise<boolean>[] = []
  for (const work of all) {
    if (work.later) await new Promise<void>((resolve) => setImmediate(resolve))
    const unit = store.unit('work', (its) => perform(its, work, (found) => sums.push(found)))
    units.push(
      unit.then(
        () => true,
        (error: Error) => {
          if (error.message === 'as it should') return false
          throw error
        },
      ),
    )
  }
  return { kept: await Promise.all(units), sums }
}

/** The rows after the same works one after another. */
function modelOf(all: readonly Work[]): Record<string, number> {
  const moved: Record<string, number> = {}
  for (const work of all) {
    const amount = outcomeOf(work)
    if (amount) moved[work.world] = (moved[work.world] ?? 0) + amount
  }
  return moved
}

const size: Record<DatabaseName, { works: number; runs: number }> = {
  sqlite: { works: 30, runs: 100 },
  postgres: { works: 12, runs: 25 },
}

onBoth('units of many worlds', (database) => {
  it('leave what they would leave one after another, and never see each other half done', async () => {
    const data = database === 'sqlite' ? ':memory:' : (await openBeside(database)).data
    const { works: most, runs } = size[database]
    await fc.assert(
      fc.asyncProperty(works(most), async (all) => {
        const store = await openStore(data)
        try {
          await store.unit('empty', ({ db }) => db.change(db.deleteFrom('counter')))
          const { kept, sums } = await runAll(store, all)
          expect(kept).toEqual(all.map((work) => outcomeOf(work) !== undefined))
          expect(sums.flatMap((sum) => Object.values(sum)).filter((sum) => sum !== 0)).toEqual([])
          const rows = await store.unit('read', ({ db }) =>
            db.all(db.selectFrom('counter').select(['epoch', 'key', 'n'])),
          )
          const moved = Object.fromEntries(
            rows.filter((row) => row.key === right).map((row) => [row.epoch, row.n]),
          )
          const taken = Object.fromEntries(
            rows.filter((row) => row.key === left).map((row) => [row.epoch, -row.n]),
          )
          expect(moved).toEqual(modelOf(all))
          expect(taken).toEqual(modelOf(all))
        } finally {
          await store.close()
        }
      }),
      { numRuns: runs },
    )
  })
})
