import { z } from 'zod'
import type { MessageOnPhone } from '../../db/template-message.ts'
import type { Call } from '../core/call.ts'
import { words } from '../core/field.ts'
import { readTemplate } from '../wechat/template/content.ts'
import { templateOf } from '../wechat/template/template.ts'
import { toIso } from '../world/clock.ts'

/** A template message as WeChat draws it. */
export const messageShape = z.object({
  msgid_str: z.string(),
  title: z.string(),
  line: z
    .string()
    .nullable()
    .meta(
      words(
        'The single line; null where the rules show none.',
        '那一行正文；按规则不显示时为 null。',
      ),
    ),
  keywords: z
    .array(z.object({ label: z.string(), value: z.string() }))
    .meta(words('In the order of the template.', '按模板中的顺序。')),
  url: z
    .string()
    .nullable()
    .meta(
      words(
        'As the sender gave it; phone.open opens it.',
        '发送方所给的链接；用 phone.open 打开。',
      ),
    ),
  at: z.string(),
})

export type PhoneMessage = Readonly<z.output<typeof messageShape>>

/** Messages as they were made of their rows and the contents of their templates, by msgid. */
const made = new Map<string, Made>()
const made_max = 2000

interface Made {
  readonly row: MessageOnPhone
  readonly content: string | undefined
  readonly message: PhoneMessage
}

/** A message as the phone shows it: its labels are the template's. The same object as long as nothing of it has changed. */
export function messageResponse(
  call: Pick<Call, 'db' | 'world' | 'engine'>,
  row: MessageOnPhone,
): PhoneMessage {
  const content = templateOf(call, row.template_id)?.content
  const known = made.get(row.msgid)
  if (known && known.content === content && isSame(known.row, row)) return known.message
  const message = makeMessage(row, content)
  if (made.size >= made_max) made.clear()
  made.set(row.msgid, { row, content, message })
  return message
}

function isSame(a: MessageOnPhone, b: MessageOnPhone): boolean {
  return (
    a.shown === b.shown &&
    a.title === b.title &&
    a.url === b.url &&
    a.accepted_at === b.accepted_at &&
    a.msgid === b.msgid
  )
}

function makeMessage(row: MessageOnPhone, content: string | undefined): PhoneMessage {
  const { line, keywords } = renderedOf(row)
  const fields =
    content === undefined
      ? Object.keys(keywords).map((name) => ({ name, label: name }))
      : readTemplate(content).fields
  return {
    msgid_str: row.msgid,
    title: row.title,
    line,
    keywords: fields.flatMap(({ name, label }) => {
      const value = keywords[name]
      return value === undefined ? [] : [{ label, value }]
    }),
    url: row.url === '' ? null : row.url,
    at: toIso(row.accepted_at),
  }
}

interface Rendered {
  readonly line: string | null
  readonly keywords: Readonly<Record<string, string>>
}

/** What the phone shows of a message, as WeChat wrote it down when it accepted it. */
export function renderedOf({ shown }: Pick<MessageOnPhone, 'shown'>): Rendered {
  const { line = null, keywords = {} } = JSON.parse(shown) as Partial<Rendered>
  return { line, keywords }
}
