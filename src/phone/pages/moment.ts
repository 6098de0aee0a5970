import type { Moment } from '../../../views/phone/props.ts'
import { beijingDay, toIso } from '../../world/clock.ts'

const day_ms = 86_400_000

/** How the world's clock sees an instant. */
export function momentOf(ms: number, now: number): Moment {
  const date = beijingDay(ms)
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number)
  const days = (dayNumber(now) - dayNumber(ms)) / day_ms
  return {
    iso: toIso(ms),
    age: ageOf(days, date.slice(0, 4) === beijingDay(now).slice(0, 4)),
    time: toIso(ms + beijing_offset_ms).slice(11, 16),
    weekday: new Date(dayNumber(ms)).getUTCDay(),
    year,
    month,
    day,
  }
}

const beijing_offset_ms = 8 * 3_600_000

/** Midnight of the Beijing day, as if it were UTC's. */
function dayNumber(ms: number): number {
  return Date.parse(beijingDay(ms))
}

function ageOf(days: number, isSameYear: boolean): Moment['age'] {
  if (days <= 0) return 'today'
  if (days === 1) return 'yesterday'
  if (days < 7) return 'week'
  return isSameYear ? 'year' : 'older'
}
