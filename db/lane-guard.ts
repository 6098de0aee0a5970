import type { Entry } from './lane-entry.ts'

/** Finds units that await something other than the store: whatever they could do by themselves is done. */
export class Guard {
  readonly #current: () => Entry | undefined
  #watching = false

  constructor(current: () => Entry | undefined) {
    this.#current = current
  }

  /** Looks once after what runs now, whoever runs then. */
  watch(): void {
    if (this.#watching) return
    this.#watching = true
    afterMicrotasks(() => {
      this.#watching = false
      const suspect = this.#current()
      if (!suspect) return
      // It may have begun at this very moment; if it is still there the next time, it has stopped.
      afterMicrotasks(() => {
        if (this.#current() === suspect) suspect.expire()
      })
    })
  }
}

/** Node runs what is asked for from a microtask when no other is left, before timers, sockets and files. */
function afterMicrotasks(callback: () => void): void {
  queueMicrotask(() => process.nextTick(callback))
}
