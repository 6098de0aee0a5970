import { Worker } from 'node:worker_threads'
import type Sqlite from 'better-sqlite3'
import type { UnitQueue } from './unit-queue.ts'

/** Before so many units SQLite checkpoints by itself: most simulators end without having needed a thread for it. */
const units_before = 2000
/** Its heap holds one statement. */
const memory = { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2 }

/** Gives the log of a file a thread of its own, once there is so much to do that every answer would feel it. */
export class Checkpoints {
  readonly #path: string
  readonly #sqlite: Sqlite.Database
  readonly #queue: UnitQueue
  #units = 0
  #worker: Worker | undefined

  constructor(path: string, sqlite: Sqlite.Database, queue: UnitQueue) {
    this.#path = path
    this.#sqlite = sqlite
    this.#queue = queue
  }

  countUnit(): void {
    this.#units++
    if (this.#units === units_before) this.#start()
  }

  async close(): Promise<void> {
    await this.#worker?.terminate()
  }

  #start(): void {
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
    const worker = new Worker(new URL(`./checkpoint-worker.${extension}`, import.meta.url), {
      workerData: { path: this.#path },
      resourceLimits: memory,
    })
    worker.once('online', () => this.#autocheckpoint(0))
    worker.once('error', () => this.#autocheckpoint(1000))
    this.#heed(worker)
    // Last: whoever listens to a worker keeps the process alive for it.
    worker.unref()
    this.#worker = worker
  }

  #autocheckpoint(pages: number): void {
    if (this.#sqlite.open) this.#sqlite.pragma(`wal_autocheckpoint = ${pages}`)
  }

  /** The worker asks for a moment without transactions, and says when it is over. */
  #heed(worker: Worker): void {
    let letGo = () => {}
    let isGone = false
    worker.on('message', async (said: 'hold' | 'go on') => {
      letGo()
      if (said !== 'hold') return
      // Whoever waits meanwhile waits for this thread, which must not let the process end.
      worker.ref()
      const open = await this.#queue.hold()
      letGo = () => {
        open()
        worker.unref()
        letGo = () => {}
      }
      // Whoever died while units were still ending will not say that it is over.
      if (isGone) letGo()
      else worker.postMessage('held')
    })
    worker.once('exit', () => {
      isGone = true
      letGo()
    })
  }
}
