import { z } from 'zod'
import { listExchangesBy } from '../../../db/exchange.ts'
import { findNewestExchanges } from '../../../db/exchange-search.ts'
import { topics } from '../../../db/topic.ts'
import { endpoint } from '../../core/control-endpoint.ts'
import { reply } from '../../core/endpoint.ts'
import type { Engine } from '../../core/engine.ts'
import { words } from '../../core/field.ts'
import { problem } from '../../core/problem.ts'
import { isRefusal } from '../../core/refusal.ts'
import { headerOf } from '../../core/request.ts'
import { Watch } from '../../core/watch.ts'
import { nextTurn } from '../../world/clock.ts'
import { namedWorld, type World } from '../../world/world.ts'
import { exchangeResponse } from './exchange.ts'
import { exchangeFilters, type Filter, readFilter } from './filter.ts'
import { searchPortion } from './search.ts'

/** Proxies give up on what says nothing for longer. */
const beat_ms = 15_000
/** How soon a reader comes back after a stream has ended. */
const retry_ms = 1000
/** How soon a stream looks again for what is there, but behind something that is not committed yet. */
const settle_ms = 250
/** Of a body, a stream shows the beginning, as a list does. */
const body_bytes_max = 2048
/** Written at once; the next ones are looked up when these were read. */
const portion_rows = 50

const seq_form = /^\d{1,16}$/

export const exchangeStream = endpoint({
  id: 'exchange.stream',
  methods: ['GET'],
  path: '/worlds/{world}/exchanges/stream',
  from: ['path', 'query'],
  summary: {
    en: 'The journal as server-sent events, oldest first: existing exchanges, then new ones, each in the form of exchange.list, with its seq as id. To resume, send the last id as Last-Event-ID. Ends when the world ends or is reset, or the simulator stops',
    zh: '以服务器推送事件发送日志，最早的在前：先发已有的，再发新来的，以 seq 为 id，内容同 exchange.list。重新连接时以 Last-Event-ID 说明读到哪里。世界结束、重建或模拟器停止时结束',
  },
  input: z.strictObject({
    world: z.string(),
    ...exchangeFilters,
    after: z
      .string()
      .regex(seq_form, 'a seq')
      .optional()
      .meta(
        words(
          'A seq: returns only what came after it. Last-Event-ID takes precedence.',
          '一个 seq：只发其后的。以 Last-Event-ID 为先。',
        ),
      ),
    follow: z
      .enum(['true', 'false'])
      .optional()
      .meta(
        words(
          'false: ends once all existing exchanges have been sent. Default: continues with new ones.',
          'false：发完已有的全部内容后结束。不填则一直发送。',
        ),
      ),
  }),
  answer: 'text/event-stream',
  example: { input: { surface: 'tupu', follow: 'false' } },
  handle(call) {
    const { world, engine, input, request } = call
    const filter = readFilter(call, input)
    if (isRefusal(filter)) return filter
    const seen = headerOf(request, 'last-event-id') ?? input.after ?? '0'
    if (!seq_form.test(seen)) {
      const reason = 'it is no id of this stream'
      return problem('invalid_field', { field: 'Last-Event-ID', reason, fix: 'leave it out' })
    }
    const follows = input.follow !== 'false'
    const reading = { world, filter, after: Number(seen), follows, hungUp: call.hungUp }
    const type = 'text/event-stream; charset=utf-8'
    const text = `retry: ${retry_ms}\n\n`
    return { ...reply(200, text, stream_headers), type, stream: eventsOf(engine, reading) }
  },
})

const stream_headers = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  // Proxies that collect an answer before they hand it on would keep everything back.
  'X-Accel-Buffering': 'no',
}

interface Reading {
  readonly world: World
  readonly filter: Filter
  readonly after: number
  /** Whether it waits for what comes. */
  readonly follows: boolean
  readonly hungUp: AbortSignal | undefined
}

/** Events as they are read: whoever reads slowly is looked up for slowly, and nothing is kept for them. */
async function* eventsOf(engine: Engine, reading: Reading): AsyncGenerator<string> {
  const { world, hungUp } = reading
  const watch = new Watch(engine, { epoch: world.epoch, topics: [topics.exchanges], hungUp })
  try {
    let { after } = reading
    let said_at = engine.realNow()
    let pause = beat_ms
    while (await watch.next(engine.realNow() + pause)) {
      for (let isLast = false; !isLast && !watch.isOver; await nextTurn()) {
        const seen = await engine.looks.take(() => look(engine, reading, after))
        if (!seen) return
        if (seen.text !== '') {
          yield seen.text
          said_at = engine.realNow()
        }
        ;({ after, isLast } = seen)
        if (isLast && !reading.follows) return
        pause = seen.isSettled ? beat_ms : settle_ms
      }
      if (engine.realNow() - said_at >= beat_ms) {
        yield ': still here\n\n'
        said_at = engine.realNow()
      }
    }
  } finally {
    watch.close()
  }
}

interface Seen {
  readonly text: string
  readonly after: number
  readonly isLast: boolean
  readonly isSettled: boolean
}

/** The next events; undefined: the world has ended, or begun a new life. */
function look(
  engine: Engine,
  { world: { world: name, epoch }, filter }: Reading,
  after: number,
): Promise<Seen | undefined> {
  const real = engine.realNow()
  return engine.store.unit('exchange.stream', ({ db }) => {
    const world = namedWorld(db, name, real)
    if (world?.epoch !== epoch) return undefined
    const found = searchPortion(
      { db, world },
      { filter, order: 'oldest', from: after, wanted: portion_rows },
    )
    const { seqs, reached = after, isLast } = found
    const rows = listExchangesBy(db, { epoch, seqs }).reverse()
    const texts = rows.map((row) => {
      const shown = exchangeResponse(row, { reveal: false, body_bytes_max })
      return `id: ${row.seq}\ndata: ${JSON.stringify(shown)}\n\n`
    })
    const isSettled = findNewestExchanges(db, epoch).newest <= reached
    return { text: texts.join(''), after: reached, isLast, isSettled }
  })
}
