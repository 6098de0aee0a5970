import type { Announcement, Topic } from './topic.ts'

const nothing = { announced: 0, effects: 0 }

/** What follows from a unit once it is durable: what it announces, and what it does outside of the database. */
export class Aftermath {
  readonly announced: Announcement[] = []
  readonly #effects: (() => void)[] = []
  /** How much of it stays whatever is undone. */
  #sealed = nothing

  announce(epoch: number, { topic, of }: Topic): void {
    this.announced.push({ epoch, topic, of })
  }

  add(effect: () => void): void {
    this.#effects.push(effect)
  }

  undo(): void {
    this.announced.length = this.#sealed.announced
    this.#effects.length = this.#sealed.effects
  }

  seal(): void {
    this.#sealed = { announced: this.announced.length, effects: this.#effects.length }
  }

  /** It is durable. */
  happen(): void {
    for (const effect of this.#effects) effect()
  }
}
