import type { World } from './world.ts'

const worlds_max = 200
const entries_max = 1000

/**
 * What was read of slow-changing rows, kept per epoch and version of a world. The version is read with the world row, so a
 * replica's change is seen by the next call. A unit that has changed something itself reads past the cache.
 */
export class WorldCache {
  readonly #worlds = new Map<
    string,
    { epoch: number; version: number; entries: Map<string, unknown> }
  >()

  get<T>(world: World, key: string, load: () => T): T {
    if (world.changed) return load()
    let held = this.#worlds.get(world.world)
    if (!held || held.epoch !== world.epoch || held.version !== world.version) {
      if (this.#worlds.size >= worlds_max) this.#worlds.clear()
      held = { epoch: world.epoch, version: world.version, entries: new Map() }
      this.#worlds.set(world.world, held)
    }
    if (held.entries.has(key)) return held.entries.get(key) as T
    const value = load()
    // The load itself may have found that the world has changed meanwhile.
    if (held.entries.size >= entries_max) held.entries.clear()
    if (!world.changed) held.entries.set(key, value)
    return value
  }

  /** Forgets everything: a commit failed, and what was read within it may never have been true. */
  clear(): void {
    this.#worlds.clear()
  }
}
