import { findWorld } from '../../db/world.ts'
import { sleep } from '../world/clock.ts'
import { asWorld, type Scope } from '../world/world.ts'
import type { Engine } from './engine.ts'

/** What another replica has committed is seen by looking again. */
const look_ms = 200

/** What somebody waits for, in one epoch of a world, until a real instant. */
export interface Waiting {
  /** Names the units in which it is looked for. */
  readonly label: string
  readonly world: string
  readonly epoch: number
  readonly until: number
}

/** Handed back by a look that has not seen everything yet: it looks again at once. */
export const more = Symbol('more')
const gone = Symbol('gone')

/**
 * Looks, each time in a unit of its own, whenever something was committed in the world. Undefined: the time is over, the world
 * was reset, or the simulator closes.
 */
export async function waitUntil<T>(
  engine: Engine,
  { label, world: name, epoch, until }: Waiting,
  look: (scope: Scope) => T | typeof more | undefined,
): Promise<T | undefined> {
  for (;;) {
    const woken = new AbortController()
    const stop = engine.signal.next(name, () => woken.abort())
    try {
      const real = engine.realNow()
      const seen = await engine.store.unit(label, ({ db }) => {
        const row = findWorld(db, name)
        if (row?.epoch !== epoch) return gone
        return look({ db, world: asWorld(row, real) })
      })
      if (seen === gone) return undefined
      if (seen === more) continue
      const left = until - engine.realNow()
      if (seen !== undefined || left <= 0 || engine.closing.aborted) return seen as T | undefined
      await sleep(Math.min(look_ms, left), AbortSignal.any([woken.signal, engine.closing]))
    } finally {
      stop()
    }
  }
}
