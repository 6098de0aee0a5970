import { z } from 'zod'
import type { WhyFacts } from '../../../views/console/why.tsx'
import type { Call } from '../../core/call.ts'
import { invoke } from '../../core/invoke.ts'
import { isRefusal } from '../../core/refusal.ts'
import { readForm } from '../../core/request.ts'
import { langOfRequest } from '../../page/reply.ts'
import { type ConsolePage, pageResponse } from '../page.ts'
import { views } from '../views.ts'

/** Why a message to a mobile did not arrive, or what became of it. The mobile is sent as a form: it belongs into no address. */
export const whyPage: ConsolePage = {
  name: 'why',
  path: '/why',
  isAsked: true,
  show(call, address, state = {}) {
    const { mobile = '' } = readForm(call.request.body.toString('utf8'))
    const facts = readWhy(call, mobile.trim().slice(0, mobile_length_max))
    const at = { ...address, returnTo: `${address.basePath}/` }
    return pageResponse(call, at, state, (of) => views().WhyPage({ ...of, facts }))
  },
}

const mobile_length_max = 40

const explained = z.object({
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
  trace: z.string().nullable(),
})

function readWhy(call: Call, mobile: string): WhyFacts {
  const lang = langOfRequest(call.request, 'en')
  const answer = invoke(call, 'explain.get', { mobile, lang })
  if (isRefusal(answer)) return { mobile, found: null }
  const { actual, expected, ...found } = explained.parse(answer)
  return { mobile, found: { ...found, actual: textOf(actual), expected: textOf(expected) } }
}

/** What was found, as a person reads it; nothing is null. */
function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null
  return typeof value === 'string' ? value : JSON.stringify(value)
}
