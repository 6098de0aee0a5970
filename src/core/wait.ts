import { findWorld } from '../../db/world.ts'
import { asWorld, type Scope } from '../world/world.ts'
import type { Engine } from './engine.ts'
import { Watch, type Watching } from './watch.ts'

/** What somebody waits for, in one epoch of a world, until a real instant. */
export interface Waiting extends Watching {
  /** Names the units in which it is looked for. */
  readonly label: string
  readonly world: string
  readonly until: number
}

/** What is looked for, in portions: each look goes on where the one before it has ended. */
export interface Search<Q, T> {
  /** What, and from where on. */
  readonly query: Q
  look(scope: Scope, query: Q): Look<Q, T>
}

/** What one look has seen. */
export interface Look<Q, T> {
  readonly found?: T | undefined
  /** From where to go on. */
  readonly query: Q
  /** Everything that there is was seen; false: the rest is looked at at once. */
  readonly isLast: boolean
}

/** Where a search has ended. Nothing is found when the time is over, nobody waits any more, or the world was reset. */
export type Seen<Q, T> = Pick<Look<Q, T>, 'found' | 'query'>

/** The one way to wait: looks when something of it was announced, each time for what is new. */
export async function waitFor<Q, T>(
  engine: Engine,
  waiting: Waiting,
  search: Search<Q, T>,
): Promise<Seen<Q, T>> {
  const watch = new Watch(engine, waiting)
  let seen: Seen<Q, T> = { query: search.query }
  try {
    while (await watch.next(waiting.until)) {
      seen = await lookThrough(engine, { ...waiting, watch }, { ...search, query: seen.query })
      if (seen.found !== undefined || engine.realNow() >= waiting.until) break
    }
    return seen
  } finally {
    watch.close()
  }
}

/** Looks, each time in a unit of its own, until it is found, everything was seen, or nobody waits any more. */
export async function lookThrough<Q, T>(
  engine: Engine,
  waiting: Pick<Waiting, 'label' | 'world' | 'epoch'> & { readonly watch: Watch },
  { query: from, look }: Search<Q, T>,
): Promise<Seen<Q, T>> {
  const { label, world: name, epoch, watch } = waiting
  let query = from
  for (;;) {
    const seen = await engine.looks.take(async () => {
      if (watch.isOver) return undefined
      const real = engine.realNow()
      return engine.store.unit(label, ({ db }) => {
        const row = findWorld(db, name)
        return row?.epoch === epoch ? look({ db, world: asWorld(row, real) }, query) : undefined
      })
    })
    if (!seen || seen.found !== undefined || seen.isLast) {
      if (!seen) watch.close()
      return seen ?? { query }
    }
    query = seen.query
  }
}
