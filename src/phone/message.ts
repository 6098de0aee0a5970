import { z } from 'zod'
import type { FollowerRow, TemplateMessageRow } from '../../db/schema.ts'
import { countUnread, findNewestOnPhone } from '../../db/template-message.ts'
import type { Call } from '../core/call.ts'
import { words } from '../core/field.ts'
import { readTemplate } from '../wechat/template/content.ts'
import { templateOf } from '../wechat/template/template.ts'
import { toIso } from '../world/clock.ts'

/** A template message as WeChat draws it. */
export const phoneMessage = z.object({
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
export type PhoneMessage = z.output<typeof phoneMessage>

/** How many messages of one openid nobody has read yet, up to a hundred. */
export async function unreadOf(
  { db, world }: Pick<Call, 'db' | 'world'>,
  follower: Pick<FollowerRow, 'openid' | 'read_msgid'>,
): Promise<number> {
  const { openid, read_msgid } = follower
  return countUnread(db, { epoch: world.epoch, openid, read_msgid })
}

/** The newest message that an openid has on the phone. */
export function newestOf(
  { db, world }: Pick<Call, 'db' | 'world'>,
  { openid }: Pick<FollowerRow, 'openid'>,
): Promise<TemplateMessageRow | undefined> {
  return findNewestOnPhone(db, { epoch: world.epoch, openid })
}

/** A message as the phone shows it: its labels are the template's. */
export async function showMessage(
  call: Pick<Call, 'db' | 'world' | 'engine'>,
  row: TemplateMessageRow,
): Promise<PhoneMessage> {
  const { line, keywords } = shownOf(row)
  const template = await templateOf(call, row.template_id)
  const fields = template
    ? readTemplate(template.content).fields
    : Object.keys(keywords).map((name) => ({ name, label: name }))
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

interface Shown {
  readonly line: string | null
  readonly keywords: Readonly<Record<string, string>>
}

/** What the phone shows of a message, as WeChat wrote it down when it accepted it. */
export function shownOf({ shown }: Pick<TemplateMessageRow, 'shown'>): Shown {
  const { line = null, keywords = {} } = JSON.parse(shown) as Partial<Shown>
  return { line, keywords }
}
