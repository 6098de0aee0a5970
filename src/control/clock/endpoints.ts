import { z } from 'zod'
import { topics } from '../../../db/topic.ts'
import { updateWorld } from '../../../db/world.ts'
import { endpoint } from '../../core/control-endpoint.ts'
import { pending } from '../../core/endpoint.ts'
import { words } from '../../core/field.ts'
import { listDue, moveClock } from '../../core/job.ts'
import { toIso } from '../../world/clock.ts'
import { asWorld, type World } from '../../world/world.ts'
import { duration, instant } from '../field.ts'
import {
  type Advance,
  advance_ms_max,
  advanceTo,
  backwards,
  clockResponse,
  clockShape,
  comingUp,
  expiring,
  lockAdvance,
  ranJobs,
  ranResponse,
  reachedBy,
  runAdvance,
  targetOf,
} from './clock.ts'

/** A shorter one might do nothing. */
const portion_ms_min = 100

const worldFields = { world: z.string() }

export const getClock = endpoint({
  id: 'clock.get',
  methods: ['GET'],
  path: '/worlds/{world}/clock',
  from: ['path'],
  summary: { en: "A world's clock", zh: '世界的时钟' },
  input: z.strictObject(worldFields),
  answer: clockShape,
  example: { input: {} },
  handle: ({ world }) => clockResponse(world),
})

export const setClock = endpoint({
  id: 'clock.set',
  methods: ['PUT'],
  path: '/worlds/{world}/clock',
  from: ['path', 'json'],
  summary: {
    en: 'Freeze, run or set the clock forward; due work on the way is carried out',
    zh: '停住、走动或拨快；途中到期的事会自行发生',
  },
  input: z.strictObject({
    ...worldFields,
    mode: z.enum(['running', 'frozen']).optional(),
    now: instant.optional(),
    real_now: z
      .unknown()
      .optional()
      .meta(words('Ignored: real time cannot be set.', '不起作用：真实时间不能设置。')),
  }),
  answer: clockShape,
  refusals: [409],
  example: { input: { mode: 'frozen', now: '{clock.tomorrow}' } },
  before(call) {
    const { mode = call.world.clock_mode, now = call.world.now } = call.input
    if (now < call.world.now) return backwards('now', call.world)
    const no = lockAdvance(call)
    return no ?? pending({ ...advanceTo(call, now), mode })
  },
  outside: (state: Advance & { mode: World['clock_mode'] }, engine) => runAdvance(state, engine),
  after(call, state, result) {
    const now = reachedBy(state, result, call.world)
    const clock_ms = state.mode === 'frozen' ? now : now - call.world.real_now
    updateWorld(call.db, call.world.world, {
      clock_mode: state.mode,
      clock_ms,
      advance_until: null,
    })
    call.db.announce(call.world.epoch, topics.clock)
    call.db.announce(call.world.epoch, topics.due(now))
    return clockResponse(
      asWorld({ ...call.world, clock_mode: state.mode, clock_ms }, call.world.real_now),
    )
  },
})

export const advanceClock = endpoint({
  id: 'clock.advance',
  methods: ['POST'],
  path: '/worlds/{world}/clock/advance',
  from: ['path', 'json'],
  summary: {
    en: 'Advance the clock by a duration, to an instant or to the next due work; responds when all due work is done',
    zh: '把时钟推进一段时间、推进到某一时刻或下一件到期的事；全部发生之后才应答',
  },
  input: z.strictObject({
    world: z.string(),
    by: duration.optional(),
    to: instant.optional(),
    next: z.literal(true).optional(),
    at_most: duration
      .refine(
        (ms) => ms >= portion_ms_min && ms <= advance_ms_max,
        'a duration from PT0.1S to PT10S',
      )
      .optional()
      .meta(
        words(
          'Real time after which it stops even if work is left. Default: PT10S.',
          '超过这段真实时间即停下，此时尚未完成；不填为 PT10S。',
        ),
      ),
  }),
  answer: z.object({
    from: z.iso.datetime(),
    now: z.iso.datetime(),
    settled: z.boolean(),
    ran: ranJobs,
    due_next: z.iso.datetime().nullable(),
  }),
  refusals: [409],
  example: { input: { by: 'P14D' } },
  before(call) {
    const target = targetOf(call)
    if (typeof target !== 'number') return target
    const no = lockAdvance(call)
    const { at_most = advance_ms_max } = call.input
    return no ?? pending({ ...advanceTo(call, target), at_most })
  },
  outside: (state: Advance & { at_most: number }, engine) =>
    runAdvance(state, engine, { until: engine.realNow() + state.at_most }),
  after(call, state, result) {
    const { db, world, engine } = call
    const now = reachedBy(state, result, world)
    moveClock(db, world, now)
    updateWorld(db, world.world, { advance_until: null })
    db.announce(world.epoch, topics.due(now))
    const [next] = listDue(engine.jobKinds, db, world.epoch, 1)
    return {
      from: toIso(state.from),
      now: toIso(now),
      settled: result.settled,
      ran: ranResponse(result.ran),
      due_next: next ? toIso(next.due_at) : null,
    }
  },
})

export const clockTimeline = endpoint({
  id: 'clock.timeline',
  methods: ['GET'],
  path: '/worlds/{world}/clock/timeline',
  from: ['path'],
  summary: {
    en: 'What is due and what expires, when and why',
    zh: '什么将要发生、什么将要过期，何时，为什么',
  },
  input: z.strictObject({ world: z.string() }),
  answer: z.object({
    now: z.iso.datetime(),
    items: z.array(
      z.object({
        at: z.iso.datetime(),
        what: z.enum(['due', 'expires']),
        kind: z.string(),
        subject: z.string(),
      }),
    ),
  }),
  example: { input: {} },
  handle(call) {
    const { db, world } = call
    const items = [...comingUp(call), ...expiring(db, world)].sort((a, b) => a.at - b.at)
    return { now: toIso(world.now), items: items.map((item) => ({ ...item, at: toIso(item.at) })) }
  },
})
