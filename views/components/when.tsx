import type { Words } from '../words/en.ts'
import { filled } from './text.tsx'

const beijing_offset_ms = 8 * 3_600_000

/** An instant in Beijing, as people write it; `isExact`: to the second. */
export function When(of: { at: string; words: Words; isExact?: boolean }) {
  const { at, words, isExact = false } = of
  const seconds = isExact ? inBeijing(at).toISOString().slice(16, 19) : ''
  return <time datetime={at}>{whenText(at, words) + seconds}</time>
}

const instant = /(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)/u

/** A text of a call, whose instants are written as everywhere on pages. */
export function WithInstants({ text, words }: { text: string; words: Words }) {
  const parts = text.split(instant)
  return (
    <>{parts.map((part, i) => (i % 2 === 1 ? <When at={part} words={words} isExact /> : part))}</>
  )
}

/** The same as text. */
export function whenText(at: string, { phone: { moments } }: Words): string {
  const t = inBeijing(at)
  return filled(moments.dateAt, {
    year: String(t.getUTCFullYear()),
    month: moments.months[t.getUTCMonth()] ?? '',
    day: String(t.getUTCDate()),
    time: t.toISOString().slice(11, 16),
  })
}

/** The same where there is little room: month, day and time. */
export function shortWhenText(at: string, words: Words): string {
  return dayText(at, inBeijing(at).toISOString().slice(11, 16), words)
}

/** The time alone, to the minute. */
export function timeOf(at: string): string {
  return partsOf(at)[1].slice(0, 5)
}

/** The day alone, without its year. */
export function dayOf(at: string, words: Words): string {
  return dayText(at, '', words).trim()
}

/** From one instant to another: the day once where it is the same. */
export function spanText({ at, until }: { at: string; until: string }, words: Words): string {
  const [day] = partsOf(at)
  const [last, time] = partsOf(until)
  const end = day === last ? time.slice(0, 5) : whenText(until, words)
  return `${whenText(at, words)}–${end}`
}

function dayText(at: string, time: string, { phone: { moments } }: Words): string {
  const t = inBeijing(at)
  const month = moments.months[t.getUTCMonth()] ?? ''
  return filled(moments.dayAt, { month, day: String(t.getUTCDate()), time })
}

/** The time of an instant in Beijing, to the second; of another day with the day before it. */
export function MomentOf({ at, now, words }: { at: string; now: string; words: Words }) {
  const [day, time] = partsOf(at)
  const text = day === partsOf(now)[0] ? time : dayText(at, time, words)
  return <time datetime={at}>{text}</time>
}

function partsOf(at: string): [day: string, time: string] {
  const text = inBeijing(at).toISOString()
  return [text.slice(0, 10), text.slice(11, 19)]
}

const units = {
  w: 'week',
  d: 'day',
  h: 'hour',
  m: 'minute',
  s: 'second',
  ms: 'millisecond',
} as const

/** A duration as it is written to a call (`P1DT2H`, `90s`), in words: "1 day 2 hours". Any other text stays as it is. */
export function durationText(duration: string, { tag }: Words): string {
  const parts = duration.toLowerCase().matchAll(/(?<count>\d+(?:\.\d+)?)(?<unit>ms|[wdhms])/gu)
  const texts = [...parts].map(({ groups }) => {
    const unit = units[groups?.['unit'] as keyof typeof units]
    const format = new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay: 'long' })
    // As our Chinese has it everywhere: a space between a number and its word.
    return format.format(Number(groups?.['count'])).replace(/(?<=\d)(?=\p{Script=Han})/u, ' ')
  })
  return texts.length > 0 ? texts.join(' ') : duration
}

/** The wall clock of Beijing at an instant, as if it were UTC. */
export function inBeijing(at: string): Date {
  return new Date(Date.parse(at) + beijing_offset_ms)
}
