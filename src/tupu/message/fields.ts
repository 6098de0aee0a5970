import { z } from 'zod'
import type { Call } from '../../core/call.ts'
import { errcodes, words } from '../../core/field.ts'
import type { Refusal } from '../../core/refusal.ts'
import { isCleanText } from '../../core/request.ts'
import type { TupuCaller } from '../endpoint.ts'
import { clip, clipText, refuse } from '../errors.ts'
import type { Facts } from '../gateway/facts.ts'
import { partnerMobileField } from '../mobile.ts'
import { message_length_max, readMessageText } from './text.ts'

/** A send whose fields are all in order. */
export interface MessageDraft {
  /** E.164. */
  readonly mobile: string
  readonly text: string
  readonly client_msg_id: string | null
  readonly body_hash: string | null
  /** A message that held the client_msg_id longer ago than it is remembered. */
  readonly forgets: string | null
  readonly keywords: Readonly<Record<string, string>>
  readonly name: string
  readonly email: string
  readonly url: string
}

/** Code points, as with everything that people call characters. */
const client_msg_id_length_max = 64

/** Whether a platform may name a message so. */
export function isClientMsgId(text: string): boolean {
  if (text === '' || text.length > client_msg_id_length_max * 2 || !isCleanText(text)) return false
  return text.length <= client_msg_id_length_max || [...text].length <= client_msg_id_length_max
}

const message_codes = { empty: 100012, too_long: 100013, illegal: 100016 }
const messageField = (max: number) =>
  errcodes(
    z
      .string()
      .transform((text, context) => {
        const read = readMessageText(text, max)
        if (read.ok) return read
        const params = { errcode: message_codes[read.fault], length: read.length ?? 0, max }
        const message = `text of 1 to ${max} characters without control characters`
        context.addIssue({ code: 'custom', message, params })
        return z.NEVER
      })
      .meta(
        words(
          `1 to ${max} characters; the phone shows them as a single line.`,
          `1 到 ${max} 个字符；手机上显示为一行。`,
        ),
      ),
    { missing: 100012, type: 100012, invalid: 100012 },
  )

const clientMsgIdField = z
  .string()
  .refine(isClientMsgId, '1 to 64 characters without NUL or half a surrogate pair')
  .meta({ minLength: 1, maxLength: client_msg_id_length_max })
  .nullish()
  .meta(
    words(
      'Your own id: if sent again within 24 hours, the same answer is returned.',
      '你自己的编号：24 小时内再次发送，得到同样的应答。',
    ),
  )

/** What a send must have, and its name at the platform; checked first. */
export const sendInput = z.object({
  mobile: partnerMobileField,
  message: messageField(message_length_max),
  client_msg_id: errcodes(clientMsgIdField, { missing: 47001, type: 47001, invalid: 47001 }),
})

/** The same of a partner who takes messages of another length. */
export const sendInputOf = (max: number) => sendInput.extend({ message: messageField(max) })

const optionalText = z
  .string()
  .refine(isCleanText, 'text without NUL or half a surrogate pair')
  .nullish()

/** The same by hand: every send has three of them. */
function isOptionalText(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && isCleanText(value))
}

/** Checked by the handler: their place in the order of checks is after a repeated client_msg_id. */
export const optionalFields = z.object({
  keywords: z
    .record(z.string(), z.string())
    .nullish()
    .meta(
      words(
        "Values of the template's other keywords. Default: the account's own values.",
        '模板中其他关键词的值；不填则显示账号自己的值。',
      ),
    ),
  name: optionalText.meta(
    words(
      'Shown as the name. Default: the name of the association.',
      '显示为姓名；不填则用登记时的姓名。',
    ),
  ),
  email: optionalText.meta(
    words('Not shown; only the mobile is used to find the person.', '不显示；只凭手机号找人。'),
  ),
  url: optionalText.meta(words('Opened by a tap on the message.', '点消息时打开。')),
})

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
  const unknown = refuseUnknownKeyword(keywords, caller.facts)
  if (unknown) return unknown
  for (const name of ['name', 'email', 'url'] as const) {
    if (isOptionalText(fields[name])) continue
    const actual = clip(fields[name])
    return refuse(47001, { rule: `${name}.valid`, actual, expected: 'a clean text, or nothing' })
  }
  const text = (name: string) => (typeof fields[name] === 'string' ? fields[name] : '')
  return { keywords, name: text('name'), email: text('email'), url: text('url') }
}

/** Text by keyword; without a prototype, so that `__proto__` is a name like any other. */
type Keywords = Readonly<Record<string, string>>

/** Keywords as they were sent, absent ones as none; undefined when they are no object of clean texts. */
export function readKeywords(sent: unknown): Keywords | undefined {
  const keywords: Record<string, string> = Object.create(null)
  if (sent === undefined || sent === null) return keywords
  if (typeof sent !== 'object' || Array.isArray(sent)) return undefined
  for (const key in sent) {
    const value: unknown = sent[key as keyof typeof sent]
    if (typeof value !== 'string' || !isCleanText(value) || !isCleanText(key)) return undefined
    keywords[key] = value
  }
  return keywords
}

/** Of an unknown keyword's name, in the answer that names it. */
const keyword_length_max = 100

/** The refusal of a keyword that the template does not have, or that the message itself fills. */
export function refuseUnknownKeyword(keywords: Keywords, { template }: Facts): Refusal | undefined {
  if (!template) return undefined
  const { binding } = template
  for (const key in keywords) {
    if (Object.hasOwn(binding, key) && binding[key] !== 'message') continue
    const keyword = clipText(key, keyword_length_max)
    const step = { rule: 'keywords.known', actual: keyword, expected: Object.keys(binding) }
    return refuse(100014, step, { keyword })
  }
  return undefined
}
