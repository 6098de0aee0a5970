import { Button } from '../components/button.tsx'
import { PostForm } from '../components/post-form.tsx'
import { filled } from '../components/text.tsx'
import { shortWhenText, When, whenText } from '../components/when.tsx'
import type { Words } from '../words/en.ts'
import type { ClockFacts, Site } from './props.ts'

interface Props {
  readonly words: Words
  readonly site: Site
}

const steps = ['PT1H', 'P1D', 'P7D', 'P14D'] as const
/** Whatever takes longer goes on, portion by portion, on a page that shows how far it is. */
const portion = 'PT2S'
const day_ms = 86_400_000

/** The world's clock: what time it is, what is due next, and how to go there. */
export function ClockMenu({ words, site }: Props) {
  const { clock } = site.facts
  const text = words.site.clock
  const days = daysOf(clock)
  const isFrozen = clock.mode === 'frozen'
  return (
    <details class="f-drop f-clock" id="clock-menu" data-drop>
      <summary data-live="clock">
        <span class={isFrozen ? 'f-dot f-frozen' : 'f-dot'} />
        <span class="c-hidden">
          {text.label}: {text.modes[clock.mode]},
        </span>
        <time class="c-num" datetime={clock.now}>
          <span class="f-long">{whenText(clock.now, words)}</span>
          <span class="f-short">{shortWhenText(clock.now, words)}</span>
        </time>
        {days.since > 0 ? <b>{filled(text.since, { days: String(days.since) })}</b> : null}
      </summary>
      <div class="f-panel">
        <p class="f-title">{text.title}</p>
        <p>{[text.modes[clock.mode], ...farTexts(clock, words)].join(' · ')}</p>
        <Due words={words} site={site} />
        <Advance words={words} site={site} />
        <Mode words={words} site={site} />
      </div>
    </details>
  )
}

function Due({ words, site }: Props) {
  const text = words.site.clock
  const { due } = site.facts.clock
  if (!due) return null
  return (
    <>
      <p class="f-title">{text.due}</p>
      {due.length === 0 ? <p class="c-muted">{text.nothing}</p> : null}
      <ul class="f-due">
        {due.map(({ at, kind }) => (
          <li>
            <span>{kindName(kind, words)}</span>
            <When at={at} words={words} />
          </li>
        ))}
      </ul>
    </>
  )
}

function Advance({ words, site: { facts, context } }: Props) {
  const text = words.site.clock
  return (
    <>
      <p class="f-title">{text.advance}</p>
      <PostForm
        context={context}
        path="/do/clock.advance"
        class="c-actions"
        fields={{ at_most: portion }}
      >
        {steps.map((by) => (
          <Button id={`advance-${by}`} name="by" value={by} label={text.stepsLong[by]}>
            {text.steps[by]}
          </Button>
        ))}
        {facts.clock.due?.length === 0 ? null : (
          <Button id="advance-next" name="next" value="true">
            {text.toNext}
          </Button>
        )}
      </PostForm>
    </>
  )
}

/** Frozen or running. */
function Mode({ words, site: { facts, context } }: Props) {
  const { run, freeze } = words.site.clock
  const isFrozen = facts.clock.mode === 'frozen'
  return (
    <PostForm context={context} path="/do/clock.set" class="c-actions">
      <Button id="clock-mode" name="mode" value={isFrozen ? 'running' : 'frozen'}>
        {isFrozen ? run : freeze}
      </Button>
    </PostForm>
  )
}

/** How far it is from the beginning, and a running clock from real time. */
function daysOf(clock: ClockFacts): { since: number; real: number } {
  return {
    since: clock.began === null ? 0 : daysBetween(clock.began, clock.now),
    real: clock.mode === 'running' ? daysBetween(clock.real_now, clock.now) : 0,
  }
}

function farTexts(clock: ClockFacts, words: Words): string[] {
  const { sinceLong, ahead, behind } = words.site.clock
  const { since, real } = daysOf(clock)
  return [
    ...(since > 0 ? [filled(sinceLong, { days: String(since) })] : []),
    ...(real === 0 ? [] : [filled(real > 0 ? ahead : behind, { days: String(Math.abs(real)) })]),
  ]
}

function daysBetween(from: string, to: string): number {
  return Math.trunc((Date.parse(to) - Date.parse(from)) / day_ms)
}

/** What happens by itself, in words. */
export function kindName(kind: string, { console }: Words): string {
  const names: Readonly<Record<string, string>> = console.kinds
  return names[kind] ?? kind
}
