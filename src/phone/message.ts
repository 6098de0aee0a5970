import { z } from 'zod'
import { listChatMessages } from '../../db/chat-message.ts'
import type { ChatMessageRow, TemplateMessageRow } from '../../db/schema.ts'
import { listTemplateMessages } from '../../db/template-message.ts'
import type { Call } from '../core/call.ts'
import { words } from '../core/field.ts'
import { chatContent, contentOf, lineOf } from '../wechat/chat/content.ts'
import { readTemplate } from '../wechat/template/content.ts'
import { templateOf } from '../wechat/template/template.ts'
import { toIso } from '../world/clock.ts'

/** A message as WeChat draws it. */
export const messageShape = z.object({
  msgid_str: z.string(),
  from: z.enum(['account', 'person']).meta(words('Who says it.', '谁说的。')),
  content: chatContent
    .nullable()
    .meta(words('Null: it is a template message.', 'null：它是模板消息。')),
  title: z.string().meta(words('Empty where it has none.', '没有标题时为空。')),
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

type Reading = Pick<Call, 'db' | 'world' | 'engine'>

/**
 * Messages by their msgids, in that order, as the phone shows them. Read once per version of the world, since nothing but an
 * erasure changes them: of one version it is the same object each time.
 */
export function readMessages(call: Reading, msgids: readonly string[]): PhoneMessage[] {
  return call.engine.cache.getAll(call, 'phone_message', msgids, (missing) => {
    const { epoch } = call.world
    const rows = listTemplateMessages(call.db, epoch, missing)
    const read = new Map(rows.map((row) => [row.msgid, messageResponse(call, row)]))
    const others = missing.filter((msgid) => !read.has(msgid))
    for (const row of listChatMessages(call.db, epoch, others))
      read.set(row.msgid, chatMessage(row))
    return read
  })
}

/** Its labels are the template's. */
function messageResponse(call: Reading, row: TemplateMessageRow): PhoneMessage {
  const { line = null, keywords = {} } = JSON.parse(row.shown) as Partial<Rendered>
  const template = templateOf(call, row.template_id)
  const fields = template
    ? readTemplate(template.content).fields
    : Object.keys(keywords).map((name) => ({ name, label: name }))
  return {
    msgid_str: row.msgid,
    from: 'account',
    content: null,
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

/** A message that is no template message, as the phone shows it. */
export function chatMessage(row: ChatMessageRow): PhoneMessage {
  const content = contentOf(row)
  const { title, line, keywords = [], url } = lineOf(content)
  return {
    msgid_str: row.msgid,
    from: row.sender,
    content,
    title,
    line,
    keywords: [...keywords],
    url: url || null,
    at: toIso(row.sent_at),
  }
}

/** What the phone shows of a message, as WeChat wrote it down when it accepted it. */
interface Rendered {
  readonly line: string | null
  readonly keywords: Readonly<Record<string, string>>
}
