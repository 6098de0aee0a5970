import { z } from 'zod'
import type { AccountRow } from '../../../db/schema.ts'
import { words } from '../../core/field.ts'
import { toIso } from '../../world/clock.ts'
import { eidOf } from '../eid.ts'
import { ok } from '../endpoint.ts'
import { type Facts, missingSteps } from '../gateway/facts.ts'
import { type ChecklistStep, isDone, steps } from './step.ts'

const shownStep = z.object({
  step: z.enum(steps),
  done: z.boolean(),
  at: z.iso
    .datetime()
    .nullable()
    .meta(
      words(
        'When it was done; null: it was not, or nobody knows since when.',
        '完成的时刻；null：尚未完成，或无人知道时刻。',
      ),
    ),
})

/** How an account stands, as the partner API answers it. */
export const checklistShape = z.object({
  errcode: z.literal(0),
  errmsg: z.literal('ok'),
  eid: z.string().meta(words('The EID that the account has now.', '账号现在的 EID。')),
  live: z.boolean(),
  missing: z
    .array(z.string())
    .meta(words('The steps without which the account is not live.', '缺了就不能开通的步骤。')),
  checklist: z.array(shownStep),
})

/** The same of an account. */
export function showChecklist(
  { account, facts }: { readonly account: AccountRow; readonly facts: Facts },
  checklist: readonly ChecklistStep[],
): z.output<typeof checklistShape> {
  const missing = missingSteps(facts)
  const live = missing.length === 0
  return { ...ok, eid: eidOf(account), live, missing, checklist: checklist.map(showStep) }
}

export function showStep(step: ChecklistStep): z.output<typeof shownStep> {
  const { at } = step
  return { step: step.step, done: isDone(step), at: at === null ? null : toIso(at) }
}
