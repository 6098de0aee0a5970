import { z } from 'zod'
import { listNewestStates, type MessageStateRow } from '../../../db/latest-message.ts'
import { endpoint } from '../../core/control-endpoint.ts'
import { words } from '../../core/field.ts'
import { readMessageKey } from '../../tupu/message/message.ts'
import { toDuration, toIso } from '../../world/clock.ts'
import type { Scope } from '../../world/world.ts'

/** So many of the newest messages are counted: what a page costs must not grow with its world. */
const counted_max = 10_000
/** From the first span to the last there are so many at most, with sends or without. */
const spans_max = 60
const minute_ms = 60_000
/** Spans of this many minutes begin at an hour or a midnight that people know; longer ones are whole days. */
const steps = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880]
const beijing_offset = 8 * 60

const counts = z.int().min(0)

/** What became of the latest sends, span by span. */
export const outcomesShape = z.object({
  step: z.string().meta(words('How long each span is.', '每个时段的长度。')),
  counted: counts.meta(words('All that the spans tell.', '各时段的总数。')),
  more: z.boolean().meta(words('Older ones are not counted.', '更早的未统计。')),
  spans: z
    .array(
      z.object({
        at: z.iso
          .datetime()
          .meta(words('Virtual; when the span begins.', '虚拟时间；该时段的开始。')),
        until: z.iso.datetime().meta(words('When the next one begins.', '下一时段的开始。')),
        reached: counts,
        refused: counts,
        failed: counts.meta(words('Accepted, but not delivered.', '先受理，随后未送达。')),
        pending: counts,
      }),
    )
    .meta(words('Those with sends, oldest first.', '有发送的时段，最早的在前。')),
})
type Outcomes = z.output<typeof outcomesShape>
type Outcome = 'reached' | 'refused' | 'failed' | 'pending'

/** How the latest sends have ended, minute by minute, or in longer spans. */
export const messageOutcomes = endpoint({
  id: 'message.outcomes',
  methods: ['GET'],
  path: '/worlds/{world}/messages/outcomes',
  from: ['path'],
  summary: {
    en: `How the latest ${counted_max} sends have ended, by minute, or in longer spans when there would be more than ${spans_max} of them`,
    zh: `最近 ${counted_max} 条发送的结果，按分钟统计；若超过 ${spans_max} 个时段，则按更长的时段统计`,
  },
  input: z.strictObject({ world: z.string() }),
  answer: outcomesShape,
  example: { input: {} },
  handle: outcomesOf,
})

function outcomesOf({ db, world }: Scope): Outcomes {
  const rows = listNewestStates(db, { epoch: world.epoch, limit: counted_max })
  const minuteOf = (row: MessageStateRow) => Math.floor(readMessageKey(row.message).now / minute_ms)
  const [newest, oldest] = [rows[0], rows.at(-1)]
  const step = newest && oldest ? stepFor(minuteOf(oldest), minuteOf(newest)) : 1
  const spans = new Map<number, Record<Outcome, number>>()
  for (const row of rows.reverse()) {
    const begin = beginOf(minuteOf(row), step)
    const known = spans.get(begin) ?? { reached: 0, refused: 0, failed: 0, pending: 0 }
    known[outcomeOf(row)]++
    spans.set(begin, known)
  }
  return {
    step: toDuration(step * minute_ms),
    counted: rows.length,
    more: rows.length === counted_max,
    spans: [...spans].map(([begin, many]) => ({
      at: toIso(begin * minute_ms),
      until: toIso((begin + step) * minute_ms),
      ...many,
    })),
  }
}

/** The shortest that takes few enough spans. */
function stepFor(first: number, last: number): number {
  const takes = (step: number) => (beginOf(last, step) - beginOf(first, step)) / step + 1
  const isLong = (step: number) => takes(step) > spans_max
  let step = steps.find((each) => !isLong(each)) ?? 7 * 1440
  while (isLong(step)) step *= 2
  return step
}

/** Where the span of a minute begins: days are those of Beijing. */
function beginOf(minute: number, step: number): number {
  return Math.floor((minute + beijing_offset) / step) * step - beijing_offset
}

function outcomeOf({ state }: MessageStateRow): Outcome {
  switch (state) {
    case 'delivered':
      return 'reached'
    case 'refused':
      return 'refused'
    case 'failed':
      return 'failed'
    case 'accepted':
    case 'sending':
    case 'unknown':
      return 'pending'
  }
}
