import { filled } from '../../components/text.tsx'
import { whenText } from '../../components/when.tsx'
import type { Words } from '../../words/en.ts'
import type { OutcomeMinute } from './props.ts'

interface Props {
  readonly words: Words
  readonly minutes: readonly OutcomeMinute[]
}

/** In units of the drawing: a bar and what is between two. */
const bar = 12
const step = 16
const height = 40
const bars_min = 24

const outcomes = ['reached', 'pending', 'failed', 'refused'] as const

/** Sends per minute by outcome, and the same as a table. */
export function OutcomeChart({ words, minutes }: Props) {
  if (minutes.length === 0) return null
  const text = words.console.messages.chart
  const most = Math.max(...minutes.map(totalOf))
  const width = Math.max(minutes.length, bars_min) * step - (step - bar)
  return (
    <section class="c-panel c-chart" aria-labelledby="chart-title" data-live="chart">
      <div class="c-chart-head">
        <h2 id="chart-title">{text.title}</h2>
        <Legend words={words} />
      </div>
      <svg
        class="c-bars"
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={summaryOf(minutes, words)}
      >
        {minutes.map((minute, i) => (
          <Bar minute={minute} x={i * step} most={most} words={words} />
        ))}
      </svg>
      <Table words={words} minutes={minutes} />
    </section>
  )
}

function Legend({ words }: Pick<Props, 'words'>) {
  return (
    <ul class="c-legend c-small">
      {outcomes.map((outcome) => (
        <li>
          <svg viewBox="0 0 8 8" aria-hidden="true">
            <rect class={`c-bar-${outcome}`} width={8} height={8} rx={2} />
          </svg>
          {words.console.messages.chart.outcomes[outcome]}
        </li>
      ))}
    </ul>
  )
}

function Bar(props: { minute: OutcomeMinute; x: number; most: number; words: Words }) {
  const { minute, x, most, words } = props
  let y = height
  return (
    <g>
      <title>{minuteText(minute, words)}</title>
      {outcomes.map((outcome) => {
        const high = (minute[outcome] / most) * (height - 2)
        y -= high
        return high === 0 ? null : (
          <rect
            class={`c-bar-${outcome}`}
            x={x}
            y={round(y)}
            width={bar}
            height={round(Math.max(1, high - 0.5))}
          />
        )
      })}
    </g>
  )
}

function round(n: number): number {
  return Math.round(n * 100) / 100
}

/** What the picture says, for those who do not see it, and for whoever wants the numbers. */
function Table({ words, minutes }: Props) {
  const text = words.console.messages.chart
  return (
    <details class="c-more" id="chart-table">
      <summary>{text.asTable}</summary>
      <section class="c-scroll" tabindex={0} aria-label={text.title}>
        <table class="c-table">
          <thead>
            <tr>
              <th scope="col">{text.minute}</th>
              {outcomes.map((outcome) => (
                <th scope="col">{text.outcomes[outcome]}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {minutes.toReversed().map((minute) => (
              <tr>
                <th scope="row">{whenText(minute.at, words)}</th>
                {outcomes.map((outcome) => (
                  <td>{minute[outcome]}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  )
}

function summaryOf(minutes: readonly OutcomeMinute[], words: Words): string {
  const text = words.console.messages.chart
  const [first, last] = [minutes[0]?.at ?? '', minutes.at(-1)?.at ?? '']
  const sum = (outcome: (typeof outcomes)[number]) =>
    minutes.reduce((all, minute) => all + minute[outcome], 0)
  const counts = outcomes.map((outcome) => `${text.outcomes[outcome]} ${sum(outcome)}`)
  const span = { from: whenText(first, words), to: whenText(last, words) }
  return `${filled(text.summary, span)}: ${counts.join(', ')}`
}

function minuteText(minute: OutcomeMinute, words: Words): string {
  const text = words.console.messages.chart
  const counts = outcomes.flatMap((outcome) =>
    minute[outcome] > 0 ? [`${text.outcomes[outcome]} ${minute[outcome]}`] : [],
  )
  return `${whenText(minute.at, words)}: ${counts.join(', ')}`
}

function totalOf(minute: OutcomeMinute): number {
  return outcomes.reduce((sum, outcome) => sum + minute[outcome], 0)
}
