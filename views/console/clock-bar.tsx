import { filled } from '../components/text.tsx'
import type { Words } from '../words/en.ts'
import { type ConsoleProps, VerbForm, When, whenText } from './parts.tsx'
import type { ClockFacts } from './props.ts'

const steps_days = [1, 7, 14]
const day_ms = 86_400_000

/** The world's clock: what day it is, how far that is from where it began, what is due next, and how to go there. */
export function ClockBar(props: ConsoleProps) {
  const { words } = props.frame
  const { clock } = props.console
  const text = words.console.clock
  return (
    <section class="co-clock" aria-labelledby="clock-title">
      <h2 id="clock-title">{text.title}</h2>
      <p class="co-today">
        <time datetime={clock.now}>{filled(text.today, { date: whenText(clock.now, words) })}</time>
        <Far clock={clock} words={words} />
      </p>
      <p>
        {text.modes[clock.mode]} <Next clock={clock} words={words} />
      </p>
      <div class="co-row">
        <Advance {...props} />
        <Mode {...props} />
      </div>
    </section>
  )
}

function Advance({ frame: { words }, context, console: { clock } }: ConsoleProps) {
  const text = words.console.clock
  return (
    <VerbForm context={context} verb="clock.advance" class="co-act">
      <fieldset class="co-row">
        <legend>{text.advance}</legend>
        {steps_days.map((days) => (
          <button type="submit" id={`advance-${days}`} name="by" value={`P${days}D`}>
            {days === 1 ? text.day : filled(text.days, { days: String(days) })}
          </button>
        ))}
        {clock.next ? (
          <button type="submit" id="advance-next" name="next" value="true">
            {text.toNext}
          </button>
        ) : null}
      </fieldset>
    </VerbForm>
  )
}

/** Frozen or running. */
function Mode({ frame: { words }, context, console: { clock } }: ConsoleProps) {
  const { run, freeze } = words.console.clock
  const isFrozen = clock.mode === 'frozen'
  return (
    <VerbForm context={context} verb="clock.set" class="co-act">
      <button
        type="submit"
        class="co-quiet"
        id="clock-mode"
        name="mode"
        value={isFrozen ? 'running' : 'frozen'}
      >
        {isFrozen ? run : freeze}
      </button>
    </VerbForm>
  )
}

/** How far it is from the beginning, and a running clock from real time. */
function Far({ clock, words }: { clock: ClockFacts; words: Words }) {
  const { since, ahead, behind } = words.console.clock
  const begun = clock.began === null ? 0 : daysBetween(clock.began, clock.now)
  const real = clock.mode === 'running' ? daysBetween(clock.real_now, clock.now) : 0
  const gone = real > 0 ? ahead : behind
  return (
    <>
      {begun > 0 ? <strong>{filled(since, { days: String(begun) })}</strong> : null}
      {real === 0 ? null : <span>{filled(gone, { days: String(Math.abs(real)) })}</span>}
    </>
  )
}

function daysBetween(from: string, to: string): number {
  return Math.trunc((Date.parse(to) - Date.parse(from)) / day_ms)
}

function Next({ clock: { next }, words }: { clock: ClockFacts; words: Words }) {
  const { clock } = words.console
  if (!next) return <>{clock.nothing}</>
  const [before = '', after = ''] = filled(clock.next, { kind: kindName(next.kind, words) }).split(
    '{date}',
  )
  return (
    <>
      {before}
      <When at={next.at} words={words} />
      {after}
    </>
  )
}

/** What happens by itself, in words. */
export function kindName(kind: string, { console }: Words): string {
  const names: Readonly<Record<string, string>> = console.kinds
  return names[kind] ?? kind
}
