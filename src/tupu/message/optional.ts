import { z } from 'zod'
import type { Call } from '../../core/call.ts'
import { words } from '../../core/field.ts'
import type { Refusal } from '../../core/refusal.ts'
import { isCleanText } from '../../core/request.ts'
import { clip, clipText } from '../clip.ts'
import { refuse, type TupuCaller } from '../endpoint.ts'
import { findUnknownKeyword, readKeywords } from './keyword.ts'
import type { MessageDraft } from './row.ts'

const optionalText = z
  .string()
  .refine(isCleanText, 'text without NUL or half a surrogate pair')
  .nullish()

/** Checked by the handler: their place in the order of checks is after a repeated client_msg_id. */
export const optionalFields = z.object({
  keywords: z
    .record(z.string(), z.string())
    .nullish()
    .meta(
      words(
        "Values of the template's other keywords; left out, the account's own are shown.",
        '模板中其他关键词的值；不填则显示账号自己的值。',
      ),
    ),
  name: optionalText.meta(
    words(
      "Shown as the name; left out, the association's is.",
      '显示为姓名；不填则用登记时的姓名。',
    ),
  ),
  email: optionalText.meta(
    words('Not shown; the mobile alone finds the person.', '不显示；只凭手机号找人。'),
  ),
  url: optionalText.meta(words('Opened by a tap on the message.', '点消息时打开。')),
})

/** Of an unknown keyword's name, in the answer that names it. */
const keyword_length_max = 100

/** The optional fields of a send, or the first of their faults. */
export function readOptional(
  call: Pick<Call<TupuCaller>, 'fields' | 'caller'>,
): Pick<MessageDraft, 'keywords' | 'name' | 'email' | 'url'> | Refusal {
  const { fields, caller } = call
  const keywords = readKeywords(fields['keywords'])
  if (!keywords) {
    const actual = clip(fields['keywords'])
    return refuse(47001, { rule: 'keywords.valid', actual, expected: 'an object of clean texts' })
  }
  const unknown = findUnknownKeyword(keywords, caller.facts)
  if (unknown !== undefined) {
    const expected = Object.keys(caller.facts.template?.binding ?? {})
    return refuseKeyword(unknown, expected)
  }
  for (const name of ['name', 'email', 'url'] as const) {
    if (optionalText.safeParse(fields[name]).success) continue
    const actual = clip(fields[name])
    return refuse(47001, { rule: `${name}.valid`, actual, expected: 'a clean text, or nothing' })
  }
  const text = (name: string) => (typeof fields[name] === 'string' ? fields[name] : '')
  return { keywords, name: text('name'), email: text('email'), url: text('url') }
}

/** A keyword that cannot be sent; `expected` are those of the template. */
export function refuseKeyword(unknown: string, expected: readonly string[]): Refusal {
  const keyword = clipText(unknown, keyword_length_max)
  return refuse(100014, { rule: 'keywords.known', actual: keyword, expected }, { keyword })
}
