import { z } from 'zod'
import type { Call } from '../../core/call.ts'
import { endpoint } from '../../core/control-endpoint.ts'
import { pending } from '../../core/endpoint.ts'
import type { Engine } from '../../core/engine.ts'
import { words } from '../../core/field.ts'
import { problem } from '../../core/problem.ts'
import { isRefusal, type Refusal } from '../../core/refusal.ts'
import { nextTurn } from '../../world/clock.ts'
import { namedWorld } from '../../world/world.ts'
import { exchangeFilters, readFilter } from '../exchange/filter.ts'
import { type Found, type Search, searchPortion } from '../exchange/search.ts'
import { pushFilters, readPushFilter } from '../push.ts'
import { type ExpectedPushes, type PushTally, tallyPushes, whyPushes } from './pushes.ts'
import {
  type ExpectedCount,
  type Range,
  type Tally,
  type Wanted,
  whyCount,
  whyOrder,
} from './reason.ts'

const order_max = 100
/** Of those that came, a reason tells the newest. */
const told_max = 3

const filters = z.strictObject(exchangeFilters)
const number = z.int().min(0)
const countField = z
  .union(
    [number, z.strictObject({ min: number.optional(), max: number.optional() })],
    'a number, or min and max',
  )
  .optional()
  .meta(words('How many there must be. Default: at least one.', '必须有多少次；不填则至少一次。'))

const verifyInput = z.strictObject({
  world: z.string(),
  exchanges: filters
    .optional()
    .meta(
      words(
        'Filters of exchange.list; this, pushes or in_order.',
        'exchange.list 的筛选条件；与 pushes、in_order 三选一。',
      ),
    ),
  pushes: z
    .strictObject(pushFilters)
    .optional()
    .meta(words('Filters of push.list, instead.', '或 push.list 的筛选条件。')),
  count: countField,
  in_order: z
    .array(filters)
    .min(1)
    .max(order_max)
    .optional()
    .meta(
      words(
        'Calls that must follow one another in this order; others may come in between.',
        '按先后发生的调用；其间可以有别的调用。',
      ),
    ),
})
type VerifyInput = z.output<typeof verifyInput>

/** What is expected of the journal of an epoch. */
type Expected = ExpectedCount | ExpectedPushes | { readonly in_order: readonly Wanted[] }
type ExpectedCalls = Exclude<Expected, ExpectedPushes>

interface Verifying<E = Expected> {
  readonly world: string
  readonly epoch: number
  readonly expected: E
}

/** Asks whether what was called is what a test expects. Not journalled: it is a question. */
export const runVerify = endpoint({
  id: 'verify.run',
  methods: ['POST'],
  path: '/worlds/{world}/verify',
  from: ['path', 'json'],
  summary: {
    en: 'Verify that the expected calls or pushes were received, in number or order; if not, why',
    zh: '期望的调用或推送是否发生，次数或先后是否相符；若不符，说明原因',
  },
  looks: true,
  journalled: false,
  input: verifyInput,
  answer: z.object({ ok: z.literal(true) }),
  refusals: [409],
  example: {
    input: { exchanges: { endpoint: 'message.send', mobile: '{wang.mobile}' }, count: { min: 1 } },
    after: [{ call: 'message.send', input: { mobile: '{wang.mobile}', message: '欢迎加入' } }],
  },
  before(call) {
    const expected = readExpected(call)
    if ('kind' in expected) return expected
    const { world, epoch } = call.world
    return pending<Verifying>({ world, epoch, expected })
  },
  outside({ expected, ...at }, engine, hungUp): Promise<Tally | PushTally> {
    if ('pushes' in expected) return tallyPushes({ ...at, ...expected }, engine, hungUp)
    return tally({ ...at, expected }, engine, hungUp)
  },
  after(call, { expected }, found) {
    const reason = reasonOf(call, expected, found)
    if (reason === undefined) return { ok: true }
    const fix = 'correct what calls, or what is expected; exchange.list shows all that came'
    return problem('not_verified', { reason, fix })
  },
})

function reasonOf(call: Call, expected: Expected, found: Tally | PushTally): string | undefined {
  if ('newest' in found) return 'pushes' in expected ? whyPushes(call, expected, found) : undefined
  if ('pushes' in expected) return undefined
  return 'in_order' in expected
    ? whyOrder(call, expected.in_order, found)
    : whyCount(call, expected, found)
}

function readExpected(call: Call<unknown, VerifyInput>): Expected | Refusal {
  const { exchanges, pushes, count, in_order } = call.input
  const given = [exchanges, pushes, in_order].filter((one) => one !== undefined)
  if (given.length !== 1) {
    const reason = 'one of exchanges, pushes and in_order says what must have come'
    return problem('invalid_field', { field: 'exchanges', reason, fix: 'give one of them' })
  }
  if (in_order !== undefined && count !== undefined) {
    const reason = 'in_order expects each of its calls once'
    return problem('invalid_field', { field: 'count', reason, fix: 'leave it out' })
  }
  if (in_order !== undefined) return readOrder(call, in_order)
  const range = readRange(count)
  if (isRefusal(range)) return range
  if (pushes === undefined) return readCount(call, exchanges ?? {}, range)
  const filter = readPushFilter(call, pushes, 'pushes.')
  if (isRefusal(filter)) return filter
  return { pushes: filter, sent: call.fields['pushes'], ...range }
}

type Given = z.output<typeof filters>

function readOrder(call: Call, wanted: readonly Given[]): Expected | Refusal {
  const sent = call.fields['in_order'] as readonly unknown[]
  const in_order: Wanted[] = []
  for (const [i, fields] of wanted.entries()) {
    const filter = readFilter(call, fields, `in_order.${i}.`)
    if (isRefusal(filter)) return filter
    in_order.push({ filter, sent: sent[i] })
  }
  return { in_order }
}

function readCount(call: Call, fields: Given, range: Range): Expected | Refusal {
  const filter = readFilter(call, fields, 'exchanges.')
  if (isRefusal(filter)) return filter
  return { wanted: { filter, sent: call.fields['exchanges'] }, ...range }
}

function readRange(count: VerifyInput['count'] = { min: 1 }): Range | Refusal {
  const { min = 0, max = Number.POSITIVE_INFINITY } =
    typeof count === 'number' ? { min: count, max: count } : count
  if (min <= max) return { min, max }
  const reason = `no number is at least ${min} and at most ${max}`
  return problem('invalid_field', {
    field: 'count',
    reason,
    fix: 'give a min that is no more than max',
  })
}

/** A world that was reset meanwhile has nothing of it any more. */
const nothing: Found = { seqs: [], scanned: 0, reached: undefined, isLast: true }

/** Walks the journal from its newest exchange back, in portions: each in a unit of its own, so that others come between. */
async function tally(
  { world, epoch, expected }: Verifying<ExpectedCalls>,
  engine: Engine,
  hungUp: AbortSignal | undefined,
): Promise<Tally> {
  const isOrder = 'in_order' in expected
  const seqs: number[] = []
  let count = 0
  let before: number | undefined
  for (;;) {
    // The last that is missing: the newest that fits it leaves most room for those before it.
    const wanted: Wanted | undefined =
      'in_order' in expected ? expected.in_order.at(-1 - count) : expected.wanted
    if (!wanted || hungUp?.aborted || engine.closing.aborted) break
    const search: Search = {
      filter: wanted.filter,
      order: 'newest',
      from: before,
      wanted: isOrder ? 1 : Number.POSITIVE_INFINITY,
    }
    const real = engine.realNow()
    const found = await engine.store.unit('verify.walk', ({ db }) => {
      const now = namedWorld(db, world, real)
      return now?.epoch === epoch ? searchPortion({ db, world: now }, search) : nothing
    })
    count += found.seqs.length
    if (isOrder || seqs.length < told_max) seqs.push(...found.seqs)
    if (found.isLast) break
    before = found.reached
    await nextTurn()
  }
  return { count, seqs: isOrder ? seqs : seqs.slice(0, told_max) }
}
