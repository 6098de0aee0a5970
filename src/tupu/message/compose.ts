import type { AccountRow } from '../../../db/schema.ts'
import { beijingText } from '../../world/clock.ts'
import type { Facts } from '../gateway/facts.ts'
import type { TemplateSend } from '../gateway/local.ts'
import type { MessageDraft } from './row.ts'

/** To whom a send goes, and the name that the message calls them by. */
export interface Recipient {
  readonly openid: string
  readonly name: string
}

/** The send in WeChat's words: every keyword gets the platform's text, or what the account's binding says. */
export function composeSend(of: {
  draft: MessageDraft
  account: Pick<AccountRow, 'company' | 'template_id'>
  recipient: Recipient
  facts: Facts
  now: number
}): TemplateSend {
  const { draft, account, recipient, facts } = of
  const values = {
    message: draft.text,
    name: recipient.name,
    company: account.company,
    time: beijingText(of.now),
    empty: '',
  }
  const data: Record<string, { value: string }> = {}
  const binding = facts.template?.binding ?? {}
  for (const key in binding)
    data[key] = { value: draft.keywords[key] ?? values[binding[key] ?? 'empty'] }
  const template_id = facts.template?.template_id ?? account.template_id ?? ''
  return { touser: recipient.openid, template_id, url: draft.url || undefined, data }
}
