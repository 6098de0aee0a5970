import { raw } from 'hono/html'
import type { Words } from '../words/en.ts'
import { type Lane, type Leg, lanesOf, legsOf } from './legs.ts'
import { shortened, widthOf } from './measure.ts'
import type { Story } from './props.ts'

/** The look of the picture; what serves it says by its digest that this, and no other, may style it. */
export const picture_style = `
svg { color-scheme: light dark; --paper: #ffffff; --line: #e1e6e9; --ink: #171c1f; --muted: #5b666d;
  --good: #0b7a43; --good-soft: #e4f3ea; --bad: #b3261e; --bad-soft: #fdeae8; --later: #8a4b00; --later-soft: #fdf1df;
  --plain: #44525b; --plain-soft: #f3f5f7;
  font-family: system-ui, 'PingFang SC', 'Hiragino Sans GB', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif; }
@media (prefers-color-scheme: dark) {
  svg { --paper: #12171a; --line: #2d363b; --ink: #e6ebee; --muted: #9fabb2;
    --good: #5fd39a; --good-soft: #14301f; --bad: #ff8a80; --bad-soft: #3c1a18; --later: #f0b36a; --later-soft: #38270f;
    --plain: #b3c0c7; --plain-soft: #1d2529; }
}
.paper { fill: var(--paper); }
text { fill: var(--ink); font-size: 13px; }
.title { font-size: 17px; font-weight: 600; }
.lane { font-weight: 600; text-anchor: middle; }
.muted, .detail { fill: var(--muted); font-size: 12px; }
.time { fill: var(--muted); font-size: 11.5px; font-variant-numeric: tabular-nums; }
.head { fill: var(--plain-soft); stroke: var(--line); }
.life { stroke: var(--line); stroke-width: 1.5; }
.middle { text-anchor: middle; }
.end { text-anchor: end; }
.way { fill: none; stroke-width: 1.75; stroke-linecap: round; stroke-linejoin: round; }
.note { stroke-width: 1; }
.plain .way { stroke: var(--plain); }
.good .way { stroke: var(--good); }
.bad .way { stroke: var(--bad); }
.later .way { stroke: var(--later); stroke-dasharray: 5 4; }
.plain .note { fill: var(--plain-soft); stroke: var(--line); }
.good .note { fill: var(--good-soft); stroke: none; }
.bad .note { fill: var(--bad-soft); stroke: none; }
.later .note { fill: var(--later-soft); stroke: none; }
.good .said { fill: var(--good); }
.bad .said { fill: var(--bad); font-weight: 600; }
.later .said { fill: var(--later); }
`

const width = 1000
const margin = 24
/** Where the first and the last of those who take part stand. */
const lanes_x = { first: 220, last: 900 }
const lane_width = 132
const lanes_y = 96
const first_y = 168
const row = { arrow: 54, note: 48, tall_note: 72 }

/** Where everybody stands who takes part. */
type Places = ReadonlyMap<Lane, number>

function placesOf(lanes: readonly Lane[]): Places {
  const { first, last } = lanes_x
  const apart = (last - first) / Math.max(1, lanes.length - 1)
  return new Map(lanes.map((lane, n) => [lane, Math.round(first + n * apart)]))
}

interface Drawn extends Leg {
  /** Whether the one before was at the same time. */
  readonly isSame: boolean
  readonly y: number
}

/** A story as a picture: who said what to whom, from the top to the bottom. */
export function StoryPicture({ story, words }: { story: Story; words: Words }) {
  const { legs, end } = placed(legsOf(story, words))
  const height = end + margin
  const places = placesOf(lanesOf(legs))
  const { trace } = words
  const title = story.text === null || story.text === '' ? trace.title : story.text
  const facts = [story.account, story.mobile, story.at.replace('T', ' ').replace('Z', ' UTC')]
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="img"
      lang={words.tag}
      aria-labelledby="story-title story-told"
    >
      <title id="story-title">{`${trace.title} ${story.trace}`}</title>
      <desc id="story-told">{told(legs, words)}</desc>
      <style>{raw(picture_style)}</style>
      <rect class="paper" width={width} height={height} rx="8" />
      <text class="title" x={margin} y="40">
        {shortened(title, width - 2 * margin, 17)}
      </text>
      <text class="muted" x={margin} y="64">
        {facts.filter((fact) => fact !== null).join('  ·  ')}
      </text>
      {story.state === null ? null : <State state={story.state} />}
      {[...places].map(([lane, x]) => (
        <Life x={x} name={trace.lanes[lane]} end={end} />
      ))}
      {legs.map((leg) => (
        <g class={leg.tone}>
          {leg.isSame ? null : <Time leg={leg} />}
          <Told leg={leg} places={places} />
        </g>
      ))}
    </svg>
  )
}

function Told({ leg, places }: { leg: Drawn; places: Places }) {
  if (leg.from === leg.to) return <Note leg={leg} places={places} />
  return <Arrow leg={leg} places={places} />
}

function placed(legs: readonly Leg[]): { legs: Drawn[]; end: number } {
  let y = first_y
  const drawn = legs.map((leg, n) => {
    const before = legs[n - 1]
    const isSame = before?.at === leg.at && before.real_ms === leg.real_ms
    const at = { ...leg, y, isSame }
    y += leg.from !== leg.to ? row.arrow : leg.detail === '' ? row.note : row.tall_note
    return at
  })
  return { legs: drawn, end: y }
}

/** The same in words, for whoever does not see it. */
function told(legs: readonly Leg[], { trace }: Words): string {
  return legs
    .map(({ from, to, title, detail }) => {
      const way = from === to ? trace.lanes[from] : `${trace.lanes[from]} → ${trace.lanes[to]}`
      return [`${way}: ${title}`, detail].filter((part) => part !== '').join(', ')
    })
    .join('; ')
}

const tones: Readonly<Record<string, Leg['tone']>> = {
  accepted: 'good',
  delivered: 'good',
  refused: 'bad',
  failed: 'bad',
}

/** How it stands in the end. */
function State({ state }: { state: string }) {
  const wide = widthOf(state, 14) + 2 * note_padding
  const middle = width - margin - wide / 2
  return (
    <g class={tones[state] ?? 'later'}>
      <rect class="note" x={middle - wide / 2} y="48" width={wide} height="24" rx="12" />
      <text class="said middle" x={middle} y="64.5">
        {state}
      </text>
    </g>
  )
}

function Life({ x, name, end }: { x: number; name: string; end: number }) {
  return (
    <g>
      <path class="life" d={`M${x} ${lanes_y + 32}V${end}`} />
      <rect class="head" x={x - lane_width / 2} y={lanes_y} width={lane_width} height="32" rx="8" />
      <text class="lane" x={x} y={lanes_y + 21}>
        {name}
      </text>
    </g>
  )
}

function Time({ leg: { at, real_ms, y } }: { leg: Drawn }) {
  return (
    <>
      <text class="time" x={margin} y={y - 4}>
        {at.slice(11, 23)}
      </text>
      {real_ms === null ? null : <text class="time" x={margin} y={y + 11}>{`+${real_ms} ms`}</text>}
    </>
  )
}

const head_size = 6

function Arrow({ leg, places }: { leg: Drawn; places: Places }) {
  const { from, to, title, detail, y } = leg
  const [a, b] = [places.get(from) ?? 0, places.get(to) ?? 0]
  const forward = b > a ? 1 : -1
  const tip = b - forward * 3
  const room = Math.abs(b - a) - 24
  const middle = (a + b) / 2
  const head = `M${tip - forward * head_size} ${y - head_size}L${tip} ${y}L${tip - forward * head_size} ${y + head_size}`
  return (
    <>
      <path class="way" d={`M${a + forward * 3} ${y}H${tip}`} />
      <path class="way" stroke-dasharray="none" d={head} />
      <text class="said middle" x={middle} y={y - 7}>
        {shortened(title, room, 13)}
      </text>
      <text class="detail middle" x={middle} y={y + 16}>
        {shortened(detail, room, 12)}
      </text>
    </>
  )
}

const note_padding = 12
const note_width_max = 460

/** What happens at one of them, as wide as it needs, and not over the edge. */
function Note({ leg, places }: { leg: Drawn; places: Places }) {
  const { from, title, detail, y } = leg
  const lines = [shortened(title, note_width_max, 13), shortened(detail, note_width_max, 12)]
  const wanted =
    Math.max(widthOf(lines[0] ?? '', 13), widthOf(lines[1] ?? '', 12)) + 2 * note_padding
  const middle = Math.min(places.get(from) ?? 0, width - margin - wanted / 2)
  const height = detail === '' ? 28 : 44
  return (
    <>
      <rect class="note" x={middle - wanted / 2} y={y - 16} width={wanted} height={height} rx="8" />
      <text class="said middle" x={middle} y={y + 2}>
        {lines[0]}
      </text>
      {detail === '' ? null : (
        <text class="detail middle" x={middle} y={y + 19}>
          {lines[1]}
        </text>
      )}
    </>
  )
}
