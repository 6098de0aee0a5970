import { z } from 'zod'
import { type Outcome, pending } from '../http/endpoint.ts'
import { toIso } from '../sim/clock.ts'
import { accountViewOf } from './account.ts'
import { endpoint, ok } from './endpoint.ts'
import { type Facts, keepFacts, live_steps, missingSteps } from './gateway/facts.ts'
import { keepCalls } from './gateway/outward.ts'
import { askFacts } from './gateway/remote.ts'

/** The checklist of an account. Through a remote gateway WeChat is asked anew. */
export const getAccount = endpoint({
  id: 'tupu_account.get',
  methods: ['GET'],
  path: '/accounts/{eid}',
  from: ['path', 'query'],
  summary: 'Whether an account can send, and what is missing',
  source: 'our own contract: TUPU publishes none',
  fidelity: 'assumed',
  credential: 'eid',
  input: z.object({ eid: z.string() }),
  answer: z.object({
    errcode: z.literal(0),
    errmsg: z.literal('ok'),
    eid: z.string(),
    live: z.boolean(),
    missing: z.array(z.string()),
    checklist: z.array(
      z.object({ step: z.enum(live_steps), done: z.boolean(), at: z.iso.datetime().nullable() }),
    ),
  }),
  refusals: [100001, 100003, 100004, 100005],
  example: {
    input: { eid: 'acme-7f3k2m9q' },
    answer: {
      ...ok,
      eid: 'acme-7f3k2m9q',
      live: false,
      missing: ['template_approved'],
      checklist: [
        { step: 'official_account_connected', done: true, at: '2026-01-05T01:00:00.000Z' },
        { step: 'industries_set', done: true, at: '2026-01-05T01:00:00.000Z' },
        { step: 'template_approved', done: false, at: null },
      ],
    },
  },
  async before({ caller }) {
    const { gateway, account, facts } = caller
    return gateway.kind === 'remote' ? pending(gateway) : shown(account.eid, facts)
  },
  outside: askFacts,
  async after(call, gateway, { facts, calls }) {
    const { eid } = call.caller.account
    await keepCalls(call, calls)
    if (facts) await keepFacts(call, { eid, gateway }, facts)
    const view = await accountViewOf(call, eid)
    return shown(eid, view?.facts ?? call.caller.facts)
  },
})

function shown(eid: string, facts: Facts): Outcome {
  const missing = missingSteps(facts)
  const checklist = live_steps.map((step) => {
    const at = facts[step] ? facts.at[step] : undefined
    return { step, done: facts[step], at: at === undefined ? null : toIso(at) }
  })
  return { ...ok, eid, live: missing.length === 0, missing, checklist }
}
