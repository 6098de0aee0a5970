import { filled } from '../../components/text.tsx'
import { dayOf, durationText, inBeijing, spanText, timeOf } from '../../components/when.tsx'
import { pageHref } from '../../page-context.ts'
import type { Words } from '../../words/en.ts'
import type { ConsoleProps } from '../parts.tsx'
import type { InboxFacts, OutcomeSpan, Outcomes } from './props.ts'

type Props = ConsoleProps & { readonly facts: InboxFacts }
type Drawn = Props & { readonly outcomes: Outcomes }

/** In pixels: what stands over the bars, the bars, and the times under them. The width is the page's. */
const over = 18
const height = 64
const under = 22
/** A lone span is no sliver. */
const spans_min = 12
const ticks_max = 5
/** A time that begins behind this part of the width would not fit. */
const last_tick = 0.88
const minute_ms = 60_000
const day_ms = 1440 * minute_ms
/** Times at which people look at a clock. */
const rounds = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720].map((minutes) => minutes * minute_ms)

const kinds = ['reached', 'pending', 'failed', 'refused'] as const

/** How sends have ended over time, and the same as a table; what is pressed shows the messages of its span. */
export function OutcomeChart(props: Props) {
  const { outcomes } = props.facts
  if (outcomes === null || outcomes.spans.length === 0) return null
  const { words } = props.frame
  const of = { ...props, outcomes }
  return (
    <section class="c-panel c-chart" aria-labelledby="chart-title" data-live="chart">
      <div class="c-chart-head">
        <h2 id="chart-title">{words.console.messages.chart.title}</h2>
        <Legend words={words} outcomes={outcomes} />
      </div>
      <p class="c-small">{summaryOf(outcomes, words)}</p>
      <Bars {...of} />
      <Table {...of} />
    </section>
  )
}

function Legend({ words, outcomes }: { words: Words; outcomes: Outcomes }) {
  return (
    <ul class="c-legend c-small c-num">
      {kinds.map((kind) => (
        <li>
          <svg viewBox="0 0 8 8" aria-hidden="true">
            <rect class={`c-bar-${kind}`} width={8} height={8} rx={2} />
          </svg>
          {words.console.messages.chart.outcomes[kind]}{' '}
          {outcomes.spans.reduce((sum, span) => sum + span[kind], 0).toLocaleString('en')}
        </li>
      ))}
    </ul>
  )
}

/** Nobody has to go through the bars to reach the list: whoever reads no picture has the table, with the same links. */
function Bars(props: Drawn) {
  const { spans } = props.outcomes
  const scale = scaleOf(spans)
  const most = roundUp(Math.max(...spans.map(totalOf)))
  return (
    <svg class="c-bars" aria-hidden="true">
      <Line y={over} />
      {most % 2 === 0 ? <Line y={over + height / 2} /> : null}
      <text y={over - 5}>{most.toLocaleString('en')}</text>
      {spans.map((span) => (
        <Bar {...props} span={span} scale={scale} most={most} />
      ))}
      <Line y={over + height} />
      {ticksOf(scale).map((at) => (
        <text x={percent(scale.place(at))} y={over + height + under - 6}>
          {tickText(at, scale, props.frame.words)}
        </text>
      ))}
    </svg>
  )
}

function Line({ y }: { y: number }) {
  return <line x2="100%" y1={y} y2={y} />
}

type BarProps = Drawn & {
  readonly span: OutcomeSpan
  readonly scale: Scale
  readonly most: number
}

function Bar(props: BarProps) {
  const { span, scale, most, frame } = props
  const begin = scale.place(Date.parse(span.at))
  const at = { x: percent(begin + scale.width * 0.1), width: percent(scale.width * 0.8) }
  let y = over + height
  return (
    <a {...linkOf(props, span)} tabindex={-1}>
      <title>{countsText(span, frame.words)}</title>
      <rect
        class="c-bar-hit"
        x={percent(begin)}
        y={over}
        width={percent(scale.width)}
        height={height}
      />
      {kinds.map((kind) => {
        const high = (span[kind] / most) * height
        y -= high
        return high === 0 ? null : (
          <rect
            class={`c-bar-${kind}`}
            {...at}
            y={round(y)}
            height={round(Math.max(1, high - 0.5))}
          />
        )
      })}
    </a>
  )
}

/** To the messages of a span. */
function linkOf({ context, facts: { query } }: Props, { at, until }: OutcomeSpan) {
  const isShown = query.since === at && query.until === until
  return {
    href: pageHref(context, '/', { since: at, until }),
    'aria-current': isShown ? ('true' as const) : undefined,
  }
}

/** What the picture says, for those who do not see it, and for whoever wants the numbers. */
function Table(props: Drawn) {
  const { words } = props.frame
  const text = words.console.messages.chart
  return (
    <details class="c-more" id="chart-table">
      <summary>{text.asTable}</summary>
      <section class="c-scroll" tabindex={0} aria-label={text.asTable}>
        <table class="c-table">
          <thead>
            <tr>
              <th scope="col">{text.when}</th>
              {kinds.map((kind) => (
                <th scope="col">{text.outcomes[kind]}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {props.outcomes.spans.toReversed().map((span) => (
              <tr>
                <th scope="row">
                  <a {...linkOf(props, span)}>{spanText(span, words)}</a>
                </th>
                {kinds.map((kind) => (
                  <td>{span[kind]}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  )
}

function summaryOf({ step, counted, more, spans }: Outcomes, words: Words): string {
  const text = words.console.messages.chart
  const span = { at: spans[0]?.at ?? '', until: spans.at(-1)?.until ?? '' }
  const said = { span: spanText(span, words), step: durationText(step, words) }
  const newest = filled(text.newest, { count: counted.toLocaleString('en') })
  return [filled(text.span, said), ...(more ? [newest] : [])].join(' · ')
}

function countsText(span: OutcomeSpan, words: Words): string {
  const text = words.console.messages.chart
  const counts = kinds.flatMap((kind) =>
    span[kind] > 0 ? [`${text.outcomes[kind]} ${span[kind]}`] : [],
  )
  return `${spanText(span, words)}: ${counts.join(', ')}`
}

function totalOf(span: OutcomeSpan): number {
  return kinds.reduce((sum, kind) => sum + span[kind], 0)
}

/** Where instants stand, as parts of the width. */
interface Scale {
  readonly from: number
  readonly to: number
  /** Of one span. */
  readonly width: number
  place(at: number): number
}

function scaleOf(spans: readonly OutcomeSpan[]): Scale {
  const [first, last] = [spans[0], spans.at(-1)]
  const to = Date.parse(last?.until ?? '')
  const step = to - Date.parse(last?.at ?? '')
  const from = Math.min(Date.parse(first?.at ?? ''), to - spans_min * step)
  return { from, to, width: step / (to - from), place: (at) => (at - from) / (to - from) }
}

/** Round times within a day, midnights beyond, where there is room to write them. */
function ticksOf({ from, to, place }: Scale): number[] {
  const range = to - from
  let every = rounds.find((each) => range <= each * ticks_max) ?? day_ms
  if (range > day_ms) every = Math.max(every, day_ms)
  while (range > every * ticks_max) every *= 2
  const ahead = inBeijing(new Date(from).toISOString()).getTime() - from
  const ticks: number[] = []
  for (let at = Math.ceil((from + ahead) / every) * every - ahead; at < to; at += every)
    if (place(at) <= last_tick) ticks.push(at)
  return ticks
}

function tickText(at: number, { from, to }: Scale, words: Words): string {
  const iso = new Date(at).toISOString()
  return to - from > day_ms ? dayOf(iso, words) : timeOf(iso)
}

/** The next number that people count to. */
function roundUp(count: number): number {
  const ten = 10 ** Math.floor(Math.log10(count))
  return ([1, 2, 4, 6, 8].find((each) => count <= each * ten) ?? 10) * ten
}

function percent(part: number): string {
  return `${round(part * 100)}%`
}

function round(n: number): number {
  return Math.round(n * 100) / 100
}
