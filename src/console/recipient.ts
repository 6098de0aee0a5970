import { z } from 'zod'
import type { Call } from '../core/call.ts'
import { invoke } from '../core/invoke.ts'
import { isRefusal } from '../core/refusal.ts'
import type { FormFields } from '../page/form.ts'

const foundPeople = z.object({
  items: z.array(z.object({ key: z.string(), person: z.string(), name: z.string() })),
})

/** What a send form says, with the key of whom it names: a name may be typed where one person has it, alone or as `王小雨 · 138 0013 8002`. */
export function withRecipient(call: Call, sent: FormFields): FormFields {
  const to = sent['to']?.trim() ?? ''
  if (/^[\d\s+()-]*$/u.test(to)) return sent
  const [, name = to, mobile] = /^(.+) · (.+)$/u.exec(to) ?? []
  const found = invoke(call, 'person.search', { q: mobile ?? name })
  const people = isRefusal(found) ? [] : foundPeople.parse(found).items
  if (people.some(({ key, person }) => key === to || person === to)) return sent
  const [only, ...others] = people.filter((one) => one.name === name)
  if (only && others.length === 0) return { ...sent, to: only.key }
  return mobile === undefined ? sent : { ...sent, to: mobile }
}
