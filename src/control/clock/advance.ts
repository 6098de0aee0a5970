import { z } from 'zod'
import { updateWorld } from '../../../db/world.ts'
import type { Call } from '../../core/call.ts'
import { endpoint } from '../../core/control-endpoint.ts'
import { pending } from '../../core/endpoint.ts'
import { listDue, moveClock } from '../../core/job.ts'
import { problem } from '../../core/problem.ts'
import type { Refusal } from '../../core/refusal.ts'
import { clock_ms_max, toIso } from '../../world/clock.ts'
import { duration, instant } from '../field.ts'
import { type Advance, advanceTo, backwards, reachedBy, runAdvance, takeAdvance } from './run.ts'

const look_ahead_ms_max = 20 * 365 * 86_400_000

const ranJob = z.object({
  kind: z.string(),
  subject: z.string(),
  due_at: z.iso.datetime(),
  outcome: z.string(),
})

export const advanceClock = endpoint({
  id: 'clock.advance',
  methods: ['POST'],
  path: '/worlds/{world}/clock/advance',
  from: ['path', 'json'],
  summary: {
    en: 'Move the clock by a duration, to an instant, or to the next thing that is due; answers when all has happened',
    zh: '把时钟推进一段时间、推进到某一时刻或下一件到期的事；全部发生之后才应答',
  },
  input: z.strictObject({
    world: z.string(),
    by: duration.optional(),
    to: instant.optional(),
    next: z.literal(true).optional(),
  }),
  answer: z.object({
    from: z.iso.datetime(),
    now: z.iso.datetime(),
    settled: z.boolean(),
    ran: z.array(ranJob),
    due_next: z.iso.datetime().nullable(),
  }),
  refusals: [409],
  example: { input: { by: 'P14D' } },
  async before(call) {
    const target = await targetOf(call)
    if (typeof target !== 'number') return target
    const no = await takeAdvance(call)
    return no ?? pending(advanceTo(call, target))
  },
  outside: (state: Advance, engine) => runAdvance(state, engine),
  async after(call, state, result) {
    const { db, world, engine } = call
    const now = reachedBy(state, result, world)
    await moveClock(db, world, now)
    await updateWorld(db, world.world, { advance_until: null })
    engine.wake(world.world, now)
    const [next] = await listDue(engine.jobKinds, db, world.epoch, 1)
    const ran = result.ran.map((job) => ({ ...job, due_at: toIso(job.due_at) }))
    return {
      from: toIso(state.from),
      now: toIso(now),
      settled: result.settled,
      ran,
      due_next: next ? toIso(next.due_at) : null,
    }
  },
})

async function targetOf(
  call: Call<
    unknown,
    { by?: number | undefined; to?: number | undefined; next?: true | undefined }
  >,
): Promise<number | Refusal> {
  const { world, input, db, engine } = call
  const given = [input.by, input.to, input.next].filter((value) => value !== undefined)
  if (given.length !== 1) {
    return problem('invalid_field', {
      field: 'by',
      reason: 'give exactly one of by, to and next',
      fix: 'say {"by":"P14D"}, say',
    })
  }
  if (input.next) {
    const [next] = await listDue(engine.jobKinds, db, world.epoch, 1)
    return Math.min(Math.max(world.now, next?.due_at ?? world.now), clock_ms_max)
  }
  if (input.to !== undefined) return input.to < world.now ? backwards('to', world) : input.to
  const by = Math.min(input.by ?? 0, look_ahead_ms_max)
  if (world.now + by <= clock_ms_max) return world.now + by
  return problem('invalid_field', {
    field: 'by',
    reason: 'world clocks end with 2034',
    fix: 'advance by less',
  })
}
