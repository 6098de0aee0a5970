import { type Announcement, announcementText, type Topic } from '../../db/topic.ts'

/** Tells those who wait in this process what was announced. */
export class Signal {
  readonly #waiting = new Map<string, Set<() => void>>()
  #size = 0

  /** How many wait. */
  get size(): number {
    return this.#size
  }

  /** Undefined: it may have been anything. */
  tell(announced: readonly Announcement[] | undefined): void {
    if (this.#size === 0) return
    const keys = announced?.map(announcementText) ?? this.#waiting.keys()
    for (const key of keys) for (const wake of this.#waiting.get(key) ?? []) wake()
  }

  /** Calls back whenever one of the topics of an epoch is announced. Returns how to stop. */
  listen(epoch: number, topics: readonly Topic[], wake: () => void): () => void {
    const keys = topics.map((topic) => announcementText({ epoch, ...topic }))
    for (const key of keys) {
      const waiting = this.#waiting.get(key) ?? new Set()
      this.#waiting.set(key, waiting.add(wake))
    }
    this.#size++
    return () => {
      for (const key of keys) {
        const waiting = this.#waiting.get(key)
        waiting?.delete(wake)
        if (waiting?.size === 0) this.#waiting.delete(key)
      }
      this.#size--
    }
  }
}
