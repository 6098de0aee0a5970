import { z } from 'zod'
import type { Call } from '../../core/call.ts'
import { type Outcome, pending } from '../../core/endpoint.ts'
import { words } from '../../core/field.ts'
import { toIso } from '../../world/clock.ts'
import { endpoint, ok, sendableOf, sendableShape, type TupuCaller } from '../endpoint.ts'
import { keepFacts, lookAtReviews, missingSteps } from '../gateway/facts.ts'
import { keepCalls } from '../gateway/http.ts'
import { askFacts } from '../gateway/remote.ts'
import { accountViewOf } from './account.ts'
import { checklistOf, isDone, lifeOf, steps } from './checklist.ts'
import { eidOf, keepConfirmedEid } from './eid.ts'

const checklistShape = z.object({
  errcode: z.literal(0),
  errmsg: z.literal('ok'),
  eid: z.string().meta(words('The EID that the account has now.', '账号现在的 EID。')),
  live: z
    .boolean()
    .meta(words('All steps are complete, and the EID is active.', '什么都不缺，且 EID 有效。')),
  sendable: sendableShape,
  missing: z
    .array(z.string())
    .meta(
      words('The missing steps, without which the account is not live.', '缺了就不能开通的步骤。'),
    ),
  checklist: z.array(
    z.object({
      step: z.enum(steps),
      done: z.boolean(),
      at: z.iso
        .datetime()
        .nullable()
        .meta(
          words(
            'When it was done; null: not done, or the time is unknown.',
            '完成的时刻；null：尚未完成，或无人知道时刻。',
          ),
        ),
    }),
  ),
})

/** The checklist of an account. Through a remote gateway WeChat is asked anew. */
export const getTupuAccount = endpoint({
  id: 'tupu_account.get',
  methods: ['GET'],
  path: '/accounts/{eid}',
  from: ['path', 'query'],
  summary: {
    en: 'The progress of an account: whether it can send, and what is missing',
    zh: '账号开通到哪一步、能否发送、还缺什么',
  },
  credential: 'eid, any state',
  input: z.object({ eid: z.string() }),
  answer: checklistShape,
  example: { input: {} },
  before(call) {
    const { gateway } = call.caller
    if (gateway.kind === 'remote') return pending(gateway)
    lookAtReviews(call, call.caller)
    return checklistResponse(call)
  },
  outside: askFacts,
  after(call, gateway, { facts, calls }) {
    const { eid } = call.caller.account
    keepCalls(call, calls)
    if (facts) keepFacts(call, { eid, gateway }, facts)
    return checklistResponse(call)
  },
})

/** The customer has entered the EID: the platform's tile shows as integrated. */
export const confirmTupuAccount = endpoint({
  id: 'tupu_account.confirm',
  methods: ['POST'],
  path: '/accounts/{eid}/confirm',
  from: ['path'],
  summary: {
    en: 'Confirm that the customer has entered the EID; repeating it has no effect',
    zh: '确认客户已填入 EID；重复确认没有影响',
  },
  credential: 'eid',
  input: z.object({ eid: z.string() }),
  answer: checklistShape,
  example: { input: {} },
  handle(call) {
    keepConfirmedEid(call, call.caller.account, call.input.eid)
    return checklistResponse(call)
  },
})

/** As the account stands by now: the caller is how it stood when the call came. */
function checklistResponse(
  call: Pick<Call<TupuCaller>, 'db' | 'world' | 'engine' | 'caller'>,
): Outcome {
  const view = accountViewOf(call, call.caller.account.eid) ?? call.caller
  const missing = missingSteps(view.facts)
  const checklist = checklistOf(lifeOf(call, view)).map((row) => {
    return { step: row.step, done: isDone(row), at: row.at === null ? null : toIso(row.at) }
  })
  const sendable = sendableOf(view)
  return { ...ok, eid: eidOf(view.account), live: sendable.ok, sendable, missing, checklist }
}
