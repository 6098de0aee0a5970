/** What this process waits for outside of any unit, by world. */
export class InFlight {
  readonly #ends = new Map<string, Set<Promise<unknown>>>()

  add(world: string, end: Promise<unknown>): void {
    const ends = this.#ends.get(world) ?? new Set()
    this.#ends.set(world, ends)
    const over = end
      .catch(() => {})
      .then(() => {
        ends.delete(over)
        if (ends.size === 0) this.#ends.delete(world)
      })
    ends.add(over)
  }

  count(world: string): number {
    return this.#ends.get(world)?.size ?? 0
  }

  /** Resolves when everything of a world that is under way now has ended. */
  async settled(world: string): Promise<void> {
    await Promise.all(this.#ends.get(world) ?? [])
  }

  async all(): Promise<void> {
    await Promise.all([...this.#ends.values()].flatMap((ends) => [...ends]))
  }
}
