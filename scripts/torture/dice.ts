/** Chance from a seed: the same seed, the same throws (mulberry32). */
export class Dice {
  readonly seed: number
  #state: number

  constructor(seed: number) {
    this.seed = seed
    this.#state = seed
  }

  /** From 0 up to, but not, 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }

  /** A whole number, both ends included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1))
  }

  pick<T>(from: readonly T[]): T {
    return from[this.between(0, from.length - 1)] as T
  }

  /** One of these, by how often each is to come. */
  weigh<T>(rows: readonly (readonly [weight: number, value: T])[]): T {
    let left = this.next() * rows.reduce((sum, [weight]) => sum + weight, 0)
    const found = rows.find(([weight]) => {
      left -= weight
      return left < 0
    })
    return (found ?? rows[0])?.[1] as T
  }
}
