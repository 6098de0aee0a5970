import type { Unit } from './unit.ts'

/** One unit on its way through the queue. */
export class QueuedUnit {
  readonly label: string
  readonly #work: () => Promise<() => void>
  savepoint = false
  /** What was written before its seal stays, unless the unit throws. */
  sealed = false
  /** Opened by the first write after the seal, within the other one. */
  inner = false
  over = false
  error: unknown
  refuse: (error: unknown) => void = () => {}
  answer: () => void = () => {}
  #end: () => void = () => {}

  constructor(
    label: string,
    connect: (queued: QueuedUnit) => Unit,
    work: (unit: Unit) => Promise<() => void>,
  ) {
    this.label = label
    this.#work = () => work(connect(this))
  }

  /** Resolves when the work is done, failed, or was found to outlive its turn. */
  perform(): Promise<void> {
    return new Promise((end) => {
      this.#end = end
      this.#work().then(
        (answer) => {
          this.answer = answer
          end()
        },
        (error) => {
          this.error ??= error ?? new Error(`${this.label} failed without saying why`)
          end()
        },
      )
    })
  }

  /** Throws when it has ended, was expired, or lost its transaction. */
  mustBeRunning(): void {
    if (this.error !== undefined) throw this.error
    if (this.over) throw new Error(`${this.label}: its unit is over`)
  }

  /** A unit that is still running when its turn is over awaited something other than the store. */
  expire(): void {
    this.error = new Error(
      `${this.label} awaited something other than the store inside its unit; do that before the unit, or in 'outside'`,
    )
    this.#end()
  }
}

/** Finds units that await something other than the store: whatever they could do by themselves is done. */
export class StallDetector {
  readonly #current: () => QueuedUnit | undefined
  #watching = false

  constructor(current: () => QueuedUnit | undefined) {
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
