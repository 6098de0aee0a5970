import { type Outage, OutageError } from '../../db/outage.ts'
import type { Log } from './engine.ts'
import type { Answer } from './surface.ts'

/** However many calls fail by an outage, the log has a line of it so often. */
const line_ms = 1000
/** So long after a call has failed, nobody is sent here: what failed may need more room than what is tried meanwhile. */
const recent_ms = 1000

const answers = {
  full: {
    status: 507,
    type: 'storage_full',
    title: 'The simulator has no space left for its data',
    retry_after_s: 5,
  },
  away: {
    status: 503,
    type: 'storage_away',
    title: 'The simulator cannot reach its data',
    retry_after_s: 1,
  },
} as const

/** The simulator's own trouble, never dressed as WeChat's `-1`, and no mistake either: it is over by itself. */
export function outageAnswer({ kind, reason, fix }: Outage): Answer {
  const { status, type, title, retry_after_s } = answers[kind]
  return {
    status,
    headers: { 'Content-Type': 'application/problem+json', 'Retry-After': String(retry_after_s) },
    body: Buffer.from(JSON.stringify({ type, title, status, field: null, reason, fix })),
    code: status,
  }
}

/** What this simulator has seen of outages of its database. */
export class Outages {
  readonly #log: Log
  readonly #now: () => number
  #seen_at = Number.NEGATIVE_INFINITY
  #logged_at = Number.NEGATIVE_INFINITY
  #unlogged = 0

  /** `now`: real milliseconds. */
  constructor(log: Log, now: () => number) {
    this.#log = log
    this.#now = now
  }

  /** The outage by which something has failed, which is logged now and then. Undefined: it failed by something else. */
  note(error: unknown): Outage | undefined {
    if (!(error instanceof OutageError)) return undefined
    const { outage } = error
    this.#seen_at = this.#now()
    if (this.#seen_at - this.#logged_at < line_ms) {
      this.#unlogged++
      return outage
    }
    const { kind, reason, fix } = outage
    const before = this.#unlogged > 0 ? { failed_since: this.#unlogged } : {}
    this.#log('error', answers[kind].type, { reason, fix, error: error.message, ...before })
    this.#logged_at = this.#seen_at
    this.#unlogged = 0
    return outage
  }

  /** Whether something has failed by an outage just now. */
  get isRecent(): boolean {
    return this.#now() - this.#seen_at < recent_ms
  }
}
