import { createHash } from 'node:crypto'
import type { Guesses } from '../core/engine.ts'

/** How long a wrong control token counts, in real time. */
export const guess_window_ms = 60_000
/** So many different ones may come from one address in that time. */
const guesses_max = 10
/** Of so many addresses they are kept; then those are forgotten of which none came for longest. */
const addresses_max = 1000

/** The wrong control tokens of late, by whence they came. The same one sent again, as by a stale cookie, is no new guess. */
export class RecentGuesses implements Guesses {
  readonly #byAddress = new Map<string, Map<string, number>>()

  mayTry(address: string, real_now: number): boolean {
    const guesses = this.#byAddress.get(address)
    if (!guesses || guesses.size < guesses_max) return true
    const [oldest = 0] = guesses.values()
    return oldest + guess_window_ms <= real_now
  }

  note(address: string, given: string, real_now: number): void {
    const guesses = this.#byAddress.get(address) ?? new Map<string, number>()
    for (const [guess, at] of guesses) {
      if (at + guess_window_ms <= real_now) guesses.delete(guess)
    }
    const guess = createHash('sha256').update(given).digest('base64')
    if (!guesses.has(guess)) guesses.set(guess, real_now)
    this.#byAddress.delete(address)
    this.#byAddress.set(address, guesses)
    const [longest] = this.#byAddress.keys()
    if (this.#byAddress.size > addresses_max && longest !== undefined) {
      this.#byAddress.delete(longest)
    }
  }
}
