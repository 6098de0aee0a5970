import { type ChildProcess, fork, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

const reply = z.union([z.object({ ok: z.unknown() }), z.object({ error: z.string() })])

/** What is asked, and whatever goes with it. */
export interface Question {
  readonly do: string
  readonly [more: string]: string | number | readonly string[] | undefined
}

/** A process that this one starts, which answers one question at a time. */
export class Child {
  readonly #name: string
  readonly #process: ChildProcess

  /** Starts a script, on that core alone unless it is undefined. */
  constructor(script: URL, core: number | undefined) {
    const file = fileURLToPath(script)
    this.#name = basename(file)
    this.#process = fork(file, {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      ...(core === undefined
        ? { execArgv: [] }
        : { execPath: 'taskset', execArgv: ['-c', String(core), process.execPath] }),
    })
  }

  async ask<T>(question: Question, answer: z.ZodType<T>): Promise<T> {
    const over = new AbortController()
    const { signal } = over
    const ended = once(this.#process, 'exit', { signal }).then(([code]) => {
      throw new Error(`${this.#name} ended with ${code} while it was asked to ${question.do}`)
    })
    try {
      const heard = once(this.#process, 'message', { signal })
      this.#process.send(question)
      const [message] = await Promise.race([heard, ended])
      const read = reply.parse(message)
      if ('error' in read) throw new Error(`${this.#name}: ${read.error}`)
      return answer.parse(read.ok)
    } finally {
      over.abort()
    }
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode !== null || !this.#process.connected) return
    await this.ask({ do: 'stop' }, z.unknown())
    const ended = once(this.#process, 'exit')
    this.#process.disconnect()
    await ended
  }
}

/** The cores of the server and of the load generator; undefined where processes cannot be pinned. */
export function findCores(): { server: number | undefined; load: number | undefined } {
  const pins = (core: number) =>
    spawnSync('taskset', ['-c', String(core), process.execPath, '--version']).status === 0
  return pins(0) && pins(1) ? { server: 0, load: 1 } : { server: undefined, load: undefined }
}
