import { z } from 'zod'
import type { Call } from '../../core/call.ts'
import { type Outcome, pending } from '../../core/endpoint.ts'
import { type AccountView, accountViewOf } from '../account.ts'
import { endpoint, type TupuCaller } from '../endpoint.ts'
import { keepFacts } from '../gateway/facts.ts'
import { keepCalls } from '../gateway/outward.ts'
import { lookAtReviews } from '../gateway/progress.ts'
import { askFacts } from '../gateway/remote.ts'
import { checklistOf, lifeOf } from './read.ts'
import { checklistShape, showChecklist } from './shown.ts'

/** The checklist of an account. Through a remote gateway WeChat is asked anew. */
export const getTupuAccount = endpoint({
  id: 'tupu_account.get',
  methods: ['GET'],
  path: '/accounts/{eid}',
  from: ['path', 'query'],
  summary: {
    en: 'How far an account is, whether it can send, and what is missing',
    zh: '账号开通到哪一步、能否发送、还缺什么',
  },
  credential: 'eid',
  input: z.object({ eid: z.string() }),
  answer: checklistShape,
  example: { input: {} },
  async before(call) {
    const { gateway } = call.caller
    if (gateway.kind === 'remote') return pending(gateway)
    await lookAtReviews(call, call.caller)
    return shown(call, call.caller)
  },
  outside: askFacts,
  async after(call, gateway, { facts, calls }) {
    const { eid } = call.caller.account
    await keepCalls(call, calls)
    if (facts) await keepFacts(call, { eid, gateway }, facts)
    return shown(call, call.caller)
  },
})

/** As the account stands by now: the caller is how it stood when the call came. */
export async function shown(
  call: Pick<Call<TupuCaller>, 'db' | 'world' | 'engine'>,
  before: AccountView,
): Promise<Outcome> {
  const view = (await accountViewOf(call, before.account.eid)) ?? before
  return showChecklist(view, checklistOf(await lifeOf(call, view)))
}
