import type { Moment } from '../../../views/phone/props.ts'
import { toIso } from '../../world/clock.ts'

const day_ms = 86_400_000
const beijing_offset_ms = 8 * 3_600_000

/** How the world's clock sees an instant. */
export function momentOf(ms: number, now: number): Moment {
  const clock = inBeijing(ms)
  const year = clock.getUTCFullYear()
  return {
    iso: toIso(ms),
    age: ageOf(dayOf(now) - dayOf(ms), year === inBeijing(now).getUTCFullYear()),
    time: clock.toISOString().slice(11, 16),
    weekday: clock.getUTCDay(),
    year,
    month: clock.getUTCMonth() + 1,
    day: clock.getUTCDate(),
  }
}

/** A clock whose UTC is what clocks in Beijing show. */
function inBeijing(ms: number): Date {
  return new Date(ms + beijing_offset_ms)
}

/** Days since 1970 there. */
function dayOf(ms: number): number {
  return Math.floor((ms + beijing_offset_ms) / day_ms)
}

function ageOf(days: number, isSameYear: boolean): Moment['age'] {
  if (days <= 0) return 'today'
  if (days === 1) return 'yesterday'
  if (days < 7) return 'week'
  return isSameYear ? 'year' : 'older'
}
