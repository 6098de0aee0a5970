import { z } from 'zod'
import type { CheckFacts } from '../../views/console/messages/props.ts'
import { findingShape } from '../control/check/finding.ts'
import type { Call } from '../core/call.ts'
import { invoke } from '../core/invoke.ts'
import { isRefusal } from '../core/refusal.ts'
import type { FormFields } from '../page/form.ts'
import { langOfRequest } from '../page/reply.ts'
import { withRecipient } from './recipient.ts'
import { messageOf } from './verb.ts'

const checkedShape = z.object({
  ok: z.boolean(),
  rules: z.enum(['2014', '2023']).nullable(),
  sms: z.object({ parts: z.int() }),
  items: z.array(findingShape),
})

/** What becomes of the message that a form for a test send says, as pages show it; null: it cannot be checked. */
export function readCheck(call: Call, form: FormFields): CheckFacts | null {
  const { keywords, ...message } = messageOf(withRecipient(call, form))
  const account = form['account'] ? { account: form['account'] } : {}
  const values = keywords === undefined ? {} : { keywords: JSON.stringify(keywords) }
  const answer = invoke(call, 'message.check', { ...message, ...account, ...values })
  if (isRefusal(answer)) return null
  const lang = langOfRequest(call.request, 'en')
  const { ok, rules, sms, items } = checkedShape.parse(answer)
  const said = items.map(({ sentence, source, ...item }) => {
    return { ...item, sentence: sentence[lang], source: source[lang] }
  })
  return { ok, rules, parts: sms.parts, items: said }
}
