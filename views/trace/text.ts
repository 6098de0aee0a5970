import { inBeijing } from '../components/when.tsx'
import type { Words } from '../words/en.ts'
import { type Lane, type Leg, legsOf } from './legs.ts'
import type { Story } from './props.ts'

const line_length_max = 110
const time_width = 21
const way_width = 19

/** A story in about ten lines: for a terminal in UTC, as all calls answer; for a page in its time, which it says. */
export function storyText(story: Story, words: Words, zone: 'utc' | 'beijing' = 'utc'): string {
  const names = words.trace.lanes
  const { trace, account, mobile, state } = story
  const said = zone === 'utc' ? null : words.trace.zone
  const head = [words.trace.title, trace, account, mobile, state, said]
  const local = (leg: Leg) =>
    zone === 'utc' ? leg : { ...leg, at: inBeijing(leg.at).toISOString() }
  const legs = summedUp(legsOf(story, words), words).map((leg) => lineOf(local(leg), names))
  return `${[head.filter((part) => part !== null).join('  '), ...legs].join('\n')}\n`
}

/** What came more than twice is told by its first, and by one line for all that came later, where the last of them stands. */
function summedUp(legs: readonly Leg[], { trace }: Words): Leg[] {
  const runs = Map.groupBy(legs, ({ again }) => again)
  return legs.flatMap((leg) => {
    const run = leg.again === undefined ? undefined : runs.get(leg.again)
    if (!run || run.length <= 2 || leg === run[0]) return leg
    if (leg !== run.at(-1)) return []
    const more = trace.more.replace('{count}', String(run.length - 1))
    return { ...leg, title: `${leg.title} ${more}` }
  })
}

function lineOf(
  { at, real_ms, from, to, title, detail }: Leg,
  names: Readonly<Record<Lane, string>>,
) {
  const time = `${at.slice(11, 23)} ${real_ms === null ? '' : `+${real_ms} ms`}`
  const way = from === to ? names[from] : `${names[from]} → ${names[to]}`
  const said = [title, detail].filter((part) => part !== '').join('  ')
  return cut(`${padTo(time, time_width)} ${padTo(way, way_width)} ${said}`).trimEnd()
}

/** On a terminal a Chinese sign is as wide as two others. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/u

function padTo(text: string, width: number): string {
  const wide = [...text].filter((sign) => WIDE.test(sign)).length
  return text.padEnd(width - wide)
}

function cut(line: string): string {
  const signs = [...line.replace(/\s*[\r\n]+\s*/g, ' ')]
  return signs.length > line_length_max
    ? `${signs.slice(0, line_length_max - 1).join('')}…`
    : signs.join('')
}
