import { z } from 'zod'
import { listChatMessages } from '../../db/chat-message.ts'
import type { ChatMessageRow, TemplateMessageRow } from '../../db/schema.ts'
import { listTemplateMessages } from '../../db/template-message.ts'
import type { Call } from '../core/call.ts'
import { words } from '../core/field.ts'
import { readShown } from '../core/shown.ts'
import { chatContent, contentOf, lineOf } from '../wechat/chat/content.ts'
import { readTemplate } from '../wechat/template/content.ts'
import { templateOf } from '../wechat/template/template.ts'
import { toIso } from '../world/clock.ts'

/** A message as WeChat draws it. */
export const messageShape = z.object({
  msgid_str: z.string(),
  from: z.enum(['account', 'person']).meta(words('The sender.', '谁说的。')),
  content: chatContent
    .nullable()
    .meta(words('Null: it is a template message.', 'null：它是模板消息。')),
  title: z.string().meta(words('Empty if it has none.', '没有标题时为空。')),
  line: z
    .string()
    .nullable()
    .meta(
      words(
        "The template's first line, with its values; null if the rules show none.",
        '模板的第一行（已填入值）；按规则不显示时为 null。',
      ),
    ),
  keywords: z
    .array(z.object({ label: z.string(), value: z.string() }))
    .meta(
      words(
        'The lines below it, in the order of the template. The label is empty if the line does not begin with text and a colon.',
        '其下各行，按模板中的顺序。行首没有带冒号的文字时，label 为空。',
      ),
    ),
  url: z
    .string()
    .nullable()
    .meta(
      words(
        'As given by the sender; phone.open opens it.',
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

/** Where the row does not say how its lines are drawn, their labels are the template's. */
function messageResponse(call: Reading, row: TemplateMessageRow): PhoneMessage {
  const { line, keywords, drawn } = readShown(row.shown)
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
    keywords:
      drawn ??
      fields.flatMap(({ name, label }) => {
        const value = Object.hasOwn(keywords, name) ? keywords[name] : undefined
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
