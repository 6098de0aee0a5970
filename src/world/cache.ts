import { TupleMap } from '../../db/tuple-map.ts'
import type { Scope, World } from './world.ts'

const worlds_max = 200
/** Of all worlds together. */
const entries_max = 10_000

interface Entry {
  readonly value: unknown
}

type Entries = TupleMap<Entry>
/** What, and which. */
type Key = readonly [kind: string, key: string]

/**
 * What was read of slow-changing rows, kept per epoch and version of a world. The version is read with the world row, so a
 * replica's change is seen by the next call. A unit that has changed something itself reads past the cache.
 */
export class WorldCache {
  readonly #worlds = new Map<string, { epoch: number; version: number; entries: Entries }>()
  #size = 0

  get<T>(scope: Scope, key: Key, load: () => T): T {
    const known = this.#recall(scope, key)
    if (known) return known.value as T
    const value = load()
    this.#keep(scope.world, key, value)
    return value
  }

  /** The same of several of a kind, in their order: those that are not known are loaded together. One that there is not is left out. */
  getAll<T>(
    scope: Scope,
    kind: string,
    ids: readonly string[],
    load: (missing: readonly string[]) => ReadonlyMap<string, T>,
  ): T[] {
    const known = ids.map((id) => this.#recall(scope, [kind, id]))
    const missing = ids.filter((_, i) => !known[i])
    if (missing.length === 0) return known.map((entry) => entry?.value as T)
    const loaded = load(missing)
    for (const [id, value] of loaded) this.#keep(scope.world, [kind, id], value)
    return ids.flatMap((id, i) => {
      const value = known[i] ? (known[i].value as T) : loaded.get(id)
      return value === undefined ? [] : [value]
    })
  }

  #recall({ db, world }: Scope, key: Key): Entry | undefined {
    if (world.changed) return undefined
    const name = [world.epoch, world.version, ...key]
    return db.recall(name, () => this.#heldOf(world)?.get(key))
  }

  #heldOf({ world, epoch, version }: World): Entries | undefined {
    const held = this.#worlds.get(world)
    return held?.epoch === epoch && held.version === version ? held.entries : undefined
  }

  /** The load itself may have found that the world has changed meanwhile. */
  #keep(world: World, key: Key, value: unknown): void {
    if (world.changed) return
    if (this.#size >= entries_max) this.clear()
    const entries = this.#heldOf(world) ?? this.#begin(world)
    if (!entries.get(key)) this.#size++
    entries.set(key, { value })
  }

  #begin({ world, epoch, version }: World): Entries {
    this.#size -= this.#worlds.get(world)?.entries.size ?? 0
    if (this.#worlds.size >= worlds_max) this.clear()
    const entries: Entries = new TupleMap()
    this.#worlds.set(world, { epoch, version, entries })
    return entries
  }

  /** Forgets everything: a commit failed, and what was read within it may never have been true. */
  clear(): void {
    this.#worlds.clear()
    this.#size = 0
  }
}
