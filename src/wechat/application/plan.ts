import type { ApplicationRow, OfficialAccountRow } from '../../../db/schema.ts'
import { deriveHex, type Source } from '../../world/seed.ts'

/** Days that WeChat takes for a template, drawn from the seed. Source: the partner's help page, one to two weeks. */
const review_days_min = 7
const review_days_max = 14
const minutes_a_day = 1440
const minute_ms = 60_000

/** When WeChat decides about an application handed in now: at an instant, after some looks at it, or by a hand. */
export function planReview(
  world: Source & { readonly now: number },
  review: OfficialAccountRow['review'],
  { appid, n, submissions }: Pick<ApplicationRow, 'appid' | 'n' | 'submissions'>,
): Pick<ApplicationRow, 'due_at' | 'reads_left'> {
  if (review === 'time') {
    const span = (review_days_max - review_days_min) * minutes_a_day
    const drawn = Number.parseInt(
      deriveHex(world, 'review', appid, n, submissions).slice(0, 12),
      16,
    )
    const minutes = review_days_min * minutes_a_day + (drawn % (span + 1))
    return { due_at: world.now + minutes * minute_ms, reads_left: null }
  }
  return { due_at: null, reads_left: readsOf(review) ?? null }
}

/** How an account keeps that a review ends with the nth look; `immediate`, `time` and `manual` are kept as they are. */
export function afterReads(reads: number): string {
  return `after_reads:${reads}`
}

/** The looks that a kept review takes; undefined: it counts none. */
export function readsOf(review: string): number | undefined {
  const reads = /^after_reads:(\d+)$/.exec(review)?.[1]
  return reads === undefined ? undefined : Number(reads)
}
