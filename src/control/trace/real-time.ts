import type { Exchange } from '../../../db/exchange.ts'
import { listExchangeFacts } from '../../../db/exchange-search.ts'
import { toIso } from '../../world/clock.ts'
import type { Scope } from '../../world/world.ts'

/** When something was: on the world's clock, and how many real milliseconds after its story began; null: nobody knows. */
export interface Moment {
  readonly at: string
  readonly real_ms: number | null
}

/** Says of virtual instants which real ones they were. */
export class RealTime {
  readonly #scope: Scope
  readonly #exchanges: readonly Exchange[]

  constructor(scope: Scope, exchanges: readonly Exchange[]) {
    this.#scope = scope
    this.#exchanges = exchanges
  }

  /** Of an exchange both are kept. */
  ofExchange({ at, real_at }: Pick<Exchange, 'at' | 'real_at'>): Moment {
    return { at: toIso(at), real_ms: real_at - this.#began }
  }

  /**
   * Of all else only the virtual one is: it was with an exchange of the same instant, or when the journal first knew of a later one.
   * What is still to come has no real instant yet.
   */
  moment(at: number): Moment {
    const { world } = this.#scope
    const own = this.#exchanges.find((exchange) => exchange.at === at)
    if (own) return this.ofExchange(own)
    const since = at <= world.now ? this.#firstSince(at) : undefined
    return { at: toIso(at), real_ms: since === undefined ? null : since - this.#began }
  }

  get #began(): number {
    return this.#exchanges[0]?.real_at ?? 0
  }

  #firstSince(at: number): number | undefined {
    const { db, world } = this.#scope
    const [first] = this.#exchanges
    if (!first) return undefined
    // On a clock that has run all the time both go alike.
    if (world.clock_mode === 'running') {
      const real = world.real_now - (world.now - at)
      if (Math.abs(real - first.real_at - (at - first.at)) < running_ms_max) return real
    }
    const behind = { epoch: world.epoch, before: undefined, after: first.seq, isEager: true }
    const rows = listExchangeFacts(db, { ...behind, order: 'oldest', limit: rows_max })
    const index = rows.findIndex((row) => row.at >= at)
    const later = rows[index]
    if (later?.direction === 'out') return later.real_at
    // A clock that stands still is moved by a call, which is kept when it has moved it, with the instant of before.
    const before = index < 0 ? rows : rows.slice(0, index)
    const moved = before.findLast(({ endpoint }) => clock_calls.includes(endpoint))
    return (moved ?? later)?.real_at
  }
}

/** Behind a call so many are looked at for when something was. */
const rows_max = 2000
const clock_calls = ['clock.advance', 'clock.set']

/** Two clocks that run alike are not further apart. */
const running_ms_max = 1000
