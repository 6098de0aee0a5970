import { toIso, toUnixSeconds } from '../../world/clock.ts'
import type { time_formats } from './authentication-data.ts'

type TimeFormat = (typeof time_formats)[number]

const beijing_offset_ms = 8 * 3_600_000

/** An instant as partners write it; an unknown format is ISO 8601. */
export function timeText(ms: number, format: string): string | number {
  switch (format as TimeFormat) {
    case 'unix':
      return toUnixSeconds(ms)
    case 'unix_ms':
      return ms
    case 'digits':
      return toIso(ms + beijing_offset_ms)
        .replace(/\D/g, '')
        .slice(0, 14)
    default:
      return toIso(ms)
  }
}

const DIGITS = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/

/** Unix milliseconds of an instant that is written so; undefined: it is not. */
export function readTime(text: string, format: TimeFormat): number | undefined {
  if (format === 'unix') return /^\d{1,12}$/.test(text) ? Number(text) * 1000 : undefined
  if (format === 'unix_ms') return /^\d{1,15}$/.test(text) ? Number(text) : undefined
  if (format === 'digits') {
    const ms = DIGITS.test(text)
      ? Date.parse(text.replace(DIGITS, '$1-$2-$3T$4:$5:$6Z'))
      : Number.NaN
    return Number.isNaN(ms) ? undefined : ms - beijing_offset_ms
  }
  const ms = /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(ms) ? undefined : ms
}
