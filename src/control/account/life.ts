import { z } from 'zod'
import { listEids } from '../../../db/eid.ts'
import type { AccountRow } from '../../../db/schema.ts'
import type { Call } from '../../core/call.ts'
import { words } from '../../core/field.ts'
import { accountViewOf } from '../../tupu/account/account.ts'
import {
  checklistOf,
  isDone,
  type Life,
  lifeOf,
  step_states,
  steps,
} from '../../tupu/account/checklist.ts'
import { eidOf } from '../../tupu/account/eid.ts'
import { account_verbs } from '../../tupu/account/event.ts'
import { missingSteps } from '../../tupu/gateway/facts.ts'
import { toIso } from '../../world/clock.ts'
import { nextCalls } from './next.ts'
import { showAccount, shownAccount } from './show.ts'

/** Of what has happened, so much is shown: the latest. */
const events_max = 200

const instant = z.iso.datetime().nullable()

const shownStep = z.object({
  step: z.enum(steps),
  done: z.boolean(),
  at: instant,
  state: z
    .enum(step_states)
    .meta(
      words(
        'not_needed counts as done; waiting: it is somebody else’s turn.',
        'not_needed 算作完成；waiting：等待别人处理。',
      ),
    ),
  reason: z
    .string()
    .nullable()
    .meta(words('Why the vendor, or WeChat, has refused it.', '服务商或微信拒绝的理由。')),
  next: z
    .object({ call: z.string(), input: z.record(z.string(), z.unknown()) })
    .nullable()
    .meta(
      words(
        'The call that would take the step; null: there is none now.',
        '能完成这一步的调用；null：现在没有。',
      ),
    ),
})

/** An account with its whole life. */
export const shownLife = shownAccount.extend({
  state: z
    .enum(['active', 'suspended', 'revoked'])
    .meta(words('Of its EIDs.', '它的 EID 的状态。')),
  eids: z
    .array(
      z.object({
        eid: z.string(),
        ends_at: instant.meta(
          words(
            'When it works no more; null: it is the one of now.',
            '何时失效；null：这是现在的 EID。',
          ),
        ),
      }),
    )
    .meta(words('All that it has had.', '它有过的全部 EID。')),
  live: z.boolean(),
  missing: z.array(z.string()),
  checklist: z.array(shownStep),
  events: z
    .array(
      z.object({
        at: z.iso.datetime(),
        verb: z.enum(account_verbs),
        detail: z.record(z.string(), z.unknown()),
      }),
    )
    .meta(
      words(
        `At most the latest ${events_max}, oldest first.`,
        `最多最近 ${events_max} 条，从旧到新。`,
      ),
    ),
})

/** How an account stands by now, and what could be done next. */
export async function showLife(
  call: Call,
  { eid }: Pick<AccountRow, 'eid'>,
): Promise<z.output<typeof shownLife>> {
  const view = await accountViewOf(call, eid)
  if (!view) throw new Error(`the account ${eid} is gone within its epoch`)
  const { account } = view
  const life = await lifeOf(call, view)
  const missing = missingSteps(life.facts)
  return {
    ...(await showAccount(call, account)),
    state: account.state,
    eids: await showEids(call, account),
    live: missing.length === 0,
    missing,
    checklist: await showSteps(call, life),
    events: life.events.slice(-events_max).map((event) => ({ ...event, at: toIso(event.at) })),
  }
}

async function showEids({ db, world }: Call, account: AccountRow) {
  const rows = await listEids(db, { epoch: world.epoch, account: account.eid })
  if (rows.length === 0) return [{ eid: eidOf(account), ends_at: null }]
  return rows.map(({ eid, valid_until }) => {
    return { eid, ends_at: valid_until === null ? null : toIso(valid_until) }
  })
}

async function showSteps(call: Call, life: Life): Promise<z.output<typeof shownStep>[]> {
  const checklist = checklistOf(life)
  const nexts = await nextCalls(call, life, checklist)
  return checklist.map((row) => {
    const { step, state, at, reason } = row
    const next = nexts.get(step) ?? null
    const shown = { step, done: isDone(row), at: at === null ? null : toIso(at) }
    return { ...shown, state, reason, next: next && { call: next.call, input: { ...next.input } } }
  })
}
