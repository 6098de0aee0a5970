/**
 * A map whose keys are tuples of one length: a map of maps, so that no text is made of a key and hashed at each look. Equal are
 * what `Map` finds equal.
 */
export class TupleMap<V> {
  readonly #root = new Map<unknown, unknown>()
  size = 0

  get(key: readonly unknown[]): V | undefined {
    let at: unknown = this.#root
    for (let i = 0; i < key.length && at !== undefined; i++) {
      at = (at as Map<unknown, unknown>).get(key[i])
    }
    return at as V | undefined
  }

  set(key: readonly unknown[], value: V & {}): void {
    let at = this.#root
    const last = key.length - 1
    for (let i = 0; i < last; i++) {
      let next = at.get(key[i]) as Map<unknown, unknown> | undefined
      if (!next) {
        next = new Map()
        at.set(key[i], next)
      }
      at = next
    }
    if (!at.has(key[last])) this.size++
    at.set(key[last], value)
  }

  clear(): void {
    this.#root.clear()
    this.size = 0
  }
}
