/** Real time as the machine has it, Unix milliseconds; it goes back when somebody sets it back. The only place that asks for it. */
export function realNow(): number {
  return Date.now()
}

/** What a clock goes by, and what it must not go behind. */
interface SteadyClock {
  readonly machine?: () => number
  /** Milliseconds since whenever, which nobody can set. */
  readonly elapsed?: () => number
  /** The last instant that is known to have been told, and the last that may have been. */
  readonly told?: { readonly known: number; readonly possible: number } | undefined
}

/**
 * Real time that never goes back, Unix milliseconds: the machine's, and from the moment that this is set back what has passed
 * since, until the machine's is there again. It may have been set back between two processes, too; by how much less than
 * what lies between known and possible, nobody can tell.
 */
export function steadyClock({
  machine = realNow,
  elapsed = () => performance.now(),
  told = { known: 0, possible: 0 },
}: SteadyClock = {}): () => number {
  let last = machine()
  let since = elapsed()
  let isAhead = last < told.known
  if (isAhead) last = told.possible
  return () => {
    const now = machine()
    const passed = elapsed()
    if (isAhead || now < last) {
      const expected = last + Math.floor(passed - since)
      isAhead = now < expected
      if (isAhead) return expected
    }
    last = now
    since = passed
    return now
  }
}

/** Real microseconds for measuring how long something took; no date. */
export function stopwatch(): () => number {
  const start = performance.now()
  return () => Math.round((performance.now() - start) * 1000)
}

/** Calls back once after `ms` of real time, without keeping the process alive. Returns how to cancel. */
export function after(ms: number, callback: () => void): () => void {
  const timer = setTimeout(callback, Math.min(ms, 2 ** 31 - 1))
  timer.unref()
  return () => clearTimeout(timer)
}

/** Resolves after `ms` of real time, or at once when the signal fires. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal?.addEventListener('abort', done, { once: true })
    if (signal?.aborted) done()
  })
}

/** Lets everything go first that has come meanwhile: calls, and whatever is ready to be answered. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

/** World clocks lie between these instants: within them every msgid has 19 digits. */
export const clock_ms_min = Date.UTC(2020, 0, 1)
export const clock_ms_max = Date.UTC(2034, 11, 31, 23, 59, 59, 999)

export type ClockMode = 'running' | 'frozen'

/** A world's clock as stored: `clock_ms` is the instant when frozen, the offset from real time when running. */
export interface ClockRow {
  readonly clock_mode: ClockMode
  readonly clock_ms: number
}

/** The world's present instant, Unix milliseconds. */
export function worldNow(clock: ClockRow, real: number): number {
  const now = clock.clock_mode === 'frozen' ? clock.clock_ms : real + clock.clock_ms
  return Math.min(Math.max(now, clock_ms_min), clock_ms_max)
}

/** Unix milliseconds → `2026-01-05T01:00:00.000Z`, the form of the control API. */
export function toIso(ms: number): string {
  return new Date(ms).toISOString()
}

/** Unix milliseconds → Unix seconds, the form on WeChat's wire. */
export function toUnixSeconds(ms: number): number {
  return Math.floor(ms / 1000)
}

const beijing_offset_ms = 8 * 3_600_000
const day_ms = 86_400_000
const minute_ms = 60_000

/** The Beijing calendar day as `2026-01-05`: quota days begin at its midnight. */
export const beijingDay = sameFor(minute_ms, (ms) =>
  new Date(ms + beijing_offset_ms).toISOString().slice(0, 10),
)

/** When the next Beijing day begins. */
export function nextBeijingDay(ms: number): number {
  return (Math.floor((ms + beijing_offset_ms) / day_ms) + 1) * day_ms - beijing_offset_ms
}

/** The Beijing wall clock as `2026年1月5日 09:00`, the form in which TUPU fills the time keyword. */
export const beijingText = sameFor(minute_ms, (ms) => {
  const t = new Date(ms + beijing_offset_ms)
  const clock = t.toISOString().slice(11, 16)
  return `${t.getUTCFullYear()}年${t.getUTCMonth() + 1}月${t.getUTCDate()}日 ${clock}`
})

/** A text that is the same for so long: whoever asks again meanwhile gets the one that was made. */
export function sameFor(span_ms: number, write: (ms: number) => string): (ms: number) => string {
  let last = Number.NaN
  let text = ''
  return (ms) => {
    const span = Math.floor(ms / span_ms)
    if (span !== last) [last, text] = [span, write(ms)]
    return text
  }
}

const duration =
  /^P(?:(?<weeks>\d{1,6})W|(?:(?<days>\d{1,6})D)?(?:T(?=\d)(?:(?<hours>\d{1,6})H)?(?:(?<minutes>\d{1,6})M)?(?:(?<seconds>\d{1,9}(?:\.\d{1,3})?)S)?)?)$/
const unit_ms = {
  weeks: 604_800_000,
  days: 86_400_000,
  hours: 3_600_000,
  minutes: 60_000,
  seconds: 1000,
}

const short_duration = /^(?<count>\d{1,7}(?:\.\d{1,3})?)(?<unit>ms|[smhdw])$/
const short_unit_ms: Readonly<Record<string, number>> = {
  ms: 1,
  s: unit_ms.seconds,
  m: unit_ms.minutes,
  h: unit_ms.hours,
  d: unit_ms.days,
  w: unit_ms.weeks,
}

/**
 * A duration → milliseconds: weeks, days, hours, minutes, seconds as ISO 8601 writes them (`P14D`, `PT1H30M`), or one of them
 * short (`14d`, `2h`, `30s`, `500ms`). Undefined when it is none.
 */
export function readDuration(text: string): number | undefined {
  const short = short_duration.exec(text)?.groups
  if (short) return Math.round(Number(short['count']) * (short_unit_ms[short['unit'] ?? ''] ?? 0))
  const groups = duration.exec(text)?.groups
  if (!groups || !/\d/.test(text)) return undefined
  let ms = 0
  for (const [name, size] of Object.entries(unit_ms)) ms += Number(groups[name] ?? 0) * size
  return Math.round(ms)
}

/** Milliseconds → ISO 8601 duration, the largest units first: `P14D`, `PT2H`, `PT0S`. */
export function toDuration(ms: number): string {
  const days = Math.floor(ms / unit_ms.days)
  const rest = ms - days * unit_ms.days
  const hours = Math.floor(rest / unit_ms.hours)
  const minutes = Math.floor((rest % unit_ms.hours) / unit_ms.minutes)
  const seconds = (rest % unit_ms.minutes) / 1000
  const time = `${hours ? `${hours}H` : ''}${minutes ? `${minutes}M` : ''}${seconds ? `${seconds}S` : ''}`
  if (!days && !time) return 'PT0S'
  return `P${days ? `${days}D` : ''}${time ? `T${time}` : ''}`
}
