import type { Engine } from '../../core/engine.ts'
import { after } from '../../world/clock.ts'

/** What another replica has committed is seen by looking again. */
const look_ms_max = 1000
/** However much happens in a world, nobody looks more often. */
const look_ms_min = 200
/** Proxies give up on what says nothing for longer. */
const beat_ms = 15_000
/** How soon a browser comes back after a stream has ended. */
const retry_ms = 1000
/** Events that a reader may leave unread before its stream is given up. */
const unread_max = 100

export interface Watching {
  readonly world: string
  /** The digest that the reader has already. */
  readonly seen: string
  /** The phone's present digest; undefined when there is no such phone any more. */
  look(): Promise<string | undefined>
  /** The stream is over. */
  ended(): void
}

/** One reader of one phone: told of every change, until somebody goes away. */
export class Stream {
  readonly body: ReadableStream<Uint8Array>
  readonly #engine: Engine
  readonly #watching: Watching
  readonly #text = new TextEncoder()
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined
  #isOver = false
  #isStale = false
  #sent_at = 0
  #wake = () => {}
  #stop = () => {}

  constructor(engine: Engine, watching: Watching) {
    this.#engine = engine
    this.#watching = watching
    this.body = new ReadableStream({
      start: (controller) => {
        this.#controller = controller
      },
      cancel: () => this.#end(),
    })
    engine.closing.addEventListener('abort', this.#end, { once: true })
    this.#listen()
    void this.#run()
  }

  async #run(): Promise<void> {
    let { seen } = this.#watching
    this.#send(`retry: ${retry_ms}\n\n`)
    while (!this.#isOver) {
      this.#isStale = false
      const looked_at = this.#engine.realNow()
      // A database that is being closed, or does not answer: the browser comes back by itself.
      const digest = await this.#watching.look().catch(() => undefined)
      if (digest === undefined) break
      if (digest !== seen) this.#send(`event: change\nid: ${digest}\ndata: ${digest}\n\n`)
      else if (looked_at - this.#sent_at >= beat_ms) this.#send(': still here\n\n')
      seen = digest
      await this.#pause(look_ms_max)
      const early = look_ms_min - (this.#engine.realNow() - looked_at)
      if (early > 0) await this.#pause(early, true)
    }
    this.#end()
  }

  /** Waits until something was committed in the world, or for so long; `fully`: for so long in any case. */
  #pause(ms: number, fully = false): Promise<void> {
    if (this.#isOver || (this.#isStale && !fully)) return Promise.resolve()
    return new Promise((resolve) => {
      const cancel = after(ms, resolve)
      this.#wake = () => {
        if (fully && !this.#isOver) return
        cancel()
        resolve()
      }
    })
  }

  #listen(): void {
    this.#stop = this.#engine.signal.next(this.#watching.world, () => {
      this.#isStale = true
      this.#listen()
      this.#wake()
    })
  }

  #send(text: string): void {
    if (this.#isOver || !this.#controller) return
    this.#sent_at = this.#engine.realNow()
    this.#controller.enqueue(this.#text.encode(text))
    if ((this.#controller.desiredSize ?? 0) < -unread_max) this.#end()
  }

  readonly #end = (): void => {
    if (this.#isOver) return
    this.#isOver = true
    this.#stop()
    this.#engine.closing.removeEventListener('abort', this.#end)
    try {
      this.#controller?.close()
    } catch {
      // The reader has gone away, and closed it.
    }
    this.#wake()
    this.#watching.ended()
  }
}
