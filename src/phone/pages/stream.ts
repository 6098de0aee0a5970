import type { Engine } from '../../core/engine.ts'
import { Watch, type Watching } from '../../core/watch.ts'

/** Proxies give up on what says nothing for longer. */
const beat_ms = 15_000
/** How soon a browser comes back after a stream has ended. */
const retry_ms = 1000
/** Events that a reader may leave unread before its stream is given up. */
const unread_max = 100

export interface Reading extends Watching {
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
  readonly #reading: Reading
  readonly #watch: Watch
  readonly #text = new TextEncoder()
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined
  #sent_at = 0

  constructor(engine: Engine, reading: Reading) {
    this.#engine = engine
    this.#reading = reading
    this.#watch = new Watch(engine, reading)
    this.body = new ReadableStream({
      start: (controller) => {
        this.#controller = controller
      },
      cancel: () => this.#watch.close(),
    })
    void this.#run()
  }

  async #run(): Promise<void> {
    let { seen } = this.#reading
    this.#send(`retry: ${retry_ms}\n\n`)
    while (await this.#watch.next()) {
      // A database that is being closed, or does not answer: the browser comes back by itself.
      const digest = await this.#reading.look().catch(() => undefined)
      if (digest === undefined) break
      if (digest !== seen) this.#send(`event: change\nid: ${digest}\ndata: ${digest}\n\n`)
      else if (this.#engine.realNow() - this.#sent_at >= beat_ms) this.#send(': still here\n\n')
      seen = digest
    }
    this.#end()
  }

  #send(text: string): void {
    if (!this.#controller) return
    this.#sent_at = this.#engine.realNow()
    try {
      this.#controller.enqueue(this.#text.encode(text))
      if ((this.#controller.desiredSize ?? 0) < -unread_max) this.#watch.close()
    } catch {
      // The reader has gone away, and closed it.
    }
  }

  #end(): void {
    this.#watch.close()
    try {
      this.#controller?.close()
    } catch {
      // The reader has gone away, and closed it.
    }
    this.#reading.ended()
  }
}
