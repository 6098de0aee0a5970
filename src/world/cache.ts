import type { Scope, World } from './world.ts'

const worlds_max = 200
const entries_max = 1000

/**
 * What was read of slow-changing rows, kept per epoch and version of a world. The version is read with the world row, so a
 * replica's change is seen by the next call. A unit that has changed something itself reads past the cache.
 */
export class WorldCache {
  readonly #worlds = new Map<
    string,
    { epoch: number; version: number; entries: Map<string, { readonly value: unknown }> }
  >()

  get<T>({ db, world }: Scope, key: string, load: () => T): T {
    if (world.changed) return load()
    const name = `${world.epoch} ${world.version} ${key}`
    const known = db.recall(name, () => this.#find(world, key))
    if (known) return known.value as T
    const value = load()
    // The load itself may have found that the world has changed meanwhile.
    if (!world.changed) this.#keep(world, key, value)
    return value
  }

  #find(world: World, key: string): { readonly value: unknown } | undefined {
    return this.#heldOf(world)?.get(key)
  }

  #heldOf({ world, epoch, version }: World): Map<string, { readonly value: unknown }> | undefined {
    const held = this.#worlds.get(world)
    return held?.epoch === epoch && held.version === version ? held.entries : undefined
  }

  #keep(world: World, key: string, value: unknown): void {
    let entries = this.#heldOf(world)
    if (!entries) {
      if (this.#worlds.size >= worlds_max) this.#worlds.clear()
      entries = new Map()
      const { epoch, version } = world
      this.#worlds.set(world.world, { epoch, version, entries })
    }
    if (entries.size >= entries_max) entries.clear()
    entries.set(key, { value })
  }

  /** Forgets everything: a commit failed, and what was read within it may never have been true. */
  clear(): void {
    this.#worlds.clear()
  }
}
