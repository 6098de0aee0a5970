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

/** What a look was judged that has not seen everything yet: it looks again at once. */
export const more = Symbol('more')
const gone = Symbol('gone')

/** What a look has seen is judged once, when its unit is over: that may have been run more than once. Undefined: it waits on. */
type Judge<S, T> = (seen: S) => T | typeof more | undefined

/**
 * Looks, each time in a unit of its own, when something of it was announced. Undefined: the time is over, nobody waits any
 * more, the world was reset, or the simulator closes.
 */
export async function waitUntil<S, T = S>(
  engine: Engine,
  waiting: Waiting,
  look: (scope: Scope) => S,
  judge: Judge<S, T> = (seen) => seen as T | undefined,
): Promise<T | undefined> {
  const watch = new Watch(engine, waiting)
  try {
    while (await watch.next(waiting.until)) {
      const seen = await lookOn(engine, { ...waiting, watch }, { look, judge })
      if (seen !== undefined) return seen === gone ? undefined : (seen as T)
      if (engine.realNow() >= waiting.until) return undefined
    }
    return undefined
  } finally {
    watch.close()
  }
}

/** Looks until everything was seen, or nobody waits any more. */
async function lookOn<S, T>(
  engine: Engine,
  { label, world: name, epoch, watch }: Waiting & { readonly watch: Watch },
  { look, judge }: { readonly look: (scope: Scope) => S; readonly judge: Judge<S, T> },
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
    if (seen === gone) return gone
    const judged = judge(seen)
    if (judged !== more) return judged
  }
}
