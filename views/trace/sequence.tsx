import { filled } from '../components/text.tsx'
import { inBeijing } from '../components/when.tsx'
import type { Words } from '../words/en.ts'
import { type Lane, type Leg, lanesOf, legsOf } from './legs.ts'
import { shortened, shortenedPath, widthOf } from './measure.ts'
import type { Story } from './props.ts'

const width = 680
const lanes_x = { first: 62, last: width - 62 }
const lanes_y = 14
const first_y = 66
const row = { arrow: 54, note: 44, tall_note: 60 }
const sizes = { title: 12, detail: 11 }
const head_size = 5

type Places = ReadonlyMap<Lane, number>

interface Props {
  readonly story: Story
  readonly words: Words
  /** The page of an exchange. */
  hrefOf(seq: number): string
}

interface Drawn extends Leg {
  readonly y: number
  /** When it was, where that is not said by the one before. */
  readonly time: string
}

/**
 * A story as a part of a page: who said what to whom, from the top to the bottom, and each of it leads to its exchange. The
 * page's stylesheet has its look; the list of the same legs stands beside it, for whoever does not see it.
 */
export function Sequence({ story, words, hrefOf }: Props) {
  const legs = legsOf(story, words)
  const { drawn, end } = placed(legs, words)
  const lanes = lanesOf(legs)
  const apart = (lanes_x.last - lanes_x.first) / Math.max(1, lanes.length - 1)
  const places: Places = new Map(
    lanes.map((lane, n) => [lane, Math.round(lanes_x.first + n * apart)]),
  )
  const room = apart - 16
  return (
    <svg class="c-story" viewBox={`0 0 ${width} ${end}`} aria-label={words.trace.title}>
      {[...places].map(([lane, x]) => (
        <g>
          <path class="st-life" d={`M${x} ${lanes_y + 12}V${end}`} />
          <text class="st-lane" x={x} y={lanes_y}>
            {words.trace.lanes[lane]}
          </text>
        </g>
      ))}
      {drawn.map((leg) => (
        <Linked leg={leg} hrefOf={hrefOf}>
          {leg.from === leg.to ? (
            <Note leg={leg} places={places} />
          ) : (
            <Arrow leg={leg} places={places} room={room} />
          )}
        </Linked>
      ))}
    </svg>
  )
}

/** The same legs as a list, each with its time and its exchange. */
export function SequenceList({ story, words, hrefOf }: Props) {
  return (
    <ol class="c-legs">
      {legsOf(story, words).map((leg) => (
        <li>
          <time datetime={leg.at}>{timeOf(leg.at)}</time>{' '}
          {leg.seq === undefined ? (
            legText(leg, words)
          ) : (
            <a href={hrefOf(leg.seq)}>{legText(leg, words)}</a>
          )}
        </li>
      ))}
    </ol>
  )
}

function legText({ from, to, title, detail }: Leg, { trace }: Words): string {
  const way = from === to ? trace.lanes[from] : `${trace.lanes[from]} → ${trace.lanes[to]}`
  return [`${way}: ${title}`, detail].filter((part) => part !== '').join(', ')
}

function Linked({
  leg,
  hrefOf,
  children,
}: Pick<Props, 'hrefOf'> & { leg: Drawn; children?: unknown }) {
  const look = `st-${leg.tone}`
  if (leg.seq === undefined) return <g class={look}>{children}</g>
  return (
    <a class={look} href={hrefOf(leg.seq)}>
      {children}
    </a>
  )
}

function placed(legs: readonly Leg[], words: Words): { drawn: Drawn[]; end: number } {
  let y = first_y
  const drawn = legs.map((leg, n) => {
    const at = { ...leg, y, time: timeAfter(leg, legs[n - 1], legs[0] ?? leg, words) }
    y += leg.from !== leg.to ? row.arrow : leg.detail === '' ? row.note : row.tall_note
    return at
  })
  return { drawn, end: y - 16 }
}

/**
 * When a leg was, on the clock of the world: its time of day, or so many milliseconds since the beginning. Real time is said
 * only where that clock stood still, and as such.
 */
function timeAfter(leg: Leg, before: Leg | undefined, begin: Leg, { trace }: Words): string {
  if (!before) return timeOf(leg.at)
  if (before.at === leg.at && before.real_ms === leg.real_ms) return ''
  const ms = Date.parse(leg.at) - Date.parse(begin.at)
  if (ms > 0) return ms < 1000 ? `+${ms} ms` : timeOf(leg.at)
  return leg.real_ms === null ? timeOf(leg.at) : filled(trace.real, { ms: String(leg.real_ms) })
}

function timeOf(at: string): string {
  return inBeijing(at).toISOString().slice(11, 19)
}

function Arrow({ leg, places, room }: { leg: Drawn; places: Places; room: number }) {
  const { from, to, title, detail, y, time } = leg
  const [a, b] = [places.get(from) ?? 0, places.get(to) ?? 0]
  const forward = b > a ? 1 : -1
  const tip = b - forward * 2
  const space = Math.max(room, Math.abs(b - a) - 16)
  const middle = (a + b) / 2
  const back = tip - forward * head_size
  const under = [time, detail].filter((part) => part !== '').join(' · ')
  return (
    <>
      <rect class="st-hit" x={Math.min(a, b)} y={y - 22} width={Math.abs(b - a)} height="42" />
      <path class="st-way" d={`M${a + forward * 2} ${y}H${tip}`} />
      <path class="st-head" d={`M${back} ${y - head_size}L${tip} ${y}L${back} ${y + head_size}`} />
      <text class="st-said" x={middle} y={y - 7}>
        {shortenedPath(title, space, sizes.title)}
      </text>
      <text class="st-detail" x={middle} y={y + 15}>
        {shortened(under, space, sizes.detail)}
      </text>
    </>
  )
}

const note_padding = 10
const note_width_max = 420
const margin = 2

/** What happens at one of them, as wide as it needs, and not over the edge. */
function Note({ leg, places }: { leg: Drawn; places: Places }) {
  const { from, title, detail, y } = leg
  const lines = [
    shortened(title, note_width_max, sizes.title),
    shortened(detail, note_width_max, sizes.detail),
  ] as const
  const wide =
    Math.max(widthOf(lines[0], sizes.title), widthOf(lines[1], sizes.detail)) + 2 * note_padding
  const wanted = places.get(from) ?? 0
  const middle = Math.min(Math.max(wanted, margin + wide / 2), width - margin - wide / 2)
  const height = detail === '' ? 24 : 40
  return (
    <>
      <rect class="st-note" x={middle - wide / 2} y={y - 18} width={wide} height={height} rx="8" />
      <text class="st-said" x={middle} y={y - 2}>
        {lines[0]}
      </text>
      {detail === '' ? null : (
        <text class="st-detail" x={middle} y={y + 14}>
          {lines[1]}
        </text>
      )}
    </>
  )
}
