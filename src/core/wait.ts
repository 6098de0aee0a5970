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

/** Handed back by a look that has not seen everything yet: it looks again at once. */
export const more = Symbol('more')
const gone = Symbol('gone')

/**
 * Looks, each time in a unit of its own, when something of it was announced. Undefined: the time is over, nobody waits any
 * more, the world was reset, or the simulator closes.
 */
export async function waitUntil<T>(
  engine: Engine,
  waiting: Waiting,
  look: (scope: Scope) => T | typeof more | undefined,
): Promise<T | undefined> {
  const watch = new Watch(engine, waiting)
  try {
    while (await watch.next(waiting.until)) {
      const seen = await lookOn(engine, { ...waiting, watch }, look)
      if (seen !== undefined) return seen === gone ? undefined : (seen as T)
      if (engine.realNow() >= waiting.until) return undefined
    }
    return undefined
  } finally {
    watch.close()
  }
}

/** Looks until everything was seen, or nobody waits any more. */
async function lookOn<T>(
  engine: Engine,
  { label, world: name, epoch, watch }: Waiting & { readonly watch: Watch },
  look: (scope: Scope) => T | typeof more | undefined,
): Promise<T | typeof gone | undefined> {
  for (;;) {
    const seen = await engine.looks.take(async () => {
      if (watch.isOver) return gone
      const real = engine.realNow()
      return engine.store.unit(label, ({ db }) => {
        const row = findWorld(db, name)
        if (row?.epoch !== epoch) return gone
        return look({ db, world: asWorld(row, real) })
      })
    })
    if (seen !== more) return seen as T | typeof gone | undefined
  }
}
