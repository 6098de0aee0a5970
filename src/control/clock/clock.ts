import { z } from 'zod'
import { updateWorld } from '../../../db/world.ts'
import { endpoint } from '../../core/control-endpoint.ts'
import { pending } from '../../core/endpoint.ts'
import { words } from '../../core/field.ts'
import { toIso } from '../../world/clock.ts'
import { asWorld, type World } from '../../world/world.ts'
import { instant } from '../field.ts'
import { type Advance, advanceTo, backwards, reachedBy, runAdvance, takeAdvance } from './run.ts'

const clockAnswer = z.object({
  mode: z.enum(['running', 'frozen']),
  now: z.iso.datetime(),
  real_now: z.iso.datetime(),
})
const oneWorld = { world: z.string() }

export const getClock = endpoint({
  id: 'clock.get',
  methods: ['GET'],
  path: '/worlds/{world}/clock',
  from: ['path'],
  summary: { en: "A world's clock", zh: '世界的时钟' },
  input: z.strictObject(oneWorld),
  answer: clockAnswer,
  example: { input: {} },
  handle: async ({ world }) => show(world),
})

export const setClock = endpoint({
  id: 'clock.set',
  methods: ['PUT'],
  path: '/worlds/{world}/clock',
  from: ['path', 'json'],
  summary: {
    en: 'Freeze, let run, or set forward; what falls due on the way happens by itself',
    zh: '停住、走动或拨快；途中到期的事会自行发生',
  },
  input: z.strictObject({
    ...oneWorld,
    mode: z.enum(['running', 'frozen']).optional(),
    now: instant.optional(),
    real_now: z
      .unknown()
      .optional()
      .meta(words('Ignored: nobody sets real time.', '不起作用：真实时间不能设置。')),
  }),
  answer: clockAnswer,
  refusals: [409],
  example: { input: { mode: 'frozen', now: '2026-01-06T01:00:00Z' } },
  async before(call) {
    const { mode = call.world.clock_mode, now = call.world.now } = call.input
    if (now < call.world.now) return backwards('now', call.world)
    const no = await takeAdvance(call)
    return no ?? pending({ ...advanceTo(call, now), mode })
  },
  outside: (state: Advance & { mode: World['clock_mode'] }, engine) => runAdvance(state, engine),
  async after(call, state, result) {
    const now = reachedBy(state, result, call.world)
    const clock_ms = state.mode === 'frozen' ? now : now - call.world.real_now
    await updateWorld(call.db, call.world.world, {
      clock_mode: state.mode,
      clock_ms,
      advance_until: null,
    })
    call.engine.wake(call.world.world, now)
    return show(asWorld({ ...call.world, clock_mode: state.mode, clock_ms }, call.world.real_now))
  },
})

function show(world: World) {
  return { mode: world.clock_mode, now: toIso(world.now), real_now: toIso(world.real_now) }
}
