import { topics as all, type Topic } from '../../db/topic.ts'
import { sleep } from '../world/clock.ts'
import type { Engine } from './engine.ts'

/** However much happens, nobody looks more often. */
const look_ms_min = 200
/** What nobody announces, like the next day, is seen by looking now and then. */
const look_ms_max = 5000

/** What somebody waits for in an epoch. */
export interface Watching {
  readonly epoch: number
  /** Of `db/topic.ts`. */
  readonly topics: readonly Topic[]
  /** Aborts when nobody waits any more. */
  readonly hungUp?: AbortSignal | undefined
}

/** Why a pause is over: a reason of its own would be an exception with its stack, at each wake-up. */
const ended = 'told'

/** Says when to look: at once, then whenever something was announced, until the end of an epoch, a caller or the simulator. */
export class Watch {
  readonly #engine: Engine
  readonly #ends: readonly AbortSignal[]
  readonly #stop: () => void
  #isOver = false
  #isTold = true
  #looked_at = Number.NEGATIVE_INFINITY
  #pause = new AbortController()

  constructor(engine: Engine, { epoch, topics, hungUp }: Watching) {
    this.#engine = engine
    this.#ends = hungUp ? [engine.closing, hungUp] : [engine.closing]
    this.#stop = engine.signal.listen(epoch, [...topics, all.ended], this.#tell)
    for (const end of this.#ends) end.addEventListener('abort', this.close)
    if (this.#ends.some((end) => end.aborted)) this.close()
  }

  /** Whether nobody needs to look any more. */
  get isOver(): boolean {
    return this.#isOver
  }

  /** Resolves when it is time to look, at the latest at a real instant; with false when nobody needs to look any more. */
  async next(until = Number.POSITIVE_INFINITY): Promise<boolean> {
    while (!this.#isOver) {
      const real = this.#engine.realNow()
      const wait = this.#isTold ? look_ms_min : look_ms_max
      const at = Math.min(until, this.#looked_at + wait)
      if (at <= real) {
        this.#isTold = false
        this.#looked_at = real
        return true
      }
      this.#pause = new AbortController()
      await sleep(at - real, this.#pause.signal)
    }
    return false
  }

  readonly close = (): void => {
    if (this.#isOver) return
    this.#isOver = true
    this.#stop()
    for (const end of this.#ends) end.removeEventListener('abort', this.close)
    this.#pause.abort(ended)
  }

  readonly #tell = (): void => {
    if (this.#isTold) return
    this.#isTold = true
    this.#pause.abort(ended)
  }
}
