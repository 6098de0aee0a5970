import { z } from 'zod'
import { valueText } from '../../views/components/value-text.ts'
import type { ExplainedFacts } from '../../views/console/message/props.ts'
import type { Call } from '../core/call.ts'
import { invoke } from '../core/invoke.ts'
import { isRefusal } from '../core/refusal.ts'
import { langOfRequest } from '../page/reply.ts'
import { readAgain } from './again.ts'
import { isMendable } from './mend.ts'

const explainedShape = z.object({
  verdict: z.enum([
    'reached',
    'refused',
    'failed_later',
    'pending',
    'unknown',
    'fault',
    'never_asked',
  ]),
  sentence: z.string(),
  rule: z.string().nullable(),
  actual: z.unknown(),
  expected: z.unknown(),
  fix: z.object({ call: z.string(), input: z.record(z.string(), z.unknown()) }).nullable(),
  resolved: z.boolean(),
  trace: z.string().nullable(),
  message: z.string().nullable(),
})

/** By what explain.get is asked for a send. */
export type Asking = 'mobile' | 'trace' | 'msgid' | 'client_msg_id'

/** What explain.get answers, as pages show it; undefined: what is asked for is none. */
export function readExplained(
  call: Call,
  question: Readonly<Partial<Record<Asking, string>>>,
): ExplainedFacts | undefined {
  const lang = langOfRequest(call.request, 'en')
  const answer = invoke(call, 'explain.get', { ...question, lang })
  if (isRefusal(answer)) return undefined
  const { actual, expected, fix, ...found } = explainedShape.parse(answer)
  return {
    ...found,
    actual: valueText(actual),
    expected: valueText(expected),
    fix: fix && { ...fix, hasButton: isMendable(fix) },
    hasAgain: found.resolved && readAgain(call, found.message ?? '') !== undefined,
  }
}
