import { z } from 'zod'
import type { Call } from '../../core/call.ts'
import { endpoint } from '../../core/control-endpoint.ts'
import { pending } from '../../core/endpoint.ts'
import { words } from '../../core/field.ts'
import { problem } from '../../core/problem.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { clock_ms_max } from '../../world/clock.ts'
import { advanceTo, lockAdvance, ranJobs } from '../clock/clock.ts'
import { duration, waitDuration } from '../field.ts'
import { conditions, found_shapes } from './conditions.ts'
import {
  awaitCondition,
  type ConditionName,
  conditionOf,
  endAdvance,
  foundResponse,
  notMet,
  type WaitResult,
  type WaitState,
} from './wait.ts'

const timeout_ms_default = 5000

const { message, exchange, registration, step, callback, push, contact } = conditions

const waitInput = z.strictObject({
  world: z.string(),
  for: z
    .strictObject({
      message: z.strictObject(message.filters).optional(),
      exchange: z.strictObject(exchange.filters).optional(),
      registration: z.strictObject(registration.filters).optional(),
      step: z.strictObject(step.filters).optional(),
      callback: z.strictObject(callback.filters).optional(),
      push: z.strictObject(push.filters).optional(),
      contact: z.strictObject(contact.filters).optional(),
    })
    .meta(
      words(
        'Exactly one, with the filters of its list; the newest item that fits is found.',
        '只写一项，用其列表的筛选条件；找到的是符合条件的最新一项。',
      ),
    ),
  timeout: waitDuration.optional().meta({
    default: 'PT5S',
    ...words('At most PT60S of real time.', '最多真实时间 PT60S。'),
  }),
  auto_advance: duration
    .optional()
    .meta(
      words(
        'The clock jumps from one due event to the next, up to this duration, until a match is found; it stops at once if no events are left.',
        '时钟逐件跳到到期的事，最多前进这么久，直到找到为止；再没有到期的事时立即应答。',
      ),
    ),
})
type WaitInput = z.output<typeof waitInput>

/** Waits for one thing, and may let time pass for it. Not journalled: waiting asks, and what it asks for may name people. */
export const runWait = endpoint({
  id: 'wait.run',
  methods: ['POST'],
  path: '/worlds/{world}/wait',
  from: ['path', 'json'],
  summary: {
    en: 'Wait for something to happen, optionally advancing the clock',
    zh: '等到某件事发生；需要时让时钟自行前进',
  },
  journalled: false,
  input: waitInput,
  answer: z.object({
    found: z
      .union(Object.values(found_shapes))
      .meta(words('In the form of its list.', '与其列表中的样子相同。')),
    from: z.iso.datetime(),
    now: z.iso.datetime(),
    ran: ranJobs,
  }),
  refusals: [409],
  example: {
    input: { for: { message: { mobile: '{wang.mobile}' } }, auto_advance: 'P30D' },
    after: [{ call: 'message.send', input: { mobile: '{wang.mobile}', message: '欢迎加入' } }],
  },
  before(call) {
    const begun = begin(call)
    if (isRefusal(begun)) return begun
    const no = begun.advances ? lockAdvance(call, begun.timeout) : undefined
    // What is looked for is looked for in turns, from the first look on: many who wait at once keep nobody else waiting.
    if (!no) return pending<WaitState>(begun)
    const { name, from } = begun
    const { found } = conditionOf(name).look(call, begun.query)
    const answer = found !== undefined && foundResponse(call, { name, from, found, ran: [] })
    return answer || no
  },
  outside: awaitCondition,
  after(call, state, result: WaitResult) {
    const { name, from, advances } = state
    const { found, ran } = result
    const end = () => (advances ? endAdvance(call) : undefined)
    const answer = found === undefined ? undefined : foundResponse(call, { name, from, found, ran })
    if (!answer) return { ...notMet(call, state, result), writes: end }
    end()
    return answer
  },
})

/** What is waited for, from now on. */
function begin(call: Call<unknown, WaitInput>): WaitState | Refusal {
  const { input, world } = call
  const { timeout = timeout_ms_default, auto_advance } = input
  const given = Object.entries(input.for).flatMap(([name, filters]) => {
    return filters === undefined ? [] : [{ name, filters }]
  })
  const [one] = given
  if (!one || given.length > 1) return refuseConditions()
  const { name, filters } = one
  const query = conditionOf(name as ConditionName).begin(call, filters, `for.${name}.`)
  if (isRefusal(query)) return query
  return {
    ...advanceTo(call, Math.min(world.now + (auto_advance ?? 0), clock_ms_max)),
    name: name as ConditionName,
    query,
    timeout,
    until: world.real_now + timeout,
    advances: auto_advance !== undefined,
  }
}

function refuseConditions(): Refusal {
  return problem('invalid_field', {
    field: 'for',
    reason: 'exactly one condition must be given',
    fix: `give one of: ${Object.keys(conditions).join(', ')}`,
  })
}
