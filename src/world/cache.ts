import { TupleMap } from '../../db/tuple-map.ts'
import type { Scope, World } from './world.ts'

const worlds_max = 200
const entries_max = 1000

type Entries = TupleMap<{ readonly value: unknown }>
/** What, and which. */
type Key = readonly [kind: string, key: string]

/**
 * What was read of slow-changing rows, kept per epoch and version of a world. The version is read with the world row, so a
 * replica's change is seen by the next call. A unit that has changed something itself reads past the cache.
 */
export class WorldCache {
  readonly #worlds = new Map<string, { epoch: number; version: number; entries: Entries }>()

  get<T>({ db, world }: Scope, key: Key, load: () => T): T {
    if (world.changed) return load()
    const known = db.recall([world.epoch, world.version, ...key], () => this.#find(world, key))
    if (known) return known.value as T
    const value = load()
    // The load itself may have found that the world has changed meanwhile.
    if (!world.changed) this.#keep(world, key, value)
    return value
  }

  #find(world: World, key: Key): { readonly value: unknown } | undefined {
    return this.#heldOf(world)?.get(key)
  }

  #heldOf({ world, epoch, version }: World): Entries | undefined {
    const held = this.#worlds.get(world)
    return held?.epoch === epoch && held.version === version ? held.entries : undefined
  }

  #keep(world: World, key: Key, value: unknown): void {
    let entries = this.#heldOf(world)
    if (!entries) {
      if (this.#worlds.size >= worlds_max) this.#worlds.clear()
      entries = new TupleMap()
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
