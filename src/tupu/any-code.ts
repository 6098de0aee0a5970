import type { Refusal } from '../core/refusal.ts'
import type { StepFacts } from '../world/step.ts'
import { refuse, tupuErrors } from './errors.ts'
import { completeWechatText } from './gateway/leg.ts'
import { refuseAsWechat } from './gateway/local.ts'

/** What the variable parts of a text say when nothing has happened that could fill them. */
const sample_fill = { missing: 'template_approved', length: 201, keyword: 'keyword9' }
const retry_after_s = 60

/**
 * Refuses with any code of either table, TUPU's first, though nothing has happened that it is for: WeChat's with WeChat's text
 * and rid. `errmsg` takes the place of the table's text, and is needed for a code of neither.
 */
export function refuseAny(
  { errcode, errmsg }: { readonly errcode: number; readonly errmsg: string | null },
  step: StepFacts,
): Refusal {
  const isOurs = tupuErrors.has(errcode)
  if (errmsg !== null) return { kind: 'refusal', code: errcode, text: errmsg, step }
  if (!isOurs) return { ...refuseAsWechat({ errcode, errmsg }, step), complete: completeWechatText }
  const refusal = refuse(errcode, step, sample_fill)
  return errcode === 100018 ? { ...refusal, extra: { retry_after_s } } : refusal
}
