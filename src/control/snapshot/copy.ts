import { type Copying, copy_begin, copyEpochRows } from '../../../db/epoch-copy.ts'
import type { RunUnit } from '../../../db/unit.ts'
import type { Engine } from '../../core/engine.ts'
import { nextTurn } from '../../world/clock.ts'

/** What one unit copies: it takes a few milliseconds. */
const portion = { rows_max: 200, bytes_max: 256 * 1024 }
/** A row's numbers and short words are counted as so many bytes. */
const row_bytes = 100
/** Real time within which an epoch must be filled: it ends then, as if whoever fills it had died. */
export const filling_ms_max = 10 * 60_000

/** How big a snapshot is. */
export interface Size {
  readonly rows: number
  readonly bytes: number
}

/** Copies an epoch's rows in small units, between which others go. Without an answer: it was too big, or the server stops. */
export async function copyEpoch(
  engine: Engine,
  unit: RunUnit,
  { bytes_max, ...copying }: Copying & { readonly bytes_max: number },
): Promise<Size | 'too_big' | 'stopped'> {
  const size = { rows: 0, bytes: 0 }
  for (let place = copy_begin; ; ) {
    if (engine.closing.aborted) return 'stopped'
    const at = { ...copying, place }
    const step = await unit('snapshot.copy', ({ db }) => copyEpochRows(db, at, portion))
    size.rows += step.rows
    size.bytes += step.bytes + step.rows * row_bytes
    if (size.bytes > bytes_max) return 'too_big'
    if (!step.next) return size
    place = step.next
    await nextTurn()
  }
}
