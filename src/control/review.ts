import { z } from 'zod'
import { afterReads, readsOf } from '../wechat/application/application.ts'

const reads_max = 1000
const words = z.enum(['immediate', 'time', 'manual'])
const counted = z.strictObject({ after_reads: z.int().min(1).max(reads_max) })

/** How WeChat reviews an official account's templates, as it is given → as it is kept. */
export const wantedReview = z
  .union([words, counted], 'immediate, time, manual, or {"after_reads":3}')
  .transform((review) => (typeof review === 'string' ? review : afterReads(review.after_reads)))

/** The same as it is shown. */
export const shownReview = z.union([words, counted])

/** A kept review as it was given. */
export function showReview(kept: string): z.output<typeof shownReview> {
  const after_reads = readsOf(kept)
  return after_reads === undefined ? words.parse(kept) : { after_reads }
}
