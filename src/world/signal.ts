/** Tells waiting calls of this process that something was committed; other replicas are seen by looking again. */
export class Signal {
  readonly #waiting = new Map<string, Set<() => void>>()

  tell(world: string): void {
    const waiting = this.#waiting.get(world)
    if (!waiting) return
    this.#waiting.delete(world)
    for (const resolve of waiting) resolve()
  }

  /** Calls back once at the next `tell` of the world. Returns how to stop. */
  next(world: string, resolve: () => void): () => void {
    let waiting = this.#waiting.get(world)
    if (!waiting) {
      waiting = new Set()
      this.#waiting.set(world, waiting)
    }
    waiting.add(resolve)
    return () => waiting.delete(resolve)
  }
}
