import { addHits, everywhere } from '../../db/coverage.ts'
import type { CoverageRow } from '../../db/schema.ts'
import type { Store } from '../../db/unit.ts'
import { findWorld } from '../../db/world.ts'
import { after } from '../world/clock.ts'
import type { Scope, World } from '../world/world.ts'
import type { Engine } from './engine.ts'

/** What was counted is written down so long afterwards: other replicas, and a process that is killed, know no later. */
const write_ms = 1000
/** What one unit writes takes a few milliseconds. */
const write_rows = 100

type Named = Pick<World, 'world' | 'created_at'>

/** The outcome that something counted stands for; undefined: none. They are so many as a catalogue has, whatever is counted. */
type Catalogue = (met: string) => string | undefined

/** What was met in one world since it was last written down. */
interface Fresh extends Named {
  readonly hits: Map<string, number>
}

/**
 * Which outcomes platforms have met, by world, and how often. A hit is counted in memory, when what led to it is durable, so
 * that no call's unit has anything to do with it; a moment later all that has gathered goes into the database by units of
 * its own. There it survives restarts, and there the counts of all replicas are one.
 */
export class Outcomes {
  readonly #store: Store
  readonly #of: Catalogue
  readonly #failed: (error: unknown) => void
  #fresh = new Map<string, Fresh>()
  #last: Fresh | undefined
  #cancel: (() => void) | undefined
  #writing: Promise<void> = Promise.resolve()

  constructor(
    store: Store,
    { outcomeOf, failed }: { outcomeOf: Catalogue; failed: (error: unknown) => void },
  ) {
    this.#store = store
    this.#of = outcomeOf
    this.#failed = failed
  }

  /** An outcome by its name; or, of a call, its endpoint and the errcode that it was refused with: `message.send 100011`. */
  count(world: Named, met: string): void {
    const outcome = this.#of(met)
    if (outcome !== undefined) this.#add(world, outcome, 1)
  }

  #add(world: Named, outcome: string, hits: number): void {
    const { hits: of } = this.#freshOf(world)
    of.set(outcome, (of.get(outcome) ?? 0) + hits)
    this.#cancel ??= after(write_ms, () => void this.write())
  }

  #freshOf({ world, created_at }: Named): Fresh {
    // Mostly many come from one world; another may have had its name a moment ago.
    const last = this.#last
    if (last?.world === world && last.created_at === created_at) return last
    const key = `${world} ${created_at}`
    const fresh = this.#fresh.get(key) ?? { world, created_at, hits: new Map() }
    this.#fresh.set(key, fresh)
    this.#last = fresh
    return fresh
  }

  /** Writes down all that was counted so far. Never throws: what could not be written is tried again a moment later. */
  write(): Promise<void> {
    this.#cancel?.()
    this.#cancel = undefined
    this.#writing = this.#writing.then(() => this.#writeAll())
    return this.#writing
  }

  async close(): Promise<void> {
    await this.write()
    this.#cancel?.()
  }

  async #writeAll(): Promise<void> {
    const hits = [...this.#fresh.values()].flatMap(({ hits, ...world }) =>
      [...hits].map(([outcome, n]) => ({ world, outcome, n })),
    )
    this.#fresh = new Map()
    this.#last = undefined
    while (hits.length > 0) {
      const some = hits.splice(0, write_rows)
      try {
        await this.#store.unit('outcomes.write', ({ db }) => {
          const living = some.filter(({ world }) => isLiving(findWorld(db, world.world), world))
          for (const row of rowsOf(some, living)) addHits(db, row)
        })
      } catch (error) {
        this.#failed(error)
        for (const { world, outcome, n } of [...some, ...hits]) this.#add(world, outcome, n)
        return
      }
    }
  }
}

function isLiving(row: Named | undefined, { created_at }: Named): boolean {
  return row?.created_at === created_at
}

interface Hits {
  readonly world: Named
  readonly outcome: string
  readonly n: number
}

/** By world, and everywhere: of worlds that are gone the latter alone. In one order for all: replicas write the same rows. */
function rowsOf(all: readonly Hits[], living: readonly Hits[]): CoverageRow[] {
  const sums = new Map<string, number>()
  for (const { outcome, n } of all) sums.set(outcome, (sums.get(outcome) ?? 0) + n)
  const rows = [
    ...living.map(({ world, outcome, n }) => ({ world: world.world, outcome, hits: n })),
    ...[...sums].map(([outcome, hits]) => ({ world: everywhere, outcome, hits })),
  ]
  const nameOf = ({ world, outcome }: CoverageRow) => `${world} ${outcome}`
  return rows.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
}

/** Counts an outcome once the unit that led to it is durable. */
export function meet(
  { db, world, engine }: Scope & { readonly engine: Pick<Engine, 'outcomes'> },
  outcome: string,
): void {
  db.afterCommit(() => engine.outcomes.count(world, outcome))
}
