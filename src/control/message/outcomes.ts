import { z } from 'zod'
import { listNewestStates, type MessageStateRow } from '../../../db/latest-message.ts'
import { endpoint } from '../../core/control-endpoint.ts'
import { words } from '../../core/field.ts'
import { readMessageKey } from '../../tupu/message/message.ts'
import { toIso } from '../../world/clock.ts'
import type { Scope } from '../../world/world.ts'

/** So many of the newest messages are counted: what a page costs must not grow with its world. */
const counted_max = 1000
/** Minutes that are told; those in which nothing was sent are left out. */
const minutes_max = 48
const minute_ms = 60_000

const counts = z.int().min(0)

/** What became of the sends of one minute. */
export const outcomesShape = z.object({
  minutes: z
    .array(
      z.object({
        at: z.iso
          .datetime()
          .meta(words('Virtual time at which the minute begins.', '虚拟时间；该分钟的开始。')),
        reached: counts,
        refused: counts,
        failed: counts.meta(words('Accepted, but not delivered.', '先受理，随后未送达。')),
        pending: counts,
      }),
    )
    .meta(words('Those with sends, oldest first.', '有发送的分钟，最早的在前。')),
})
export type OutcomeMinute = z.output<typeof outcomesShape>['minutes'][number]

/** How the latest sends have ended, minute by minute. */
export const messageOutcomes = endpoint({
  id: 'message.outcomes',
  methods: ['GET'],
  path: '/worlds/{world}/messages/outcomes',
  from: ['path'],
  summary: {
    en: `How the latest sends have ended, by minute: at most ${counted_max} of them, over the latest ${minutes_max} minutes that have any`,
    zh: `最近的发送按分钟统计的结果：最多 ${counted_max} 条，取最近 ${minutes_max} 个有发送的分钟`,
  },
  input: z.strictObject({ world: z.string() }),
  answer: outcomesShape,
  example: { input: {} },
  handle: (call) => ({ minutes: minutesOf(call) }),
})

function minutesOf({ db, world }: Scope): OutcomeMinute[] {
  const rows = listNewestStates(db, { epoch: world.epoch, limit: counted_max })
  const minutes = new Map<number, Omit<OutcomeMinute, 'at'>>()
  for (const row of rows) {
    const begin = Math.floor(readMessageKey(row.message).now / minute_ms) * minute_ms
    const known = minutes.get(begin) ?? { reached: 0, refused: 0, failed: 0, pending: 0 }
    if (!minutes.has(begin) && minutes.size >= minutes_max) break
    const outcome = outcomeOf(row)
    minutes.set(begin, { ...known, [outcome]: known[outcome] + 1 })
  }
  return [...minutes].reverse().map(([begin, many]) => ({ at: toIso(begin), ...many }))
}

function outcomeOf({ state }: MessageStateRow): keyof Omit<OutcomeMinute, 'at'> {
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
